import HTTPTypes
import Hummingbird

/// `/entra`: the identity platform.
struct EntraRoutes {
    let sandbox: MicrosoftSandbox

    func add(to router: Router<SandboxContext>) {
        router.get("entra/redeem", use: showing(.redemption, redeem))
        let entra = router.group("entra/:tenant")
        entra.get("v2.0/.well-known/openid-configuration", use: answering(.discovery, discovery))
        entra.get("discovery/v2.0/keys", use: answering(.keys, keys))
        entra.get("oauth2/v2.0/authorize", use: showing(.authorize, authorize(.v2)))
        entra.get("oauth2/authorize", use: showing(.authorize, authorize(.v1)))
        entra.get("v2.0/adminconsent", use: showing(.adminconsent, adminConsent(.v2)))
        entra.get("adminconsent", use: showing(.adminconsent, adminConsent(.v1)))
        entra.post("signin", use: showing(.signin, step { try await $0.password($1) }))
        entra.post("mfa", use: showing(.signin, step { try await $0.mfaCode($1) }))
        entra.post("mfa-setup", use: showing(.signin, step { try await $0.mfaSetUp($1) }))
        entra.post("consent", use: showing(.signin, step { try await $0.decide($1) }))
        entra.post("oauth2/v2.0/token", use: answering(.token, token(.v2)))
        entra.post("oauth2/token", use: answering(.token, token(.v1)))
    }

    private func discovery(_ call: EntraCall) throws -> Response {
        let tenant = try call.tenant(error: "invalid_tenant")
        return document(DiscoveryDocuments(sandbox: sandbox, tenant: tenant).configuration)
    }

    private func keys(_ call: EntraCall) throws -> Response {
        let tenant = try call.tenant(error: "invalid_tenant")
        return document(DiscoveryDocuments(sandbox: sandbox, tenant: tenant).keys)
    }

    private func document(_ json: JSON) -> Response {
        .json(json, headers: [.cacheControl: "max-age=86400, private"])
    }

    private func authorize(_ version: EndpointVersion) -> Handler {
        { call in
            try signIn(call).authorize(FormFields(query: call.request), version: version)
        }
    }

    private func adminConsent(_ version: EndpointVersion) -> Handler {
        { call in
            try signIn(call).adminConsent(FormFields(query: call.request), version: version)
        }
    }

    private func redeem(_ call: EntraCall) throws -> Response {
        try SignIn.redeem(FormFields(query: call.request), in: sandbox, trace: call.trace, note: call.context.note)
    }

    /// A page's form.
    private func step(_ action: @escaping @Sendable (SignIn, FormFields) async throws -> Response) -> Handler {
        { call in
            try await action(try signIn(call), FormFields(body: call.request))
        }
    }

    private func signIn(_ call: EntraCall) throws -> SignIn {
        SignIn(sandbox: sandbox, tenant: try call.tenant(), trace: call.trace, note: call.context.note)
    }

    private func token(_ version: EndpointVersion) -> Handler {
        { call in
            let fields = try await FormFields(body: call.request)
            let grant = fields["grant_type"].flatMap(TokenRequest.Grant.init)
            call.context.note.add(grant?.rawValue)
            let tenant = try call.tenant()
            let client = try AuthenticatedClient(
                fields, headers: call.request.headers, tenant: tenant, sandbox: sandbox)
            let request = TokenRequest(
                sandbox: sandbox, tenant: tenant, fields: fields, client: client, version: version,
                note: call.context.note)
            let headers: HTTPFields = [.cacheControl: "no-store, no-cache", .pragma: "no-cache"]
            return .json(try await request.answer(), headers: headers)
        }
    }

    private typealias Handler = @Sendable (EntraCall) async throws -> Response

    /// Errors become the platform's JSON.
    private func answering(
        _ call: ServiceCall, _ handler: @escaping Handler
    ) -> @Sendable (Request, SandboxContext) async throws -> Response {
        handling(call, handler) { error, trace in
            var headers: HTTPFields = [.cacheControl: "no-store, no-cache"]
            headers[.retryAfter] = error.retryAfter
            return .json(error.json(trace, base: sandbox.configuration.base), status: error.status, headers: headers)
        }
    }

    /// Errors become a page.
    private func showing(
        _ call: ServiceCall, _ handler: @escaping Handler
    ) -> @Sendable (Request, SandboxContext) async throws -> Response {
        handling(call, handler) { error, trace in
            var headers = HTTPFields()
            headers[.retryAfter] = error.retryAfter
            return .page(SignInPages.failure(error, trace), status: error.status, headers: headers)
        }
    }

    private func handling(
        _ call: ServiceCall, _ handler: @escaping Handler,
        refusing: @escaping @Sendable (EntraError, EntraTrace) -> Response
    ) -> @Sendable (Request, SandboxContext) async throws -> Response {
        { request, context in
            let trace = EntraTrace(request, now: sandbox.now)
            var response: Response
            context.note.call = call
            do {
                try await applyFault(to: call, context)
                response = try await handler(
                    EntraCall(request: request, context: context, trace: trace, world: sandbox.world))
            } catch let error as EntraError {
                context.note.add("AADSTS\(error.code)")
                response = refusing(error, trace)
            }
            response.headers.append(contentsOf: trace.headers)
            return response
        }
    }

    private func applyFault(to call: ServiceCall, _ context: SandboxContext) async throws {
        // The answer to a refused authorization request goes to the application: see `SignIn.authorize`.
        let refusal: Set<Fault.Kind> = call == .authorize ? [] : [.refusal]
        guard let fault = sandbox.faults.take(call, refusal.union([.throttle, .serverError, .slow])) else { return }
        context.note.add("fault: \(fault.kind.rawValue)")
        switch fault.kind {
        case .throttle: throw EntraError.throttled(retryAfter: fault.retryAfter)
        case .serverError: throw EntraError.unavailable(status: fault.status, retryAfter: fault.retryAfter)
        case .refusal: throw EntraError.refusal(Int(fault.form) ?? 0)
        default: try await fault.delay()
        }
    }
}
