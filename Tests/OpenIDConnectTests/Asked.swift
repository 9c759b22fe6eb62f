import HTTPTypes
import Synchronization

/// What a provider was asked, in order.
final class Asked: Sendable {
    private let addresses = Mutex<[String]>([])

    func note(_ request: HTTPRequest) {
        addresses.withLock { $0.append("\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")") }
    }

    var all: [String] { addresses.withLock { $0 } }
}
