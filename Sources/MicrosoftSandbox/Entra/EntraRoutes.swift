import HTTPTypes
import Hummingbird

/// `/entra`: the identity platform.
struct EntraRoutes {
    let sandbox: MicrosoftSandbox

    func add(to router: Router<SandboxContext>) {
        let entra = router.group("entra/:tenant")
        entra.get("v2.0/.well-known/openid-configuration", use: answering(.discovery, discovery))
        entra.get("discovery/v2.0/keys", use: answering(.keys, keys))
        entra.get("oauth2/v2.0/authorize", use: showing(.authorize, authorize))
        entra.post("signin", use: showing(.signin, password))
        entra.post("mfa", use: showing(.signin, mfaCode))
        entra.post("consent", use: showing(.signin, consent))
        entra.post("oauth2/v2.0/token", use: answering(.token, token))
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

    private func authorize(_ call: EntraCall) throws -> Response {
        try SignIn(sandbox: sandbox, tenant: call.tenant(), trace: call.trace).start(FormFields(query: call.request))
    }

    private func password(_ call: EntraCall) async throws -> Response {
        try await SignIn(sandbox: sandbox, tenant: call.tenant(), trace: call.trace).password(
            FormFields(body: call.request))
    }

    private func mfaCode(_ call: EntraCall) async throws -> Response {
        try await SignIn(sandbox: sandbox, tenant: call.tenant(), trace: call.trace).mfaCode(
            FormFields(body: call.request))
    }

    private func consent(_ call: EntraCall) async throws -> Response {
        try await SignIn(sandbox: sandbox, tenant: call.tenant(), trace: call.trace).consent(
            FormFields(body: call.request))
    }

    private func token(_ call: EntraCall) async throws -> Response {
        let fields = try await FormFields(body: call.request)
        if let grant = fields["grant_type"].flatMap(TokenRequest.Grant.init) { call.context.note.add(grant.rawValue) }
        let request = try TokenRequest(fields, headers: call.request.headers, tenant: call.tenant(), sandbox: sandbox)
        return .json(try await request.answer(), headers: [.cacheControl: "no-store, no-cache", .pragma: "no-cache"])
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
        guard let fault = sandbox.faults.take(call, [.throttle, .serverError, .slow]) else { return }
        context.note.add("fault: \(fault.kind.rawValue)")
        switch fault.kind {
        case .throttle: throw EntraError.throttled(retryAfter: fault.retryAfter)
        case .serverError: throw EntraError.unavailable(status: fault.status, retryAfter: fault.retryAfter)
        default: try await fault.delay()
        }
    }
}
