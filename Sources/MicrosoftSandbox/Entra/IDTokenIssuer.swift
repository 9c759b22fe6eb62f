import Crypto
import Foundation

/// Makes id_tokens, for `/authorize` and `/token`.
struct IDTokenIssuer {
    let sandbox: MicrosoftSandbox
    let application: RegisteredApplication
    let version: EndpointVersion

    /// Which endpoint gives it.
    enum Delivery {
        /// With the code, if one comes too.
        case authorization(code: String?)
        case token
    }

    /// Names come with the scope `profile`, the address with `email`. The old token endpoint's isn't signed.
    func token(for subject: TokenSubject, tenantID: String, scopes: RequestedScopes, delivery: Delivery) async throws
        -> String
    {
        var code: String?
        if case .authorization(let given) = delivery { code = given }
        let token = version == .v2 ? v2(subject, tenantID, scopes, code) : v1(subject, tenantID, code)
        guard version == .v1, case .token = delivery else { return try await sandbox.keys.sign(token) }
        let header = Base64URL.encode(#"{"typ":"JWT","alg":"none"}"#.utf8)
        return "\(header).\(Base64URL.encode(try JSONEncoder().encode(token)))."
    }

    private func v2(_ subject: TokenSubject, _ tenantID: String, _ scopes: RequestedScopes, _ code: String?)
        -> IDToken
    {
        let account = subject.user.account
        let hasProfile = scopes.identity.contains("profile")
        let now = Int(sandbox.now.timeIntervalSince1970)
        return IDToken(
            aud: application.id, iss: DiscoveryDocuments.issuer(tenant: tenantID, base: sandbox.configuration.base),
            iat: now, nbf: now, exp: now + 3900, c_hash: code.map(Self.halfHash),
            email: scopes.identity.contains("email") ? account.userName : nil, idp: subject.user.identityProvider,
            name: hasProfile ? account.displayName : nil, nonce: subject.nonce, oid: subject.user.objectID,
            preferred_username: hasProfile ? account.userName : nil, rh: "0.practice",
            sub: TokenSubject.pairwise(subject.user.objectID, application.id), tid: tenantID,
            uti: AccessTokenContents.uniqueID(),
            ver: "2.0")
    }

    private func v1(_ subject: TokenSubject, _ tenantID: String, _ code: String?) -> IDToken {
        let account = subject.user.account
        let now = Int(sandbox.now.timeIntervalSince1970)
        return IDToken(
            aud: application.id, iss: AccessToken.issuer(tenant: tenantID), iat: now, nbf: now, exp: now + 3900,
            amr: subject.amr, c_hash: code.map(Self.halfHash), family_name: account.familyName,
            given_name: account.givenName, idp: subject.user.identityProvider, name: account.displayName,
            nonce: subject.nonce, oid: subject.user.objectID, rh: "0.practice",
            sub: TokenSubject.pairwise(subject.user.objectID, application.id), tid: tenantID,
            unique_name: account.userName,
            upn: subject.user.principalName, uti: AccessTokenContents.uniqueID(), ver: "1.0")
    }

    /// The left half of the SHA-256.
    private static func halfHash(_ text: String) -> String {
        Base64URL.encode(SHA256.hash(data: Array(text.utf8)).prefix(16))
    }
}
