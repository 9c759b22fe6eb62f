import Foundation

/// What goes into an access token, whichever its version.
struct AccessTokenContents {
    let tenantID: String
    /// Seconds.
    let lifetime: Int
    let objectID: String
    let subject: String
    /// Nil for the application alone.
    var user: TenantUser?
    var amr: [String]?
    var scp: String?
    var roles: [String]?
    var claims = RequestedClaims.none

    private var capabilities: [String]? { claims.capabilities.isEmpty ? nil : claims.capabilities }
    private var contexts: [String]? { claims.contexts.isEmpty ? nil : claims.contexts }

    func v1(_ client: AuthenticatedClient, audience: Resource, now: Int) -> AccessToken {
        AccessToken(
            aud: audience.identifier, iss: AccessToken.issuer(tenant: tenantID), iat: now, nbf: now,
            exp: now + lifetime, acr: user == nil ? nil : "1", acrs: contexts, amr: amr,
            appid: client.application.id, appidacr: client.proof.rawValue, family_name: user?.account.familyName,
            given_name: user?.account.givenName, idp: user?.identityProvider, idtyp: user == nil ? "app" : nil,
            ipaddr: user == nil ? nil : "192.0.2.10", name: user?.account.displayName, oid: objectID,
            puid: user.map { "10030000" + $0.account.id.suffix(8).uppercased() }, rh: "0.practice", roles: roles,
            scp: scp, sub: subject, tenant_region_scope: user == nil ? nil : "NA", tid: tenantID,
            unique_name: user?.account.userName, upn: user?.principalName, uti: Self.uniqueID(), wids: user?.roles,
            xms_cc: capabilities)
    }

    func v2(_ client: AuthenticatedClient, audience: Resource, issuer: String, now: Int) -> ApplicationAccessToken {
        ApplicationAccessToken(
            aud: audience.applicationID, iss: issuer, iat: now, nbf: now, exp: now + lifetime, acrs: contexts,
            azp: client.application.id, azpacr: client.proof.rawValue, idp: user?.identityProvider,
            idtyp: user == nil ? "app" : nil, name: user?.account.displayName, oid: objectID,
            preferred_username: user?.account.userName, rh: "0.practice", roles: roles, scp: scp, sub: subject,
            tid: tenantID, uti: Self.uniqueID(), wids: user?.roles, xms_cc: capabilities)
    }

    static func uniqueID() -> String {
        withUnsafeBytes(of: UUID().uuid) { Base64URL.encode($0) }
    }
}
