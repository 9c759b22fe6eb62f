import PortalCore
import PortalKit

extension PortalConfiguration {
    /// In practice mode every plugin talks to the sandbox on this machine. What is set by hand stays, and is refused at start
    /// when it leads elsewhere.
    func withPracticeSettings() -> PortalConfiguration {
        guard isPractice else { return self }
        var configuration = self
        for plugin in plugins {
            let practice = plugin.practiceSettings(sandbox: "http://127.0.0.1:\(sandboxPort)")
            configuration.pluginSettings[plugin.manifest.id.rawValue, default: [:]].merge(practice) { set, _ in set }
        }
        return configuration
    }
}
