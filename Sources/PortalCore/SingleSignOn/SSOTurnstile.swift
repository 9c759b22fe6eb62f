import Synchronization

/// A sign-in that asks a provider holds its worker. So at most half of the workers do that at a time, and one broker's slow
/// provider not more than half of these.
final class SSOTurnstile: Sendable {
    private let inside = Mutex<[String: Int]>([:])
    private let limit: Int
    private let limitOfEach: Int

    init(workers: Int) {
        limit = max(1, workers / 2)
        limitOfEach = max(1, limit / 2)
    }

    /// - Throws: ``PageError/overloaded`` when too many are inside, and what `body` throws.
    func pass<T: Sendable>(_ holder: String, _ body: () async throws -> T) async throws -> T {
        try inside.withLock { inside in
            guard inside.values.reduce(0, +) < limit, inside[holder, default: 0] < limitOfEach else {
                throw PageError.overloaded
            }
            inside[holder, default: 0] += 1
        }
        defer {
            inside.withLock { inside in
                inside[holder] = inside[holder].flatMap { $0 > 1 ? $0 - 1 : nil }
            }
        }
        return try await body()
    }
}
