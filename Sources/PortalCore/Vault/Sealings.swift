import Synchronization

/// How often something was sealed: a key with random nonces of 12 bytes is good for 2^32 times.
final class Sealings: Sendable {
    private let pending = Atomic<Int>(0)

    func count() { pending.add(1, ordering: .relaxed) }

    /// Those since the last call.
    func take() -> Int { pending.exchange(0, ordering: .relaxed) }
}
