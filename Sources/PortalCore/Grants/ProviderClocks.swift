import Foundation
import HTTPTypes
import Logging
import PortalKit
import Synchronization

/// How far this machine's clock is from the providers', by the `Date` of their last answers. Nothing is decided by it: token
/// lifetimes count from an answer's arrival. But a sign-in fails when the clocks are far apart, and somebody has to be told.
final class ProviderClocks: Sendable {
    /// Sign-ins allow five minutes.
    private static let tolerance: TimeInterval = 300
    private let offsets = Mutex<[Key<PluginManifest>: TimeInterval]>([:])

    /// Positive: this machine is ahead. Nil while all is well.
    func offset(of plugin: Key<PluginManifest>) -> TimeInterval? { offsets.withLock { $0[plugin] } }

    func note(_ response: HTTPResponse, of plugin: Key<PluginManifest>, _ portal: Portal) {
        guard let theirs = response.headerFields[.date].flatMap(Date.init(httpField:)) else { return }
        let offset = portal.now.timeIntervalSince(theirs)
        let isOff = abs(offset) > Self.tolerance
        let isNews = offsets.withLock { known in
            defer { known[plugin] = isOff ? offset : nil }
            return isOff && known[plugin] == nil
        }
        guard isNews else { return }
        portal.logger.warning(
            "this machine's clock and a provider's are far apart",
            metadata: ["plugin": "\(plugin)", "secondsAhead": "\(Int(offset))"])
    }

    /// One sentence for the portal's administrator.
    func warning(for plugin: Key<PluginManifest>, provider: String) -> String? {
        guard let offset = offset(of: plugin) else { return nil }
        let minutes = counted(max(1, Int(abs(offset) / 60)), "minute")
        return
            "This machine's clock is \(minutes) \(offset > 0 ? "ahead of" : "behind") \(provider)'s: sign-ins will fail. Set it by NTP."
    }
}
