import JWTKit

/// The claims of a v2.0 id_token. Source: Microsoft Learn, "ID token claims reference". It has no `amr`.
struct IDToken: JWTPayload {
    var aud: String
    var iss: String
    var iat: Int
    var nbf: Int
    var exp: Int
    var email: String?
    var name: String?
    var nonce: String?
    var oid: String
    var preferred_username: String?
    var rh: String
    var sub: String
    var tid: String
    var uti: String
    var ver = "2.0"

    func verify(using algorithm: some JWTAlgorithm) {}
}
