import Crypto

/// Who a token is for and what was proved: all that a token answer needs besides the scopes.
struct TokenSubject: Sendable {
    let user: TenantUser
    let amr: [String]
    let claims: RequestedClaims
    let nonce: String?
    /// Where the person signed in.
    let signInTenantID: String
    /// How often the account's grants had been revoked at the sign-in.
    let revocations: Int

    var tenantID: String { user.directory.id }

    /// The claim `sub`: the same person has another one for each audience.
    static func pairwise(_ objectID: String, _ audience: String) -> String {
        Base64URL.encode(SHA256.hash(data: Array("\(objectID) \(audience)".utf8)))
    }
}
