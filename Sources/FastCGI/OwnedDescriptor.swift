import Glibc

/// A descriptor that is closed with its last reference.
final class OwnedDescriptor: Sendable {
    let value: Int32

    /// - Parameter value: what `call` has returned; below zero, its errno is thrown.
    init(_ value: Int32, from call: String) throws(FastCGIError) {
        guard value >= 0 else { throw .system(call) }
        self.value = value
    }

    deinit { close(value) }
}
