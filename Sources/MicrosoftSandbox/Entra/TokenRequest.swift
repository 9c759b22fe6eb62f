import Foundation
import HTTPTypes
import Hummingbird

/// A call of `/token` by a client that proved itself. Source: Microsoft Learn, "Microsoft identity platform and OAuth
/// 2.0 authorization code flow" and "… client credentials flow".
struct TokenRequest {
    enum Grant: String {
        case authorization_code, refresh_token, client_credentials
    }

    let sandbox: MicrosoftSandbox
    let tenant: TenantSegment
    let fields: FormFields
    let application: RegisteredApplication

    private var issuer: TokenIssuer { TokenIssuer(sandbox: sandbox, application: application) }
    private var sealer: Sealer { Sealer(sandbox.store) }

    /// Throws `unauthorized_client` or `invalid_client`.
    init(_ fields: FormFields, headers: HTTPFields, tenant: TenantSegment, sandbox: MicrosoftSandbox) throws {
        let basic = headers[.authorization].flatMap(Self.basicCredentials)
        let application = sandbox.world.application
        guard let id = fields["client_id"] ?? basic?.id else { throw EntraError.missing("client_id") }
        guard id.lowercased() == application.id else { throw EntraError.applicationNotFound(id, in: tenant.pathPart) }
        guard let secret = fields["client_secret"] ?? basic?.secret else { throw EntraError.secretMissing }
        guard secret == application.secret else { throw EntraError.wrongSecret }
        self.sandbox = sandbox
        self.tenant = tenant
        self.fields = fields
        self.application = application
    }

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
            let account = sandbox.world.account(code.accountID)
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
        return try await issuer.answer(
            for: account, tenantID: code.tenantID, scopes: try requestedScopes(otherwise: code.request.scopes),
            original: code.request.scopes, amr: code.amr, nonce: code.request.nonce)
    }

    private func refresh() async throws -> JSON {
        guard let text = fields["refresh_token"] else { throw EntraError.missing("refresh_token") }
        guard let token: RefreshToken = sealer.open(text, as: .refreshToken), token.clientID == application.id,
            let account = sandbox.world.account(token.accountID)
        else { throw EntraError.invalidRefreshToken }
        guard sandbox.now < token.issuedAt.addingTimeInterval(RefreshToken.lifetime) else {
            throw EntraError.refreshTokenUnused
        }
        if sandbox.faults.take(.token, [.tokenRevoked]) != nil { throw EntraError.grantRevoked }
        let tenantID: String
        switch tenant {
        case .any: tenantID = account.tenantID
        case .directory(let directory):
            guard directory.partnerTenantID == account.tenantID else {
                throw EntraError.accountNotInTenant(account.userName, directory.name)
            }
            tenantID = directory.id
        }
        let scopes = try requestedScopes(otherwise: token.scopes)
        return try await issuer.answer(
            for: account, tenantID: tenantID, scopes: scopes, original: nil, amr: token.amr, nonce: nil)
    }

    private func clientCredentials() async throws -> JSON {
        guard case .directory(let directory) = tenant else { throw EntraError.tenantNotFound(tenant.pathPart) }
        guard let text = fields["scope"] else { throw EntraError.missing("scope") }
        let scopes = try RequestedScopes(text, tenant: tenant.pathPart)
        guard scopes.identity.isEmpty, scopes.resources.count == 1,
            scopes.resources[0].value == ResourceScope.everything
        else { throw EntraError.scopeWithoutDefault }
        guard
            directory.id == application.homeTenantID || sandbox.store.read({ $0.consents.knows(tenant: directory.id) })
        else {
            throw EntraError.applicationNotFound(application.id, in: directory.id)
        }
        return try await issuer.appOnlyAnswer(tenantID: directory.id, resource: scopes.audience)
    }

    private func requestedScopes(otherwise original: RequestedScopes) throws -> RequestedScopes {
        guard let text = fields["scope"] else { return original }
        let scopes = try RequestedScopes(text, tenant: tenant.pathPart)
        if scopes.namesSeveralResources { throw EntraError.severalResources(text) }
        return scopes
    }

    /// RFC 6749 §2.3.1: both halves are form-encoded.
    private static func basicCredentials(_ header: String) -> (id: String, secret: String)? {
        guard header.lowercased().hasPrefix("basic "), let data = Data(base64Encoded: String(header.dropFirst(6)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let id = String(parts[0]).percentDecoded(),
            let secret = String(parts[1]).percentDecoded()
        else { return nil }
        return (id, secret)
    }
}
