import Foundation
import PortalKit

/// A service that a broker has added: the plugin behind it, and how its connection stands.
struct Service: Sendable {
    let manifest: PluginManifest
    let addedAt: Date
    let connection: StoredConnection?
    let isEnabled: Bool

    var path: String { "/services/\(manifest.id)" }
}

extension Connection {
    mutating func addService(_ plugin: Key<PluginManifest>, to broker: Key<Broker>, by actor: String, at now: Date) throws -> Bool {
        try execute(
            """
            INSERT INTO service (broker_id, plugin_id, added_at, added_by) VALUES (\(broker), \(plugin), \(now), \(actor))
            ON CONFLICT (broker_id, plugin_id) DO NOTHING
            """) == 1
    }

    mutating func removeService(_ plugin: Key<PluginManifest>, from broker: Key<Broker>) throws {
        try execute("DELETE FROM service WHERE broker_id = \(broker) AND plugin_id = \(plugin)")
    }

    mutating func hasService(_ plugin: Key<PluginManifest>, broker: Key<Broker>) throws -> Bool {
        try count("SELECT COUNT(*) FROM service WHERE broker_id = \(broker) AND plugin_id = \(plugin)") > 0
    }

    /// In the order of the marketplace.
    mutating func services(of broker: Key<Broker>, _ plugins: PluginRegistry) throws -> [Service] {
        try plugins.entries.compactMap { entry in
            let id = entry.manifest.id
            let added: Date? = try first("SELECT added_at FROM service WHERE broker_id = \(broker) AND plugin_id = \(id)") { try $0[0] }
            return try added.map {
                try Service(
                    manifest: entry.manifest, addedAt: $0, connection: connection(of: broker, plugin: id), isEnabled: isEnabled(id))
            }
        }
    }
}

extension Visit {
    /// The service that the address names, added and switched on.
    ///
    /// - Throws: ``PageError/notFound``, ``PageError/pluginDisabled(_:)``.
    func service() throws -> Service {
        let id: Key<PluginManifest> = parameter("plugin")
        let broker = try broker
        guard let service = try portal.database.read({ try $0.services(of: broker.id, portal.plugins) }).first(where: { $0.manifest.id == id })
        else { throw PageError.notFound }
        guard service.isEnabled else { throw PageError.pluginDisabled(service.manifest.listing.name) }
        return service
    }
}
