import Synchronization

/// What a handler wants to be read in the request log: never a token, code, password or secret.
final class RequestNote: Sendable {
    private struct Contents {
        var call: ServiceCall?
        var parts: [String] = []
        var changes: [String] = []
    }

    private let contents = Mutex(Contents())

    /// Which call it is, set by the service before it does anything.
    var call: ServiceCall? {
        get { contents.withLock { $0.call } }
        set { contents.withLock { $0.call = newValue } }
    }

    var text: String? { contents.withLock { $0.parts.isEmpty ? nil : $0.parts.joined(separator: ", ") } }
    var changes: [String] { contents.withLock { $0.changes } }

    func add(_ part: String?) {
        if let part { contents.withLock { $0.parts.append(part) } }
    }

    /// Something in the world became another: "customer … created".
    func changed(_ what: String) {
        contents.withLock { $0.changes.append(what) }
    }
}
