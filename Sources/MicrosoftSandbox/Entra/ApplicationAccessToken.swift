import JWTKit

/// The claims of a v2.0 access token, which is what the application's own API gets. Source: Microsoft Learn, "Access token
/// claims reference". Without `amr`, `appid` and names.
struct ApplicationAccessToken: JWTPayload {
    /// The API's application id, not its identifier.
    var aud: String
    var iss: String
    var iat: Int
    var nbf: Int
    var exp: Int
    var acrs: [String]?
    var azp: String
    /// As `appidacr` of a v1.0 token.
    var azpacr: String
    var idp: String?
    var idtyp: String?
    var name: String?
    var oid: String
    var preferred_username: String?
    var rh: String
    var roles: [String]?
    var scp: String?
    var sub: String
    var tid: String
    var uti: String
    var ver = "2.0"
    var wids: [String]?
    var xms_cc: [String]?

    func verify(using algorithm: some JWTAlgorithm) {}
}
