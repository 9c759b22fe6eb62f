import Synchronization

/// What a handler wants to be read in the request log: never a token, code, password or secret.
final class RequestNote: Sendable {
    private let parts = Mutex<[String]>([])

    var text: String? { parts.withLock { $0.isEmpty ? nil : $0.joined(separator: ", ") } }

    func add(_ part: String?) {
        if let part { parts.withLock { $0.append(part) } }
    }
}
