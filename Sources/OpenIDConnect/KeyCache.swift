public import Foundation
import Synchronization

/// Providers' keys, kept between sign-ins and read again when they may have changed.
///
/// Keys are asked for again after an hour, and at once for a token whose key isn't among them, or that names none and was
/// signed by another: providers change keys unannounced. A flood of such tokens costs the provider one request a minute.
public final class KeyCache: Sendable {
    private struct Entry {
        var keys: SigningKeys?
        var keptSince: Date
        /// When an unknown key last led to a request.
        var surprisedAt: Date
        var request: Task<SigningKeys, any Error>?
    }

    private static let lifetime: TimeInterval = 3_600
    private static let pause: TimeInterval = 60
    private static let maxProviders = 500

    private let entries = Mutex<[String: Entry]>([:])

    public init() {}

    /// Checks an id token of this provider, as ``SigningKeys/verify(_:issuer:audience:nonce:now:tolerance:algorithms:)`` does.
    ///
    /// - Throws: ``IDTokenError``, ``DiscoveryError``, and what `send` throws.
    public func verify(
        _ token: String, of provider: ProviderMetadata, audience: String, nonce: String, now: Date, send: @escaping Send
    ) async throws -> IDToken {
        func check(_ keys: SigningKeys) async throws -> IDToken {
            try await keys.verify(
                token, issuer: provider.issuer, audience: audience, nonce: nonce, now: now,
                algorithms: provider.signingAlgorithms)
        }
        let known = entries.withLock { $0[provider.keysAddress] }
        guard let keys = known?.keys, let since = known?.keptSince, now.timeIntervalSince(since) < Self.lifetime else {
            return try await check(newKeys(of: provider, isForUnknown: false, now: now, send: send))
        }
        do {
            return try await check(keys)
        } catch IDTokenError.unknownKey {
            return try await check(newKeys(of: provider, isForUnknown: true, now: now, send: send))
        } catch IDTokenError.badSignature where !SigningKeys.isKeyNamed(by: token) {
            return try await check(newKeys(of: provider, isForUnknown: true, now: now, send: send))
        }
    }

    /// - Throws: ``IDTokenError/unknownKey`` when an unknown key has led to a request a moment ago.
    private func newKeys(
        of provider: ProviderMetadata, isForUnknown: Bool, now: Date, send: @escaping Send
    ) async throws -> SigningKeys {
        let address = provider.keysAddress
        let request = try entries.withLock { entries in
            let known = entries[address]
            if let request = known?.request { return request }
            let surprisedAt = known?.surprisedAt ?? .distantPast
            if isForUnknown && now.timeIntervalSince(surprisedAt) < Self.pause { throw IDTokenError.unknownKey }
            let request = Task { try await provider.keys(send: send) }
            if entries.count >= Self.maxProviders { entries = [:] }
            entries[address] = Entry(
                keys: known?.keys, keptSince: known?.keptSince ?? .distantPast,
                surprisedAt: isForUnknown ? now : surprisedAt, request: request)
            return request
        }
        let result = await request.result
        entries.withLock { entries in
            entries[address]?.request = nil
            if case .success(let keys) = result {
                entries[address]?.keys = keys
                entries[address]?.keptSince = now
            }
        }
        return try result.get()
    }
}
