import PortalKit
import Synchronization

/// The plugins as they are built at present. What decides are the rows: whoever reads the version of all settings and finds
/// another one builds anew what has changed, in every process.
final class BuiltPlugins: Sendable {
    private struct State {
        var version: Int
        var registry: PluginRegistry
    }

    private let database: Database
    private let vault: Vault
    private let configuration: PortalConfiguration
    private let state: Mutex<State>

    /// - Throws: in practice mode, when a plugin would call another machine.
    init(
        _ types: [any ProviderPlugin.Type], _ configuration: PortalConfiguration, database: Database, vault: Vault
    ) throws {
        self.database = database
        self.vault = vault
        self.configuration = configuration
        let (version, stored) = try database.read { try ($0.settingsVersion(), $0.storedSettings()) }
        let registry = try PluginRegistry(types.map { Self.entry($0, stored, configuration, vault) })
        if configuration.isPractice { try registry.requireLoopback() }
        state = Mutex(State(version: version, registry: registry))
    }

    var registry: PluginRegistry { state.withLock { $0.registry } }

    /// Builds anew what has other settings than it was built from.
    ///
    /// - Parameter version: of all settings, as just read.
    func follow(_ version: Int) throws {
        guard state.withLock({ $0.version }) < version else { return }
        let (newest, stored) = try database.read { try ($0.settingsVersion(), $0.storedSettings()) }
        state.withLock { state in
            guard state.version < newest else { return }
            state.version = newest
            state.registry = state.registry.replacing { entry in
                guard stored[entry.manifest.id]?.version ?? 0 != entry.settingsVersion else { return entry }
                return Self.entry(entry.type, stored, configuration, vault)
            }
        }
    }

    private static func entry(
        _ type: any ProviderPlugin.Type, _ stored: [Key<PluginManifest>: StoredSettings],
        _ configuration: PortalConfiguration, _ vault: Vault
    ) -> PluginRegistry.Entry {
        let id = type.manifest.id
        let settings = PluginSettings(
            type.manifest.settings, configured: configuration.pluginSettings[id.rawValue] ?? [:],
            standard: configuration.pluginDefaults[id.rawValue] ?? [:], stored: stored[id]?.settings ?? []
        ) { try vault.open($0, for: StoredSetting.sealIdentity(id, $1)) }
        return PluginRegistry.Entry(type, settings, version: stored[id]?.version ?? 0)
    }
}
