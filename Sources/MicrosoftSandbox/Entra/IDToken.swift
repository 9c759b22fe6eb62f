import JWTKit

/// The claims of an id_token. Source: Microsoft Learn, "ID token claims reference". The v2.0 one has no `amr`; the v1.0 one
/// of the old endpoint has other names for people.
struct IDToken: JWTPayload {
    var aud: String
    var iss: String
    var iat: Int
    var nbf: Int
    var exp: Int
    var amr: [String]?
    /// Of the code that came with it (OpenID Connect Core 3.3.2.11).
    var c_hash: String?
    var email: String?
    var family_name: String?
    var given_name: String?
    var idp: String?
    var name: String?
    var nonce: String?
    var oid: String
    var preferred_username: String?
    var rh: String
    var sub: String
    var tid: String
    var unique_name: String?
    var upn: String?
    var uti: String
    var ver: String

    func verify(using algorithm: some JWTAlgorithm) {}
}
