import Foundation
import JWTKit

/// The claims of a v1.0 access token. Source: Microsoft Learn, "Access token claims reference". `amr` is in v1.0
/// tokens only, and is where Partner Center looks for MFA.
struct AccessToken: JWTPayload {
    var aud: String
    var iss: String
    var iat: Int
    var nbf: Int
    var exp: Int
    var acr: String?
    var acrs: [String]?
    var amr: [String]?
    var appid: String
    /// How the client proved itself: "1" with a secret, "2" with a certificate.
    var appidacr: String
    var family_name: String?
    var given_name: String?
    /// For guests, the issuer of the tenant that they come from.
    var idp: String?
    /// `app` for tokens without a user.
    var idtyp: String?
    var ipaddr: String?
    var name: String?
    var oid: String
    var puid: String?
    var rh: String
    /// Application permissions, in tokens without a user.
    var roles: [String]?
    var scp: String?
    var sub: String
    var tenant_region_scope: String?
    var tid: String
    var unique_name: String?
    var upn: String?
    var uti: String
    var ver = "1.0"
    var wids: [String]?
    var xms_cc: [String]?

    var isAppOnly: Bool { scp == nil }
    var hasMFA: Bool { amr?.contains("mfa") ?? false }

    /// Whether the permission is among the delegated scopes or the application's roles.
    func permits(_ permission: String) -> Bool {
        scp?.split(separator: " ").contains(Substring(permission)) ?? false || roles?.contains(permission) ?? false
    }

    func isInForce(at date: Date) -> Bool {
        let now = Int(date.timeIntervalSince1970)
        return nbf <= now && now < exp
    }

    static func issuer(tenant: String) -> String { "https://sts.windows.net/\(tenant)/" }

    /// Expiry is checked by whoever reads the token, with the sandbox's clock.
    func verify(using algorithm: some JWTAlgorithm) {}
}
