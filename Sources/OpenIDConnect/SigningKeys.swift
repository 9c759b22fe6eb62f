public import Foundation
import JWTKit

/// A provider's keys, against which its id tokens are checked.
public struct SigningKeys: Sendable {
    private static let maxCount = 100
    private let keys: [SigningKey]

    /// - Throws: ``IDTokenError/unreadableKeys``.
    public init(json: [UInt8]) throws {
        struct Listed: Decodable {
            let keys: [SigningKey]
        }
        guard !DuplicateMembers.exist(in: json), let listed = try? JSONDecoder().decode(Listed.self, from: Data(json)),
            listed.keys.count <= Self.maxCount
        else { throw IDTokenError.unreadableKeys }
        keys = listed.keys
    }

    /// Checks signature, algorithm, issuer, audience, nonce and times (OpenID Connect Core 1.0, §3.1.3.7).
    ///
    /// The key is one of these; what the token's header says of keys elsewhere is not read.
    ///
    /// - Parameters:
    ///   - algorithms: those that the provider announces.
    ///   - tolerance: how far the two clocks may differ.
    /// - Throws: ``IDTokenError``.
    public func verify(
        _ token: String, issuer: String, audience: String, nonce: String, now: Date, tolerance: TimeInterval = 120,
        algorithms: Set<SigningAlgorithm> = [.rs256]
    ) async throws -> IDToken {
        let parts = token.utf8.count < 65_536 ? token.split(separator: ".", omittingEmptySubsequences: false) : []
        guard parts.count == 3, let header = Self.read(IDTokenHeader.self, parts[0]), header.isOfAnIDToken,
            let claims = Self.read(IDTokenClaims.self, parts[1])
        else { throw IDTokenError.malformed }
        guard let algorithm = SigningAlgorithm(rawValue: header.alg), algorithms.contains(algorithm) else {
            throw IDTokenError.refusedAlgorithm
        }
        let key = try key(header.kid, algorithm)
        do {
            _ = try await key.collection(for: algorithm).verify(token, as: IDTokenClaims.self)
        } catch {
            throw IDTokenError.badSignature
        }
        try claims.check(issuer: issuer, audience: audience, nonce: nonce, now: now, tolerance: tolerance)
        return IDToken(subject: claims.sub, payload: Base64URL.decode(parts[1]) ?? Data())
    }

    /// Whether the token's header says which key has signed it.
    static func isKeyNamed(by token: String) -> Bool {
        token.split(separator: ".").first.flatMap { read(IDTokenHeader.self, $0)?.kid } != nil
    }

    /// A token may leave its key unnamed only where there is no choice.
    private func key(_ id: String?, _ algorithm: SigningAlgorithm) throws -> SigningKey {
        guard id != nil || keys.count == 1 else { throw IDTokenError.unknownKey }
        let suitable = keys.filter { $0.suits(algorithm) && (id == nil || $0.kid == id) }
        guard suitable.count == 1 else { throw IDTokenError.unknownKey }
        return suitable[0]
    }

    private static func read<Value: Decodable>(_ type: Value.Type, _ part: Substring) -> Value? {
        guard let data = Base64URL.decode(part), !DuplicateMembers.exist(in: data) else { return nil }
        return try? JSONDecoder().decode(type, from: data)
    }
}
