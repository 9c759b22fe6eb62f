import Foundation
import PortalKit

/// Takes what a removed service has read out of every table: tenants that no other service knows, their links, its jobs. The
/// organizations are the broker's, and stay.
struct ServiceErasure: JobKind {
    static let name = "service.erasure"
    let portal: Portal

    private static func subject(_ broker: Key<Broker>, _ plugin: Key<PluginManifest>) -> String {
        "\(broker):\(plugin)"
    }

    /// Of a service that is removed in the same transaction. The job works also while the plugin is switched off.
    static func start(
        _ manifest: PluginManifest, of broker: Key<Broker>, by actor: String, _ db: inout DatabaseConnection,
        at now: Date
    ) throws -> Key<Job> {
        try db.start(
            NewJob(
                kind: ServiceErasure.self, brokerID: broker, title: "Erase what \(manifest.listing.name) has read",
                subject: subject(broker, manifest.id),
                payload: try JobStep.encode(Erasure.Progress(name: "What \(manifest.listing.name) had read")),
                startedBy: actor),
            at: now)
    }

    func step(_ job: Job) async throws -> JobStep {
        guard let broker = job.brokerID,
            let manifest = portal.plugins.entries.map(\.manifest).first(where: {
                Self.subject(broker, $0.id) == job.subject
            })
        else { return JobStep(outcome: .failed(Self.vanished)) }
        let (isAdded, openJobs) = try portal.database.read { db in
            try (
                db.hasService(manifest.id, broker: broker),
                db.count(
                    "SELECT COUNT(*) FROM job WHERE broker_id = \(broker) AND plugin_id = \(manifest.id) AND finished_at IS NULL"
                )
            )
        }
        if isAdded { return JobStep(outcome: .finished("The service was added again. What was not erased yet stays.")) }
        guard openJobs == 0 else { throw Self.stillAtWork }
        let tables = BrokerTable.all(of: broker, read: manifest)
        return try Erasure(portal: portal, tables: tables).step(job) { _ in }
    }

    private static let stillAtWork = Problem(
        title: "Work of the service is ending", explanation: "It was cancelled, and ends at its next step.",
        nextStep: "Nothing to do: the portal tries again.", actor: .portal, remedy: .retry)

    private static let vanished = Problem(
        title: "The service is not there any more", explanation: "The portal was built without its plugin.",
        nextStep: "Tell your portal administrator.", actor: .portalAdministrator)
}

extension BrokerTable {
    /// What one service has read for a broker, in an order in which it can be deleted.
    static func all(of broker: Key<Broker>, read manifest: PluginManifest) -> [BrokerTable] {
        let plugin = manifest.id
        let own: SQL = "broker_id = \(broker) AND plugin_id = \(plugin)"
        // Of the provider's tenants those that no service sees any more.
        let orphan: SQL = """
            broker_id = \(broker) AND namespace = \(manifest.namespace)
            AND NOT EXISTS (SELECT 1 FROM tenant_source WHERE tenant_source.tenant_id = tenant.id)
            """
        let connections: SQL = "connection_id IN (SELECT id FROM connection WHERE \(own))"
        let approvals: SQL = "approval_id IN (SELECT id FROM approval WHERE \(own))"
        let setups: SQL = "plugin_id = \(plugin) AND tenant_id IN (SELECT id FROM tenant WHERE broker_id = \(broker))"
        return [
            BrokerTable("approval_message", key: "id", approvals),
            BrokerTable("approval_trip", key: "id", approvals),
            BrokerTable("approval_link", key: "token_hash", approvals),
            BrokerTable("approval", key: "id", own),
            BrokerTable("approval_template", key: "broker_id, plugin_id, step, language", own),
            BrokerTable("setup_event", key: "id", setups),
            BrokerTable("setup_step", key: "tenant_id, plugin_id, step", setups),
            BrokerTable("tenant_setup", key: "tenant_id, plugin_id", own),
            BrokerTable("intake", key: "id", own),
            BrokerTable(
                "tenant_source", key: "tenant_id, plugin_id",
                "plugin_id = \(plugin) AND tenant_id IN (SELECT id FROM tenant WHERE broker_id = \(broker))"),
            BrokerTable("tenant_link", key: "tenant_id", "tenant_id IN (SELECT id FROM tenant WHERE \(orphan))"),
            BrokerTable("tenant", key: "id", orphan),
            BrokerTable(
                "job_item", key: "job_id, position",
                "job_id IN (SELECT id FROM job WHERE \(own) AND finished_at IS NOT NULL)"),
            BrokerTable("job", key: "id", "\(own) AND finished_at IS NOT NULL"),
            BrokerTable("sign_in_attempt", key: "id", own),
            BrokerTable("provider_grant", key: "id", connections),
            BrokerTable("throttle", key: "connection_id, realm, resource", connections),
            BrokerTable("nightly_reading", key: "connection_id", connections),
            BrokerTable("connection", key: "id", own),
        ]
    }
}
