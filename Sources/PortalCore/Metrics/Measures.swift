import Foundation
import PortalKit

/// What is read for the metrics.
struct Measures: Sendable {
    var jobs: [(String, Double)]
    var oldestDue: Date?
    var disabled: Set<String>
    var connections: [(plugin: String, state: String, count: Double)]
    var credentials: [(String, Date)]
    var throttles: Double
    var mail: [(String, Double)]
    var unproved: Double
    var tenants: [(String, Double)]
    var sessions: Double
    var users: Double
    var brokers: Double
    var auditLines: Double
}

extension DatabaseConnection {
    mutating func measures(now: Date) throws -> Measures {
        let found = Dictionary(
            uniqueKeysWithValues: try query("SELECT state, COUNT(*) FROM job GROUP BY state") {
                (try $0[0] as Job.State, try $0[1] as Int)
            })
        let all = try count("SELECT COUNT(*) FROM tenant")
        let linked = try count("SELECT COUNT(*) FROM tenant_link")
        let excluded = try count("SELECT COUNT(*) FROM tenant WHERE excluded_at IS NOT NULL")
        return Measures(
            jobs: Job.State.allCases.map { ($0.rawValue, Double(found[$0] ?? 0)) },
            oldestDue: try first(
                "SELECT wake_at FROM job WHERE state IN ('queued', 'waiting') AND wake_at <= \(now) ORDER BY wake_at LIMIT 1"
            ) { try $0[0] },
            disabled: Set(try query("SELECT id FROM plugin WHERE enabled = FALSE") { try $0[0] as String }),
            connections: try query(
                "SELECT plugin_id, state, COUNT(*) FROM connection GROUP BY plugin_id, state ORDER BY plugin_id, state"
            ) { (plugin: try $0[0], state: try $0[1], count: Double(try $0[2] as Int)) },
            credentials: try query(
                """
                SELECT connection.plugin_id, MIN(provider_grant.renewed_at) FROM provider_grant
                JOIN connection ON connection.id = provider_grant.connection_id
                WHERE provider_grant.is_current = TRUE AND tenant_id IS NULL GROUP BY connection.plugin_id ORDER BY connection.plugin_id
                """
            ) { (try $0[0], try $0[1]) },
            throttles: Double(try count("SELECT COUNT(*) FROM throttle WHERE until > \(now)")),
            mail: try query("SELECT state, COUNT(*) FROM mail GROUP BY state ORDER BY state") {
                (try $0[0], Double(try $0[1] as Int))
            },
            unproved: Double(try unprovedGrants()),
            tenants: [
                ("linked", Double(linked)), ("excluded", Double(excluded)),
                ("unlinked", Double(all - linked - excluded)),
            ],
            sessions: Double(try count("SELECT COUNT(*) FROM session WHERE expires_at > \(now)")),
            users: Double(try count("SELECT COUNT(*) FROM portal_user WHERE disabled_at IS NULL")),
            brokers: Double(try count("SELECT COUNT(*) FROM broker")),
            auditLines: Double(try count("SELECT COUNT(*) FROM audit")))
    }
}
