import Crypto
import Foundation

/// Makes the tokens of an answer. Source: Microsoft Learn, "Access token claims reference", "ID token claims
/// reference" and "Configurable token lifetimes": an access token lives a random 60 to 90 minutes.
struct TokenIssuer {
    let sandbox: MicrosoftSandbox
    let application: RegisteredApplication

    /// `original` are the scopes of the authorization request; a refresh has none and always brings a new refresh
    /// token.
    func answer(
        for account: Account, tenantID: String, scopes: RequestedScopes, original: RequestedScopes?, amr: [String],
        nonce: String?
    ) async throws -> JSON {
        let permissions = try grantedPermissions(account, tenantID, scopes)
        let lifetime = Int.random(in: 3600...5399)
        let losesMFA = sandbox.faults.take(.token, [.mfaClaimMissing]) != nil
        let access = accessToken(
            account, tenantID, scopes, permissions, amr: losesMFA ? amr.filter { $0 != "mfa" } : amr, lifetime: lifetime
        )
        let refresh = RefreshToken(
            accountID: account.id, clientID: application.id, scopes: scopes, amr: amr, issuedAt: sandbox.now)
        let keepsRefreshToken = original?.asksForRefreshToken ?? true
        let id =
            (original ?? scopes).asksForIDToken ? try await sandbox.keys.sign(idToken(account, tenantID, nonce)) : nil
        return [
            "token_type": "Bearer",
            "scope": .string(scopeText(scopes, permissions)),
            "expires_in": .integer(lifetime),
            "ext_expires_in": .integer(lifetime),
            "access_token": .string(try await sandbox.keys.sign(access)),
            "refresh_token": .optional(
                keepsRefreshToken ? try Sealer(sandbox.store).seal(refresh, as: .refreshToken) : nil),
            "id_token": .optional(id),
        ]
    }

    /// Without a user: no refresh token, no scope, and no roles, because the application was granted none.
    func appOnlyAnswer(tenantID: String, resource: Resource) async throws -> JSON {
        let now = Int(sandbox.now.timeIntervalSince1970)
        let lifetime = 3599
        let principal = pairwise("principal", tenantID)
        let token = AccessToken(
            aud: resource.identifier, iss: AccessToken.issuer(tenant: tenantID), iat: now, nbf: now,
            exp: now + lifetime,
            appid: application.id, idtyp: "app", oid: principal, rh: "0.practice", sub: principal, tid: tenantID,
            uti: uniqueID())
        return [
            "token_type": "Bearer", "expires_in": .integer(lifetime), "ext_expires_in": .integer(lifetime),
            "access_token": .string(try await sandbox.keys.sign(token)),
        ]
    }

    /// For `.default` all that was consented to on that API; for named ones exactly these, or AADSTS65001.
    private func grantedPermissions(_ account: Account, _ tenantID: String, _ scopes: RequestedScopes) throws
        -> [ResourceScope]
    {
        guard let granted = sandbox.store.read({ $0.consents.granted(tenant: tenantID, account: account.id) }) else {
            throw EntraError.notConsented(application)
        }
        let wanted = scopes.resources.filter { $0.resource == scopes.audience }
        let named = wanted.filter { $0.value != ResourceScope.everything }
        guard granted.isSuperset(of: named) else { throw EntraError.notConsented(application) }
        let all = ResourceScope(resource: scopes.audience, value: ResourceScope.everything).expanded
        let permissions = named.count == wanted.count ? named : all.filter(granted.contains)
        guard !permissions.isEmpty || wanted.isEmpty else { throw EntraError.notConsented(application) }
        return permissions
    }

    /// openid, profile and offline_access are not repeated, but when they are all there is.
    private func scopeText(_ scopes: RequestedScopes, _ permissions: [ResourceScope]) -> String {
        guard !permissions.isEmpty else { return scopes.identity.joined(separator: " ") }
        let asksForEverything = scopes.resources.contains { $0.value == ResourceScope.everything }
        let texts =
            permissions.map(\.text)
            + (asksForEverything ? ["\(scopes.audience.identifier)/\(ResourceScope.everything)"] : [])
        return texts.joined(separator: " ")
    }

    private func accessToken(
        _ account: Account, _ tenantID: String, _ scopes: RequestedScopes, _ permissions: [ResourceScope],
        amr: [String],
        lifetime: Int
    ) -> AccessToken {
        let now = Int(sandbox.now.timeIntervalSince1970)
        let scp = permissions.isEmpty ? scopes.identity : permissions.map(\.value)
        return AccessToken(
            aud: scopes.audience.identifier, iss: AccessToken.issuer(tenant: tenantID), iat: now, nbf: now,
            exp: now + lifetime,
            acr: "1", amr: amr, appid: application.id, family_name: account.familyName, given_name: account.givenName,
            ipaddr: "192.0.2.10", name: account.displayName, oid: account.id,
            puid: "10030000" + account.id.suffix(8).uppercased(),
            rh: "0.practice", scp: scp.joined(separator: " "), sub: pairwise(account.id, scopes.audience.identifier),
            tenant_region_scope: "NA", tid: tenantID, unique_name: account.userName, upn: account.userName,
            uti: uniqueID(),
            wids: account.directoryRoles)
    }

    private func idToken(_ account: Account, _ tenantID: String, _ nonce: String?) -> IDToken {
        let now = Int(sandbox.now.timeIntervalSince1970)
        return IDToken(
            aud: application.id, iss: DiscoveryDocuments.issuer(tenant: tenantID, base: sandbox.configuration.base),
            iat: now,
            nbf: now, exp: now + 3900, email: account.userName, name: account.displayName, nonce: nonce,
            oid: account.id,
            preferred_username: account.userName, rh: "0.practice", sub: pairwise(account.id, application.id),
            tid: tenantID,
            uti: uniqueID())
    }

    /// The same person has another `sub` for each audience.
    private func pairwise(_ subject: String, _ audience: String) -> String {
        Base64URL.encode(SHA256.hash(data: Array("\(subject) \(audience)".utf8)))
    }

    private func uniqueID() -> String {
        withUnsafeBytes(of: UUID().uuid) { Base64URL.encode($0) }
    }
}
