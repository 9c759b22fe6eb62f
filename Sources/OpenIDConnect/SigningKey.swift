import JWTKit

import enum Crypto.P256

/// One public key of a provider (RFC 7517 §4), of a kind that we use or not.
struct SigningKey: Sendable, Decodable {
    let kty: String
    let kid: String?
    let alg: String?
    let use: String?
    let n: String?
    let e: String?
    let crv: String?
    let x: String?
    let y: String?

    func suits(_ algorithm: SigningAlgorithm) -> Bool {
        kty == algorithm.keyType && (alg == nil || alg == algorithm.rawValue) && (use == nil || use == "sig")
            && (kty != "EC" || crv == "P-256")
    }

    /// This key alone, for this algorithm alone.
    ///
    /// - Throws: when the numbers are missing, damaged, or an RSA key has fewer than 2048 bits.
    func collection(for algorithm: SigningAlgorithm) async throws -> JWTKeyCollection {
        let keys = JWTKeyCollection()
        switch algorithm {
        case .rs256: return await keys.add(rsa: try rsa, digestAlgorithm: .sha256)
        case .ps256: return await keys.add(pss: try rsa, digestAlgorithm: .sha256)
        case .es256:
            guard let x, let y else { throw IDTokenError.unreadableKeys }
            return await keys.add(
                ecdsa: try ECDSA.PublicKey<P256>(parameters: (x: Self.coordinate(x), y: Self.coordinate(y))))
        }
    }

    private var rsa: Insecure.RSA.PublicKey {
        get throws {
            guard let n, let e else { throw IDTokenError.unreadableKeys }
            return try Insecure.RSA.PublicKey(modulus: n, exponent: e)
        }
    }

    /// 32 bytes, whatever zeros some providers put before or leave out (RFC 7518 §6.2.1.2 wants exactly 32).
    private static func coordinate(_ text: String) throws -> String {
        guard let data = Base64URL.decode(text[...]) else { throw IDTokenError.unreadableKeys }
        let digits = data.drop { $0 == 0 }
        guard digits.count <= 32 else { throw IDTokenError.unreadableKeys }
        return Base64URL.encode([UInt8](repeating: 0, count: 32 - digits.count) + digits)
    }
}
