import Synchronization

/// The last requests, at most ``capacity``.
final class RequestLog: Sendable {
    static let capacity = 20_000

    private let kept = Mutex<[LoggedRequest]>([])

    var entries: [LoggedRequest] { kept.withLock { $0 } }

    func add(_ request: LoggedRequest) {
        kept.withLock { kept in
            if kept.count >= Self.capacity { kept.removeFirst(Self.capacity / 10) }
            kept.append(request)
        }
    }

    func removeAll() {
        kept.withLock { $0 = [] }
    }
}
