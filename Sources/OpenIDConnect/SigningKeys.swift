public import Foundation
import JWTKit

/// A provider's keys, against which its id tokens are checked.
public struct SigningKeys: Sendable {
    private let set: JWKS
    private let ids: Set<String>

    /// - Throws: ``IDTokenError/unreadableKeys``.
    public init(json: [UInt8]) throws {
        struct Listed: Decodable {
            struct Key: Decodable {
                let kid: String?
            }
            let keys: [Key]
        }
        guard let listed = try? JSONDecoder().decode(Listed.self, from: Data(json)),
            let set = try? JSONDecoder().decode(JWKS.self, from: Data(json))
        else { throw IDTokenError.unreadableKeys }
        self.set = set
        ids = Set(listed.keys.compactMap(\.kid))
    }

    /// Checks signature, algorithm, issuer, audience, nonce and times (OpenID Connect Core 1.0, §3.1.3.7).
    ///
    /// - Parameter tolerance: how far the two clocks may differ.
    /// - Throws: ``IDTokenError``.
    public func verify(
        _ token: String, issuer: String, audience: String, nonce: String, now: Date, tolerance: TimeInterval = 120
    ) async throws -> IDToken {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, token.utf8.count < 65_536, let header = Self.decode(Header.self, parts[0]),
            let claims = Self.decode(Claims.self, parts[1])
        else { throw IDTokenError.malformed }
        // The library would try its first key for a kid that it does not know.
        guard header.alg == "RS256", let kid = header.kid, ids.contains(kid) else { throw IDTokenError.unknownKey }
        do {
            let keys = try await JWTKeyCollection().add(jwks: set)
            _ = try await keys.verify(token, as: Claims.self)
        } catch {
            throw IDTokenError.badSignature
        }
        guard claims.iss == issuer else { throw IDTokenError.otherIssuer(claims.iss) }
        guard claims.aud.contains(audience) else { throw IDTokenError.otherAudience }
        guard claims.nonce == nonce else { throw IDTokenError.otherNonce }
        let seconds = now.timeIntervalSince1970
        guard claims.exp + tolerance > seconds, (claims.nbf ?? 0) - tolerance < seconds else {
            throw IDTokenError.outOfTime
        }
        guard !claims.sub.isEmpty else { throw IDTokenError.malformed }
        return IDToken(subject: claims.sub, payload: Self.base64URL(parts[1]) ?? Data())
    }

    private struct Header: Decodable {
        let alg: String
        let kid: String?
    }

    private struct Claims: JWTPayload {
        let iss: String
        let sub: String
        let aud: [String]
        let exp: Double
        let nbf: Double?
        let nonce: String?

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            iss = try values.decode(String.self, forKey: .iss)
            sub = try values.decode(String.self, forKey: .sub)
            aud = try (try? [values.decode(String.self, forKey: .aud)]) ?? values.decode([String].self, forKey: .aud)
            exp = try values.decode(Double.self, forKey: .exp)
            nbf = try values.decodeIfPresent(Double.self, forKey: .nbf)
            nonce = try values.decodeIfPresent(String.self, forKey: .nonce)
        }

        /// All claims are judged by ``SigningKeys/verify(_:issuer:audience:nonce:now:tolerance:)``.
        func verify(using algorithm: some JWTAlgorithm) throws {}
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ part: Substring) -> Value? {
        base64URL(part).flatMap { try? JSONDecoder().decode(type, from: $0) }
    }

    private static func base64URL(_ text: Substring) -> Data? {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: standard + String(repeating: "=", count: (4 - standard.count % 4) % 4))
    }
}

/// An id token that has passed every check.
public struct IDToken: Sendable {
    public let subject: String
    private let payload: Data

    init(subject: String, payload: Data) {
        self.subject = subject
        self.payload = payload
    }

    /// Further claims, by a type that names them.
    public func claims<Claims: Decodable>(as type: Claims.Type) throws -> Claims {
        try JSONDecoder().decode(type, from: payload)
    }
}

public enum IDTokenError: Error, Equatable {
    case malformed, unreadableKeys, unknownKey, badSignature, otherAudience, otherNonce, outOfTime
    case otherIssuer(String)
}
