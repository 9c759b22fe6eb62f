import PortalCore
import PortalKit

extension PortalConfiguration {
    /// In practice mode every plugin talks to the sandbox on this machine, unless something else is set. What leads elsewhere
    /// is refused.
    func withPracticeSettings() -> PortalConfiguration {
        guard isPractice else { return self }
        var configuration = self
        for plugin in plugins {
            let practice = plugin.practiceSettings(sandbox: "http://127.0.0.1:\(sandboxPort)")
            configuration.pluginDefaults[plugin.manifest.id.rawValue] = practice
        }
        return configuration
    }
}
