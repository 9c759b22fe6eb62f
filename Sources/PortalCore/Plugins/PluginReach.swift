import Foundation
import PortalKit

/// What hangs on a plugin.
struct PluginReach: Sendable {
    let brokers: [(id: Key<Broker>, name: String)]
    let connections: Int
    let openJobs: Int
    /// Begun by a newer release, so that this one leaves them alone.
    let newerJobs: Int
    let nightlyReadings: Int
    /// People who are at the provider's page, or whose answer is being checked.
    let openSignIns: Int
    let tenants: Int
    let links: Int
    /// Sealed authorizations.
    let credentials: Int

    var isEmpty: Bool {
        brokers.isEmpty && connections + openJobs + nightlyReadings + openSignIns + tenants + credentials == 0
    }
}

extension DatabaseConnection {
    mutating func reach(of plugin: Key<PluginManifest>) throws -> PluginReach {
        let open: SQL = "FROM job WHERE plugin_id = \(plugin) AND finished_at IS NULL"
        let connection: SQL = "SELECT id FROM connection WHERE plugin_id = \(plugin)"
        return try PluginReach(
            brokers: query(
                """
                SELECT broker.id, broker.name FROM service JOIN broker ON broker.id = service.broker_id
                WHERE plugin_id = \(plugin) ORDER BY broker.name, broker.id
                """
            ) { try (id: $0[0], name: $0[1]) },
            connections: count("SELECT COUNT(*) FROM connection WHERE plugin_id = \(plugin) AND state = 'connected'"),
            openJobs: count("SELECT COUNT(*) \(open)"),
            newerJobs: count("SELECT COUNT(*) \(open) AND parked_for = \(Job.ParkedFor.newerRelease)"),
            nightlyReadings: count("SELECT COUNT(*) FROM nightly_reading WHERE connection_id IN (\(connection))"),
            openSignIns: count(
                "SELECT COUNT(*) FROM sign_in_attempt WHERE plugin_id = \(plugin) AND state IN ('departing', 'answered', 'checking')"
            ),
            tenants: count("SELECT COUNT(*) FROM tenant_source WHERE plugin_id = \(plugin)"),
            links: count(
                "SELECT COUNT(*) FROM tenant_link WHERE tenant_id IN (SELECT tenant_id FROM tenant_source WHERE plugin_id = \(plugin))"
            ), credentials: count("SELECT COUNT(*) FROM provider_grant WHERE connection_id IN (\(connection))"))
    }

    /// The plugins that rows name, whether they are compiled in or not.
    mutating func pluginsWithData() throws -> [Key<PluginManifest>] {
        try query(
            """
            SELECT plugin_id FROM service UNION SELECT plugin_id FROM connection UNION SELECT plugin_id FROM tenant_source
            UNION SELECT plugin_id FROM plugin_setting ORDER BY 1
            """
        ) { try $0[0] }
    }

    /// Of the connection that has been broken the longest.
    mutating func oldestProblem(of plugin: Key<PluginManifest>) throws -> String? {
        let cause: JSONColumn<Problem>?? = try first(
            "SELECT cause FROM connection WHERE plugin_id = \(plugin) AND state = 'broken' ORDER BY state_since LIMIT 1"
        ) { try $0[0] }
        return cause??.value.title
    }

    /// Whether the last job ended that this plugin's test is.
    mutating func openExamination(of plugin: Key<PluginManifest>) throws -> Job? {
        try first(
            "\(Job.selection) WHERE kind = \(ExaminationJob.name) AND subject = \(plugin.rawValue) AND finished_at IS NULL",
            Job.init(row:))
    }
}
