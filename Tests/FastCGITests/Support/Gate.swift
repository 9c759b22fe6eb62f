import Synchronization

/// Holds handlers back until a test lets them go on.
final class Gate: Sendable {
    private let state = Mutex((arrivals: 0, isOpen: false))

    func open() { state.withLock { $0.isOpen = true } }

    /// For handlers.
    func pass() async throws {
        state.withLock { $0.arrivals += 1 }
        try await eventually { self.state.withLock { $0.isOpen } }
    }

    /// For tests: returns once so many handlers are held back at the same time.
    func holds(_ count: Int) async throws {
        try await eventually { self.state.withLock { $0.arrivals == count } }
    }
}
