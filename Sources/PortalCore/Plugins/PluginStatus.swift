import Foundation
import PortalKit

/// All that the administrator's pages tell of a plugin.
struct PluginStatus: Sendable {
    let entry: PluginRegistry.Entry
    let isEnabled: Bool
    let reach: PluginReach
    let fault: PluginFault?
    let check: PluginCheck?
    /// The test that is under way.
    let examination: Job?
    let brokenConnection: String?
    let clockWarning: String?

    var manifest: PluginManifest { entry.manifest }
    var path: String { "/plugins/\(manifest.id)" }
    var health: PluginHealth { PluginHealth(self) }

    /// Whether the last test was of other settings.
    var isCheckStale: Bool { check.map { $0.settingsVersion != entry.settingsVersion } ?? false }
}

extension DatabaseConnection {
    mutating func status(of entry: PluginRegistry.Entry, _ portal: Portal) throws -> PluginStatus {
        let id = entry.manifest.id
        return try PluginStatus(
            entry: entry, isEnabled: isEnabled(id), reach: reach(of: id), fault: fault(of: id), check: check(of: id),
            examination: openExamination(of: id), brokenConnection: oldestProblem(of: id),
            clockWarning: portal.providerClocks.warning(for: id, provider: entry.manifest.provider))
    }
}

extension Visit {
    /// The plugin that the address names.
    func plugin() throws -> PluginRegistry.Entry {
        guard let entry = portal.plugins[parameter("plugin")] else { throw PageError.notFound }
        return entry
    }

    func pluginStatus() throws -> PluginStatus {
        let entry = try plugin()
        return try portal.database.read { try $0.status(of: entry, portal) }
    }
}
