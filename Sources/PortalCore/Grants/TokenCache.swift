import Foundation
import PortalKit

/// Access tokens in memory, bounded, minted once for all who wait for the same one.
actor TokenCache {
    struct Purpose: Hashable, Sendable {
        let grant: Key<StoredGrant>
        let audience: TokenAudience
    }

    /// A token, and what it allows where the provider says it.
    struct Minted: Sendable {
        let token: String
        let permissions: Set<String>?
    }

    private struct Kept {
        let minted: Minted
        let freshUntil: Date
    }

    private static let capacity = 2_000
    private let clock: @Sendable () -> Date
    private var kept: [Purpose: Kept] = [:]
    private var minting: [Purpose: Task<Renewal, any Error>] = [:]

    init(clock: @escaping @Sendable () -> Date) {
        self.clock = clock
    }

    /// A token that is still good for a minute. `rejected` is one that the provider did not take: never given again.
    func token(
        for purpose: Purpose, rejected: String? = nil, mint: @escaping @Sendable () async throws -> Renewal
    ) async throws -> Minted {
        if let known = kept[purpose], known.minted.token != rejected, known.freshUntil > clock() { return known.minted }
        if let running = minting[purpose] { return Minted(try await running.value) }
        let task = Task { try await mint() }
        minting[purpose] = task
        defer { minting[purpose] = nil }
        let renewal = try await task.value
        if kept.count >= Self.capacity {
            let now = clock()
            kept = kept.filter { $0.value.freshUntil > now }
            if kept.count >= Self.capacity { kept.removeAll() }
        }
        let lifetime = max(0, min(Double(renewal.lifetime.components.seconds), 86_400) - 60)
        let minted = Minted(renewal)
        kept[purpose] = Kept(minted: minted, freshUntil: clock() + lifetime)
        return minted
    }
}

extension TokenCache.Minted {
    fileprivate init(_ renewal: Renewal) {
        self.init(token: renewal.token, permissions: renewal.permissions)
    }
}
