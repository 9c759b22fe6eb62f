package import PortalKit

/// The plugins that are compiled in, each built from the settings in force: a value. The only place that casts.
package struct PluginRegistry: Sendable {
    package struct Entry: Sendable {
        package let manifest: PluginManifest
        let type: any ProviderPlugin.Type
        let plugin: (any ProviderPlugin)?
        /// Why the plugin could not be built.
        package let failure: String?
        /// Whether that is for want of settings.
        let needsSetUp: Bool
        let settings: PluginSettings
        /// Of the stored settings that it was built from.
        let settingsVersion: Int

        /// A plugin that can't be built is an entry too, with the reason.
        init(_ type: any ProviderPlugin.Type, _ settings: PluginSettings, version: Int) {
            manifest = type.manifest
            self.type = type
            self.settings = settings
            settingsVersion = version
            let read = manifest.settings.read(settings.texts)
            var plugin: (any ProviderPlugin)?
            var failure: String?
            if let name = settings.unreadable.first {
                failure = "The stored \(name) can't be opened with this portal's key. Enter it again."
            } else if let problem = read.problems.sorted(by: { $0.key < $1.key }).first {
                failure = "Setting \(problem.key): \(problem.value.message)"
            } else {
                do {
                    plugin = try type.init(PluginEnvironment(settings: read.values))
                } catch {
                    failure = plainWords(error)
                }
            }
            self.plugin = plugin
            self.failure = failure
            needsSetUp = !read.problems.isEmpty
        }

        /// The protocols that its type conforms to, in the core's words.
        package var abilities: [String] {
            [
                type is any Connectable.Type ? "Connectable" : nil,
                type is any TenantSource.Type ? "TenantSource" : nil,
                type is any TenantIntake.Type ? "TenantIntake" : nil,
                type is any TenantSetup.Type ? "TenantSetup" : nil,
                type is any SelfTesting.Type ? "SelfTesting" : nil,
            ].compactMap(\.self)
        }

        /// The same for administrators.
        var canDo: String {
            let words = [
                type is any Connectable.Type ? "sign in at \(manifest.provider)" : nil,
                type is any TenantSource.Type ? "list tenants" : nil,
                type is any TenantIntake.Type ? "add tenants" : nil,
                type is any TenantSetup.Type ? "set tenants up" : nil,
                type is any SelfTesting.Type ? "test its settings" : nil,
            ].compactMap(\.self)
            return words.isEmpty ? "nothing that the portal asks for" : words.joined(separator: ", ")
        }

        var connectable: (any Connectable)? { plugin as? any Connectable }
        var tenantSource: (any TenantSource)? { plugin as? any TenantSource }
        var tenantIntake: (any TenantIntake)? { plugin as? any TenantIntake }
        var tenantSetup: (any TenantSetup)? { plugin as? any TenantSetup }
        /// Whether it knows tenants, by a list or one by one.
        var hasTenants: Bool { tenantSource != nil || tenantIntake != nil }
        var selfTesting: (any SelfTesting)? { plugin as? any SelfTesting }

        /// An address that it would call and that is not on this machine.
        var foreignEndpoint: String? {
            plugin?.endpoints.first { BaseURL(origin(of: $0))?.isLoopback != true }
        }
    }

    /// In the order of the array.
    package let entries: [Entry]

    enum Failure: Error, CustomStringConvertible {
        case duplicate(String)
        case notLoopback(plugin: String, endpoint: String)

        var description: String {
            switch self {
            case .duplicate(let id): "Two plugins have the id \(id)."
            case .notLoopback(let plugin, let endpoint):
                "Practice mode does not start with real services: \(plugin) would call \(endpoint), which is not on this machine."
            }
        }
    }

    init(_ entries: [Entry]) throws {
        var seen: Set<String> = []
        for entry in entries where !seen.insert(entry.manifest.id.rawValue).inserted {
            throw Failure.duplicate(entry.manifest.id.rawValue)
        }
        self.entries = entries
    }

    private init(unchecked entries: [Entry]) { self.entries = entries }

    /// With other entries in the places of some.
    func replacing(_ change: (Entry) -> Entry) -> PluginRegistry {
        PluginRegistry(unchecked: entries.map(change))
    }

    package subscript(_ id: Key<PluginManifest>) -> Entry? { entries.first { $0.manifest.id == id } }

    /// The plugin as what can turn a credential into a token.
    static func connectable(_ plugin: any ProviderPlugin) -> (any Connectable)? { plugin as? any Connectable }

    func requireLoopback() throws {
        for entry in entries {
            if let endpoint = entry.foreignEndpoint {
                throw Failure.notLoopback(plugin: entry.manifest.id.rawValue, endpoint: endpoint)
            }
        }
    }
}

/// Scheme, host and port of a URL.
func origin(of url: String) -> String {
    url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
}
