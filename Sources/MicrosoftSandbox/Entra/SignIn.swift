import Foundation
import Hummingbird

/// The steps of a person's sign-in, from page to page to the redirect with a code.
struct SignIn {
    let sandbox: MicrosoftSandbox
    let tenant: TenantSegment
    let trace: EntraTrace

    private var sealer: Sealer { Sealer(sandbox.store) }
    private var page: SignInPages { SignInPages(tenant: tenant, application: sandbox.world.application) }

    func start(_ fields: FormFields) throws -> Response {
        guard let clientID = fields["client_id"] else { throw EntraError.missing("client_id") }
        let application = sandbox.world.application
        guard clientID.lowercased() == application.id else {
            throw EntraError.applicationNotFound(clientID, in: tenant.pathPart)
        }
        let target = try RedirectTarget(fields, application: application)
        do {
            let request = try AuthorizationRequest(fields, target: target, clientID: application.id, tenant: tenant)
            let flow = SignInFlow(request: request, startedAt: sandbox.now)
            return .page(page.signIn(try seal(flow), account: request.loginHint ?? "", problem: nil))
        } catch let error as EntraError {
            return failure(error, target)
        }
    }

    func password(_ fields: FormFields) throws -> Response {
        var flow = try open(fields)
        if isCancelled(fields) { return failure(.declined, flow.request.target) }
        let typed = (fields["account"] ?? "").trimming()
        let problem: String
        if let account = sandbox.world.account(userName: typed), fields["password"] == World.password {
            if mayEnter(account) {
                flow.accountID = account.id
                flow.amr = ["pwd"]
                return account.isAskedForMFA
                    ? .page(page.mfa(try seal(flow), account: account, problem: nil)) : try afterProof(flow)
            }
            problem = """
                AADSTS50020: \(account.userName) does not exist in \(tenant.name) and can't be used there. \
                Use an account of that organization.
                """
        } else {
            problem = "AADSTS50126: That account or password is not right. The control page of the sandbox lists both."
        }
        return .page(page.signIn(try seal(flow), account: typed, problem: problem))
    }

    func mfaCode(_ fields: FormFields) throws -> Response {
        var flow = try open(fields)
        if isCancelled(fields) { return failure(.declined, flow.request.target) }
        let account = try account(of: flow)
        guard (fields["code"] ?? "").filter({ !$0.isWhitespace }) == World.mfaCode else {
            let problem = "AADSTS500121: That code is not right. Everybody's code here is \(World.mfaCode)."
            return .page(page.mfa(try seal(flow), account: account, problem: problem, typed: fields["code"] ?? ""))
        }
        flow.amr = ["pwd", "mfa"]
        return try afterProof(flow)
    }

    func consent(_ fields: FormFields) throws -> Response {
        let flow = try open(fields)
        let account = try account(of: flow)
        guard !account.isAskedForMFA || flow.amr.contains("mfa") else { throw EntraError.flowExpired }
        guard fields["decision"] == "accept" else { return failure(.declined, flow.request.target) }
        let forOrganization = fields["organization"] != nil && account.mayConsentForOrganization
        try sandbox.store.update {
            $0.consents.add(
                flow.request.scopes.permissions, tenant: tenantID(for: account),
                account: forOrganization ? nil : account.id)
        }
        return try finish(flow, account)
    }

    /// The consent page where something asked for is not granted yet, or where `prompt=consent` asks for it.
    private func afterProof(_ flow: SignInFlow) throws -> Response {
        let account = try account(of: flow)
        let tenantID = tenantID(for: account)
        let granted = sandbox.store.read { $0.consents.granted(tenant: tenantID, account: account.id) }
        let isMissingConsent = !(granted?.isSuperset(of: flow.request.scopes.permissions) ?? false)
        if isMissingConsent || flow.request.asksForConsent {
            return .page(page.consent(try seal(flow), account: account, scopes: flow.request.scopes))
        }
        return try finish(flow, account)
    }

    private func finish(_ flow: SignInFlow, _ account: Account) throws -> Response {
        let code = AuthorizationCode(
            id: UUID().uuidString, request: flow.request, tenantID: tenantID(for: account), accountID: account.id,
            amr: flow.amr, issuedAt: sandbox.now)
        return flow.request.target.success(code: try sealer.seal(code, as: .authorizationCode))
    }

    /// People enter their own tenant, and a partner's people those of its customers.
    private func mayEnter(_ account: Account) -> Bool {
        switch tenant {
        case .any: true
        case .directory(let directory): directory.partnerTenantID == account.tenantID
        }
    }

    private func tenantID(for account: Account) -> String {
        switch tenant {
        case .any: account.tenantID
        case .directory(let directory): directory.id
        }
    }

    private func isCancelled(_ fields: FormFields) -> Bool { fields["decision"] == "cancel" }

    private func failure(_ error: EntraError, _ target: RedirectTarget) -> Response {
        target.failure(error, trace, base: sandbox.configuration.base)
    }

    private func seal(_ flow: SignInFlow) throws -> String { try sealer.seal(flow, as: .signInFlow) }

    private func open(_ fields: FormFields) throws -> SignInFlow {
        guard let flow: SignInFlow = fields["flow"].flatMap({ sealer.open($0, as: .signInFlow) }),
            sandbox.now < flow.startedAt.addingTimeInterval(SignInFlow.lifetime)
        else { throw EntraError.flowExpired }
        return flow
    }

    private func account(of flow: SignInFlow) throws -> Account {
        guard let account = flow.accountID.flatMap({ sandbox.world.account($0) }) else { throw EntraError.flowExpired }
        return account
    }
}
