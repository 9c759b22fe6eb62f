import Synchronization

/// A sign-in that asks a provider holds its worker. So at most half of the workers do that at a time, and one broker's slow
/// provider not more than half of these. Some wait for a place, for a moment.
final class SSOTurnstile: Sendable {
    private struct State {
        var inside: [String: Int] = [:]
        /// They hold their workers too.
        var waiting = 0
    }

    private let state = Mutex(State())
    private let limit: Int
    private let limitOfEach: Int
    private let patience: Duration

    init(workers: Int, patience: Duration = .seconds(3)) {
        limit = max(1, workers / 2)
        limitOfEach = max(1, limit / 2)
        self.patience = patience
    }

    /// - Throws: ``PageError/signInsQueue`` when there is no place, and what `body` throws.
    func pass<T: Sendable>(_ holder: String, _ body: () async throws -> T) async throws -> T {
        if !enter(holder) { try await wait(holder) }
        defer {
            state.withLock { state in
                state.inside[holder] = state.inside[holder].flatMap { $0 > 1 ? $0 - 1 : nil }
            }
        }
        return try await body()
    }

    private func enter(_ holder: String) -> Bool {
        state.withLock { state in
            guard state.inside.values.reduce(0, +) < limit, state.inside[holder, default: 0] < limitOfEach else {
                return false
            }
            state.inside[holder, default: 0] += 1
            return true
        }
    }

    private func wait(_ holder: String) async throws {
        try state.withLock { state in
            guard state.waiting < limitOfEach else { throw PageError.signInsQueue }
            state.waiting += 1
        }
        defer { state.withLock { $0.waiting -= 1 } }
        let end = ContinuousClock.now + patience
        repeat {
            try await Task.sleep(for: .milliseconds(20))
            if enter(holder) { return }
        } while .now < end
        throw PageError.signInsQueue
    }
}
