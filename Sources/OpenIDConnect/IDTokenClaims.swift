import Foundation
import JWTKit

/// The claims that are judged (OpenID Connect Core 1.0, §2).
struct IDTokenClaims: JWTPayload {
    let iss: String
    let sub: String
    let aud: [String]
    let azp: String?
    let exp: Double
    let iat: Double?
    let nbf: Double?
    let nonce: String?

    private static let maxSubjectBytes = 255

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        iss = try values.decode(String.self, forKey: .iss)
        sub = try values.decode(String.self, forKey: .sub)
        aud = try (try? [values.decode(String.self, forKey: .aud)]) ?? values.decode([String].self, forKey: .aud)
        azp = try values.decodeIfPresent(String.self, forKey: .azp)
        exp = try values.decode(Double.self, forKey: .exp)
        iat = try values.decodeIfPresent(Double.self, forKey: .iat)
        nbf = try values.decodeIfPresent(Double.self, forKey: .nbf)
        nonce = try values.decodeIfPresent(String.self, forKey: .nonce)
    }

    /// All claims are judged by ``check(issuer:audience:nonce:now:tolerance:)``.
    func verify(using algorithm: some JWTAlgorithm) throws {}

    /// - Throws: ``IDTokenError``.
    func check(issuer: String, audience: String, nonce: String, now: Date, tolerance: TimeInterval) throws {
        guard iss == issuer else { throw IDTokenError.otherIssuer(iss) }
        guard aud.contains(audience), azp == audience || (azp == nil && aud.count == 1) else {
            throw IDTokenError.otherAudience
        }
        guard self.nonce == nonce else { throw IDTokenError.otherNonce }
        let seconds = now.timeIntervalSince1970
        guard exp + tolerance > seconds else { throw IDTokenError.expired(ago: .seconds(seconds - exp)) }
        let begin = max(iat ?? 0, nbf ?? 0)
        guard begin - tolerance < seconds else { throw IDTokenError.notYetValid(in: .seconds(begin - seconds)) }
        guard !sub.isEmpty, sub.utf8.count <= Self.maxSubjectBytes else { throw IDTokenError.malformed }
    }
}
