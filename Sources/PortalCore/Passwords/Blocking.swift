import Dispatch
import Synchronization

/// Runs what takes long and holds much memory off the requests' threads: one at a time, with a short queue.
final class Blocking: Sendable {
    private let queue = DispatchQueue(label: "gatehouse.blocking")
    private let waiting = Atomic<Int>(0)
    /// How many have been run.
    private let begun = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var waitingNow: Int { waiting.load(ordering: .relaxed) }

    /// - Throws: ``PageError/overloaded`` when too many wait already, and what `body` throws.
    func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        guard waiting.add(1, ordering: .relaxed).newValue <= limit else {
            waiting.subtract(1, ordering: .relaxed)
            throw PageError.overloaded
        }
        defer { waiting.subtract(1, ordering: .relaxed) }
        begun.add(1, ordering: .relaxed)
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }

    var runs: Int { begun.load(ordering: .relaxed) }
}
