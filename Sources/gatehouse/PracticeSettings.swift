import PortalCore
import PortalKit

extension PortalConfiguration {
    /// In practice mode every plugin talks to the sandbox on this machine, as the application that is registered there.
    /// What is set by hand stays, and is refused at start when it leads elsewhere.
    func withPracticeSettings() -> PortalConfiguration {
        guard isPractice else { return self }
        var configuration = self
        let defaults = [
            "cloud": "http://127.0.0.1:\(sandboxPort)", "application-id": "aaaaaaaa-0000-4000-8000-0000000000a1",
            "application-secret": "practice-secret",
        ]
        for plugin in plugins {
            let id = plugin.manifest.id.rawValue
            let names = plugin.manifest.settings.fields.map(\.name)
            let fitting = defaults.filter { names.contains($0.key) }
            configuration.pluginSettings[id] = (pluginSettings[id] ?? [:]).merging(fitting) { set, _ in set }
        }
        return configuration
    }
}
