import Foundation

/// A call of `/token` by a client that proved itself. Source: Microsoft Learn, "Microsoft identity platform and OAuth
/// 2.0 authorization code flow" and "… client credentials flow".
struct TokenRequest {
    enum Grant: String {
        case authorization_code, refresh_token, client_credentials
    }

    let sandbox: MicrosoftSandbox
    let tenant: TenantSegment
    let fields: FormFields
    let client: AuthenticatedClient
    let version: EndpointVersion
    let note: RequestNote

    private var issuer: TokenIssuer { TokenIssuer(sandbox: sandbox, client: client, version: version, note: note) }
    private var sealer: Sealer { Sealer(sandbox.store) }

    func answer() async throws -> JSON {
        guard let name = fields["grant_type"] else { throw EntraError.missing("grant_type") }
        switch Grant(rawValue: name) {
        case .authorization_code: return try await redeemCode()
        case .refresh_token: return try await refresh()
        case .client_credentials: return try await clientCredentials()
        case nil: throw EntraError.unsupportedGrant
        }
    }

    private func redeemCode() async throws -> JSON {
        guard let text = fields["code"] else { throw EntraError.missing("code") }
        guard let code: AuthorizationCode = sealer.open(text, as: .authorizationCode),
            let account = sandbox.world.account(code.accountID),
            let directory = sandbox.world.directory(named: code.tenantID)
        else { throw EntraError.invalidCode }
        guard tenant.admits(tenantID: code.tenantID) else { throw EntraError.codeOfOtherTenant }
        guard fields["redirect_uri"] == code.request.target.uri else { throw EntraError.replyAddressMismatch }
        if let challenge = code.request.challenge {
            guard challenge.isMet(by: fields["code_verifier"] ?? "") else { throw EntraError.verifierMismatch }
        }
        let now = sandbox.now
        guard now < code.expiry else { throw EntraError.codeExpired }
        guard try sandbox.store.update({ $0.redeem(code: code.id, until: code.expiry, now: now) }) else {
            throw EntraError.codeRedeemed
        }
        let user = try sandbox.user(account, in: directory)
        guard code.revocations == sandbox.revocations(of: account) else { throw EntraError.grantRevoked }
        let scopes = try requestedScopes(otherwise: code.request.scopes)
        try lookForPrincipal(in: directory.id)
        let claims = try fields["claims"].map { text throws(EntraError) in try RequestedClaims(text) }
        let subject = TokenSubject(
            user: user, amr: code.amr, claims: claims ?? code.request.claims, nonce: code.request.nonce,
            signInTenantID: directory.id, revocations: code.revocations)
        return try await issuer.answer(for: subject, scopes: scopes, original: code.request.scopes)
    }

    private func refresh() async throws -> JSON {
        guard let text = fields["refresh_token"] else { throw EntraError.missing("refresh_token") }
        guard let token: RefreshToken = sealer.open(text, as: .refreshToken), token.clientID == client.application.id,
            let account = sandbox.world.account(token.accountID)
        else { throw EntraError.invalidRefreshToken }
        guard sandbox.now < token.issuedAt.addingTimeInterval(RefreshToken.lifetime) else {
            throw EntraError.refreshTokenUnused
        }
        if sandbox.faults.take(.token, [.tokenRevoked]) != nil { throw EntraError.grantRevoked }
        let user = try sandbox.user(account, at: tenant)
        guard isAlive(token, user) else { throw EntraError.grantRevoked }
        let claims = try RequestedClaims(fields["claims"])
        let needsMFA = user.relation != .member || claims.isChallenge
        let scopes = try requestedScopes(otherwise: token.scopes)
        guard !needsMFA || token.amr.contains("mfa") else { throw EntraError.mfaRequired(scopes.audience) }
        try lookForPrincipal(in: user.directory.id)
        let subject = TokenSubject(
            user: user, amr: token.amr, claims: claims, nonce: nil, signInTenantID: token.tenantID,
            revocations: token.revocations)
        return try await issuer.answer(for: subject, scopes: scopes, original: nil)
    }

    /// A guest's sign-in at the tenant itself outlives what happens to the account at home.
    private func isAlive(_ token: RefreshToken, _ user: TenantUser) -> Bool {
        token.revocations == sandbox.revocations(of: user.account)
            || user.relation == .guest && token.tenantID == user.directory.id
    }

    private func clientCredentials() async throws -> JSON {
        guard case .directory(let directory) = tenant else { throw EntraError.tenantNotFound(tenant.pathPart) }
        let scopes = try applicationScopes()
        guard sandbox.knowsApplication(in: directory.id) else {
            throw EntraError.applicationNotFound(client.application.id, in: directory.id)
        }
        try lookForPrincipal(in: directory.id)
        return try await issuer.appOnlyAnswer(directory: directory, resource: scopes.audience)
    }

    /// `{resource}/.default` and nothing else, or the old endpoint's `resource`.
    private func applicationScopes() throws -> RequestedScopes {
        if version == .v1 {
            guard let name = fields["resource"] else { throw EntraError.missing("resource") }
            return RequestedScopes(resource: try RequestedScopes.resource(name, tenant.pathPart))
        }
        guard let text = fields["scope"] else { throw EntraError.missing("scope") }
        let scopes = try RequestedScopes(text, tenant: tenant.pathPart)
        guard scopes.identity.isEmpty, scopes.resources.count == 1,
            scopes.resources[0].value == ResourceScope.everything
        else { throw EntraError.scopeWithoutDefault }
        return scopes
    }

    /// Throws AADSTS650051 as long as a new service principal isn't seen yet.
    private func lookForPrincipal(in tenantID: String) throws {
        let delay = sandbox.store.read { $0.identity.principalDelay }
        guard delay > 0, tenantID != client.application.homeTenantID else { return }
        let times = try sandbox.store.update { $0.consents.lookForPrincipal(tenant: tenantID) }
        if let times, times < delay { throw EntraError.principalBeingMade }
    }

    private func requestedScopes(otherwise original: RequestedScopes) throws -> RequestedScopes {
        if version == .v1 {
            guard let name = fields["resource"] else { return original }
            return RequestedScopes(resource: try RequestedScopes.resource(name, tenant.pathPart))
        }
        guard let text = fields["scope"] else { return original }
        let scopes = try RequestedScopes(text, tenant: tenant.pathPart)
        if scopes.namesSeveralResources { throw EntraError.severalResources(text) }
        return scopes
    }
}
