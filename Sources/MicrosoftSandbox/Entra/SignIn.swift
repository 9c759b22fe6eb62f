import Foundation
import Hummingbird

/// The steps of a person's sign-in that are the same whatever it is for: account and password, the second proof, setting
/// one up. What comes after them is in the extensions.
struct SignIn {
    let sandbox: MicrosoftSandbox
    let tenant: TenantSegment
    let trace: EntraTrace
    let note: RequestNote

    private var sealer: Sealer { Sealer(sandbox.store) }

    private func page(_ flow: SignInFlow) -> SignInPages {
        var pages = SignInPages(tenant: tenant, application: sandbox.world.application)
        if case .redemption = flow.purpose { pages.isRedemption = true }
        return pages
    }

    func start(_ purpose: SignInFlow.Purpose, account: String? = nil) throws -> Response {
        let flow = SignInFlow(purpose: purpose, tenant: tenant.pathPart, startedAt: sandbox.now)
        return .page(page(flow).signIn(try seal(flow), account: account ?? "", problem: nil))
    }

    func password(_ fields: FormFields) async throws -> Response {
        var flow = try open(fields)
        if isCancelled(fields) { return failure(.declined, flow) }
        let typed = (fields["account"] ?? "").trimming()
        guard let account = sandbox.world.account(userName: typed), fields["password"] == World.password else {
            let problem = EntraError(
                50126, "invalid_grant",
                "That account or password is not right. The control page of the sandbox lists both.")
            return .page(page(flow).signIn(try seal(flow), account: typed, problem: problem))
        }
        flow.accountID = account.id
        flow.amr = ["pwd"]
        do {
            return try await afterPassword(flow, account)
        } catch let error as EntraError {
            return .page(page(flow).signIn(try seal(flow), account: typed, problem: inPlainWords(error, account)))
        }
    }

    /// For who has just typed the account.
    private func inPlainWords(_ error: EntraError, _ account: Account) -> EntraError {
        guard error.code == 50020 else { return error }
        return EntraError(
            error.code, error.error,
            "\(account.userName) does not exist in \(tenant.name) and can't be used there. "
                + "Use an account of that organization.")
    }

    private func afterPassword(_ flow: SignInFlow, _ account: Account) async throws -> Response {
        if case .redemption(let link) = flow.purpose, let page = try wrongAccountPage(account, link) { return page }
        guard try asksForMFA(flow, account) else { return try await afterProof(flow) }
        guard sandbox.mustRegisterForMFA(account) else {
            return .page(page(flow).mfa(try seal(flow), account: account, problem: nil))
        }
        return .page(page(flow).mfaSetUp(try seal(flow), account: account, problem: nil))
    }

    func mfaCode(_ fields: FormFields) async throws -> Response {
        var flow = try open(fields)
        if isCancelled(fields) { return failure(.declined, flow) }
        let account = try account(of: flow)
        guard !sandbox.mustRegisterForMFA(account) else { throw EntraError.flowExpired }
        guard isRightCode(fields) else {
            return .page(
                page(flow).mfa(try seal(flow), account: account, problem: Self.wrongCode, typed: fields["code"] ?? ""))
        }
        flow.amr = ["pwd", "mfa"]
        return try await afterProof(flow)
    }

    /// The first code, which proves that the app was set up.
    func mfaSetUp(_ fields: FormFields) async throws -> Response {
        var flow = try open(fields)
        if isCancelled(fields) { return failure(.declined, flow) }
        let account = try account(of: flow)
        guard isRightCode(fields) else {
            return .page(
                page(flow).mfaSetUp(
                    try seal(flow), account: account, problem: Self.wrongCode, typed: fields["code"] ?? ""))
        }
        try sandbox.store.update { _ = $0.identity.registeredForMFA.insert(account.id) }
        note.changed("account \(account.id) set up MFA")
        flow.amr = ["pwd", "mfa"]
        return try await afterProof(flow)
    }

    private static let wrongCode = EntraError(
        500_121, "invalid_grant", "That code is not right. Everybody's code here is \(World.mfaCode).")

    private func isRightCode(_ fields: FormFields) -> Bool {
        (fields["code"] ?? "").filter { !$0.isWhitespace } == World.mfaCode
    }

    /// A guest who redeems an invitation is always asked, by the tenant that invites.
    private func asksForMFA(_ flow: SignInFlow, _ account: Account) throws -> Bool {
        switch flow.purpose {
        case .redemption: true
        case .adminConsent: try sandbox.user(account, at: tenant).isAskedForMFA
        case .authorization(let request):
            try sandbox.user(account, at: tenant).isAskedForMFA || request.asksForMFA
        }
    }

    private func afterProof(_ flow: SignInFlow) async throws -> Response {
        var flow = flow
        flow.isProved = true
        let account = try account(of: flow)
        switch flow.purpose {
        case .authorization(let request): return try await reviewAuthorization(request, flow, account)
        case .adminConsent(let request): return try reviewAdminConsent(request, flow, account)
        case .redemption(let link): return try reviewInvitation(link, flow)
        }
    }

    /// The decision on a page of permissions.
    func decide(_ fields: FormFields) async throws -> Response {
        let flow = try open(fields)
        let account = try account(of: flow)
        guard flow.isProved else { throw EntraError.flowExpired }
        let accepts = fields["decision"] == "accept"
        switch flow.purpose {
        case .authorization(let request):
            let forOrganization = fields["organization"] != nil
            return try await decide(request, flow, account, accepts: accepts, forOrganization: forOrganization)
        case .adminConsent(let request): return try decide(request, account, accepts: accepts)
        case .redemption(let link): return try decide(link, account, accepts: accepts)
        }
    }

    /// To the application that began this; a redemption has none.
    func failure(_ error: EntraError, _ flow: SignInFlow) -> Response {
        switch flow.purpose {
        case .authorization(let request): failure(error, request.target)
        case .adminConsent(let request): request.target.answer(request.failure(trace))
        case .redemption: .page(InvitationPages.declined)
        }
    }

    func failure(_ error: EntraError, _ target: RedirectTarget) -> Response {
        target.failure(error, trace, base: sandbox.configuration.base)
    }

    private func isCancelled(_ fields: FormFields) -> Bool { fields["decision"] == "cancel" }

    func seal(_ flow: SignInFlow) throws -> String { try sealer.seal(flow, as: .signInFlow) }

    private func open(_ fields: FormFields) throws -> SignInFlow {
        guard let flow: SignInFlow = fields["flow"].flatMap({ sealer.open($0, as: .signInFlow) }),
            flow.tenant == tenant.pathPart, sandbox.now < flow.startedAt.addingTimeInterval(SignInFlow.lifetime)
        else { throw EntraError.flowExpired }
        return flow
    }

    private func account(of flow: SignInFlow) throws -> Account {
        guard let account = flow.accountID.flatMap({ sandbox.world.account($0) }) else { throw EntraError.flowExpired }
        return account
    }
}
