import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import Synchronization

/// Requests that the doctor sends through the web server, to see what of them arrives here.
final class Probes: Sendable {
    private static let most = 16
    private let found = Mutex<[String: ProbeFindings?]>([:])

    func begin() -> String {
        let token = Token().text
        found.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[token] = .some(nil)
        }
        return token
    }

    func note(_ visit: PublicVisit) {
        let token = visit.query("probe")
        guard !token.isEmpty, found.withLock({ $0.keys.contains(token) }) else { return }
        let findings = ProbeFindings(
            host: visit.request.head.authority ?? "", serverName: visit.context.variables.serverName,
            isHTTPS: visit.context.variables.isHTTPS, hasRemoteAddress: !visit.context.variables.remoteAddress.isEmpty)
        found.withLock { $0[token] = findings }
    }

    /// - Returns: `nil` when the request did not arrive.
    func end(_ token: String) -> ProbeFindings? { found.withLock { $0.removeValue(forKey: token) ?? nil } }
}

/// What arrived of a probe.
package struct ProbeFindings: Codable, Sendable {
    package let host: String
    package let serverName: String
    package let isHTTPS: Bool
    package let hasRemoteAddress: Bool
}
