/// A plugin that can say whether its settings are good and its provider can be reached. Behind the administrator's Test.
public protocol SelfTesting: ProviderPlugin {
    /// Looks, and changes nothing at the provider. Runs in a job, without a broker: what only a broker's sign-in can tell
    /// is ``Verdict/unknown(_:)``.
    ///
    /// - Parameter send: reaches the plugin's own endpoints only. Let its ``ProviderBusy`` pass; a ``Problem`` of its own is
    ///   a finding.
    func examine(_ send: Send) async throws -> [SelfTestLine]
}

/// One thing that was looked at, and what was found.
public struct SelfTestLine: Sendable, Hashable, Codable {
    public let title: String
    public let verdict: Verdict

    public init(_ title: String, _ verdict: Verdict) {
        self.title = title
        self.verdict = verdict
    }
}
