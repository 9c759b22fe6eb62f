import HTTPTypes
import PortalKit
import Synchronization

/// What is counted since the start of the process; the rest of the metrics is read from the rows.
final class Meters: Sendable {
    struct Requests: Hashable {
        let kind: RequestKind
        /// The first digit of the status.
        let statusClass: Int
    }

    struct Calls: Hashable {
        let plugin: Key<PluginManifest>
        let outcome: CallOutcome
    }

    /// The limits of the buckets in which requests are counted by their time.
    static let buckets: [Duration] = [
        .milliseconds(1), .milliseconds(5), .milliseconds(25), .milliseconds(100), .milliseconds(500), .seconds(2),
    ]

    struct Counts: Sendable {
        var requests: [Requests: Int] = [:]
        var calls: [Calls: Int] = [:]
        /// By the first bucket that holds them; the last is for those that are slower than all.
        var times = [Int](repeating: 0, count: Meters.buckets.count + 1)
        var timeInAll = Duration.zero
    }

    private let counts = Mutex(Counts())

    var now: Counts { counts.withLock(\.self) }

    func count(_ kind: RequestKind, _ status: HTTPResponse.Status, took time: Duration) {
        let bucket = Self.buckets.firstIndex { time <= $0 } ?? Self.buckets.count
        counts.withLock {
            $0.requests[Requests(kind: kind, statusClass: status.code / 100), default: 0] += 1
            $0.times[bucket] += 1
            $0.timeInAll += time
        }
    }

    func countCall(of plugin: Key<PluginManifest>, _ outcome: CallOutcome) {
        counts.withLock { $0.calls[Calls(plugin: plugin, outcome: outcome), default: 0] += 1 }
    }
}

/// Few, so that no address of anybody becomes a label.
enum RequestKind: String, Sendable, CaseIterable {
    case page, change, health, metrics, unmatched
    case signIn = "sign-in"
    case providerAnswer = "provider-answer"

    /// - Parameter endpoint: the route that matched, with its parameters as they are written there.
    init(_ method: HTTPRequest.Method, endpoint: String?) {
        self =
            switch endpoint {
            case nil, "NotFound": .unmatched
            case "/healthz", "/readyz": .health
            case MetricsRoutes.path: .metrics
            case "/sign-in", "/sign-in/code": .signIn
            case Addresses.redirectPath: .providerAnswer
            default: method == .get || method == .head ? .page : .change
            }
    }
}

/// How a call of a provider ended.
enum CallOutcome: String, Sendable {
    case answered, throttled, failed
    case noAnswer = "no-answer"

    init(_ status: HTTPResponse.Status) {
        self = status == .tooManyRequests ? .throttled : status.kind == .serverError ? .failed : .answered
    }
}
