package import PortalKit

/// The plugins that are compiled in: a value made from an array of types at start. The only place that casts.
package struct PluginRegistry: Sendable {
    package struct Entry: Sendable {
        package let manifest: PluginManifest
        let plugin: (any ProviderPlugin)?
        /// Why the plugin could not be built.
        let failure: String?

        /// The protocols that its type conforms to, in the core's words.
        package var abilities: [String] {
            [
                plugin is any Connectable ? "Connectable" : nil,
                plugin is any TenantSource ? "TenantSource" : nil,
            ].compactMap(\.self)
        }

        /// The same for administrators.
        var canDo: String {
            [
                connectable == nil ? nil : "sign in at \(manifest.provider)",
                tenantSource == nil ? nil : "list tenants",
            ].compactMap(\.self).joined(separator: ", ")
        }

        var connectable: (any Connectable)? { plugin as? any Connectable }
        var tenantSource: (any TenantSource)? { plugin as? any TenantSource }
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

    /// A plugin that can't be built is kept, marked failed with its reason; the others go on.
    init(_ types: [any ProviderPlugin.Type], settings: [String: [String: String]]) throws {
        var seen: Set<String> = []
        entries = try types.map { type in
            let manifest = type.manifest
            guard seen.insert(manifest.id.rawValue).inserted else { throw Failure.duplicate(manifest.id.rawValue) }
            let read = manifest.settings.read(settings[manifest.id.rawValue] ?? [:])
            if let problem = read.problems.sorted(by: { $0.key < $1.key }).first {
                return Entry(
                    manifest: manifest, plugin: nil, failure: "Setting \(problem.key): \(problem.value.message)")
            }
            do {
                return Entry(
                    manifest: manifest, plugin: try type.init(PluginEnvironment(settings: read.values)), failure: nil)
            } catch {
                return Entry(manifest: manifest, plugin: nil, failure: "\(error)")
            }
        }
    }

    package subscript(_ id: Key<PluginManifest>) -> Entry? { entries.first { $0.manifest.id == id } }

    func requireLoopback() throws {
        for entry in entries {
            for endpoint in entry.plugin?.endpoints ?? [] where BaseURL(origin(of: endpoint))?.isLoopback != true {
                throw Failure.notLoopback(plugin: entry.manifest.id.rawValue, endpoint: endpoint)
            }
        }
    }
}

/// Scheme, host and port of a URL.
func origin(of url: String) -> String {
    url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
}
