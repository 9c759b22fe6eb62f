import Synchronization

/// One change at a time, so that what was checked still holds when it is written.
final class ChangeQueue: Sendable {
    private let turn = Mutex(())

    func run<Value>(_ body: () throws -> Value) rethrows -> Value {
        try turn.withLock { _ in try body() }
    }
}
