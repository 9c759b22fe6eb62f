import Foundation
import PortalKit

/// A service that a broker has added: the plugin behind it, and how its connection stands.
struct Service: Sendable {
    let entry: PluginRegistry.Entry
    let connection: StoredConnection?
    let isEnabled: Bool

    var manifest: PluginManifest { entry.manifest }
    var path: String { "/services/\(manifest.id)" }
}

extension DatabaseConnection {
    mutating func addService(_ plugin: Key<PluginManifest>, to broker: Key<Broker>, by actor: String, at now: Date)
        throws -> Bool
    {
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

    mutating func service(_ entry: PluginRegistry.Entry, of broker: Key<Broker>) throws -> Service? {
        let id = entry.manifest.id
        guard try hasService(id, broker: broker) else { return nil }
        return try Service(entry: entry, connection: connection(of: broker, plugin: id), isEnabled: isEnabled(id))
    }

    /// In the order of the marketplace.
    mutating func services(of broker: Key<Broker>, _ plugins: PluginRegistry) throws -> [Service] {
        try plugins.entries.compactMap { try service($0, of: broker) }
    }
}

extension Visit {
    /// The service that the address names, added and switched on.
    ///
    /// - Throws: ``PageError/notFound``, ``PageError/pluginDisabled(_:)``.
    func service() throws -> Service {
        let broker = try broker
        guard let entry = portal.plugins[parameter("plugin")],
            let service = try portal.database.read({ try $0.service(entry, of: broker.id) })
        else { throw PageError.notFound }
        guard service.isEnabled else { throw PageError.pluginDisabled(service.manifest.listing.name) }
        return service
    }
}
