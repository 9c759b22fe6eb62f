import Glibc
import Synchronization

/// The connection that a worker is busy with, for others to cut: a peer can then neither hold the worker with a body
/// that drips in, nor hold up the end of a server that was cancelled.
final class ConnectionWatch: Sendable {
    private struct State {
        var descriptor: Int32?
        var readBy: ContinuousClock.Instant?
        var isCut = false

        func cut() {
            if let descriptor { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private let state = Mutex(State())

    func opened(_ descriptor: Int32, readBy: ContinuousClock.Instant) {
        state.withLock {
            $0.descriptor = descriptor
            $0.readBy = readBy
            if $0.isCut { $0.cut() }
        }
    }

    func requestIsRead() {
        state.withLock { $0.readBy = nil }
    }

    /// Comes before the descriptor is closed: its number may be another connection's a moment later.
    func closing() {
        state.withLock { $0.descriptor = nil }
    }

    /// Cuts this connection and any that comes after it.
    func cut() {
        state.withLock {
            $0.isCut = true
            $0.cut()
        }
    }

    func cut(ifOverdueAt now: ContinuousClock.Instant) {
        state.withLock {
            if let readBy = $0.readBy, readBy < now { $0.cut() }
        }
    }
}
