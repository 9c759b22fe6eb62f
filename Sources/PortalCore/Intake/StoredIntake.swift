import Foundation
import PortalKit

/// A tenant that somebody wants to add: what was typed, and what the provider says of it.
struct StoredIntake: Sendable {
    let id: Key<StoredIntake>
    let brokerID: Key<Broker>
    let pluginID: Key<PluginManifest>
    let form: Values
    /// `nil` until the job has looked.
    let finding: IntakeFinding?
    let problem: Problem?
    let jobID: Key<Job>?
    /// Once it was added.
    let tenantID: Key<StoredTenant>?
    let createdBy: String
    let createdAt: Date

    /// What was found holds for so long.
    static let lifetime: TimeInterval = 15 * 60

    static let selection: SQL = """
        SELECT id, broker_id, plugin_id, form, finding, problem, job_id, tenant_id, created_by, created_at FROM intake
        """

    init(row: Row) throws {
        id = try row[0]
        brokerID = try row[1]
        pluginID = try row[2]
        form = try (row[3] as JSONColumn<Values>).value
        finding = try (row[4] as JSONColumn<IntakeFinding>?)?.value
        problem = try (row[5] as JSONColumn<Problem>?)?.value
        jobID = try row[6]
        tenantID = try row[7]
        createdBy = try row[8]
        createdAt = try row[9]
    }
}

extension DatabaseConnection {
    mutating func intake(_ id: Key<StoredIntake>, of broker: Key<Broker>) throws -> StoredIntake? {
        try first("\(StoredIntake.selection) WHERE id = \(id) AND broker_id = \(broker)", StoredIntake.init(row:))
    }

    /// The look is a job; the newest hundred of a broker are kept.
    mutating func beginIntake(
        _ form: Values, _ plugin: PluginManifest, of broker: Key<Broker>, by actor: String, at now: Date
    ) throws -> Key<StoredIntake> {
        let id = Key<StoredIntake>.new()
        try execute(
            """
            DELETE FROM intake WHERE broker_id = \(broker) AND id NOT IN (
                SELECT id FROM intake WHERE broker_id = \(broker) ORDER BY created_at DESC, id DESC LIMIT 99)
            """)
        let job = try start(
            NewJob(
                kind: IntakeJob.self, brokerID: broker, pluginID: plugin.id,
                title: "Look a tenant up at \(plugin.provider)", subject: id.rawValue, startedBy: actor),
            at: now)
        try execute(
            """
            INSERT INTO intake (id, broker_id, plugin_id, form, job_id, created_by, created_at)
            VALUES (\(id), \(broker), \(plugin.id), \(JSONColumn(form)), \(job), \(actor), \(now))
            """)
        return id
    }

    /// What stands in the way of adding the tenant that was found.
    mutating func obstacle(to finding: IntakeFinding, in namespace: String, of broker: Key<Broker>) throws
        -> IntakeObstacle?
    {
        guard let found = finding.tenant else { return nil }
        let known: Key<StoredTenant>? = try first(
            """
            SELECT id FROM tenant WHERE broker_id = \(broker) AND namespace = \(namespace) AND external_id = \(found.id)
            """
        ) { try $0[0] }
        if let known, let tenant = try tenant(known, of: .whole(broker)) {
            return .known(tenant)
        }
        let claim = StoredSetup.claim(namespace, found.id)
        let isTaken = try count("SELECT COUNT(*) FROM tenant_setup WHERE claim = \(claim)") > 0
        let hasAsked = try hasAsked(claim, broker)
        return isTaken || (finding.isConsented && !hasAsked) ? .anotherBrokers : nil
    }

    /// Whether this broker was the last to ask the tenant's people: a consent that stands there is then its own.
    mutating func hasAsked(_ claim: String, _ broker: Key<Broker>) throws -> Bool {
        try count("SELECT COUNT(*) FROM asked_tenant WHERE claim = \(claim) AND broker_id = \(broker)") > 0
    }

    /// Adds the tenant, and begins to set it up.
    mutating func add(
        _ found: DiscoveredTenant, named name: String, _ intake: StoredIntake, _ manifest: PluginManifest,
        _ workflow: any Workflow, _ vault: Vault, by actor: String, at now: Date
    ) throws -> Key<StoredTenant> {
        let shown = DiscoveredTenant(id: found.id, name: name, domains: found.domains).inPlainText
        try note(shown, in: manifest.namespace, source: manifest.id, of: intake.brokerID, run: now, at: now)
        guard
            let id: Key<StoredTenant> = try first(
                """
                SELECT id FROM tenant WHERE broker_id = \(intake.brokerID) AND namespace = \(manifest.namespace)
                    AND external_id = \(found.id)
                """, { try $0[0] })
        else { throw DatabaseError.unreadable(column: 0) }
        try execute("UPDATE intake SET tenant_id = \(id) WHERE id = \(intake.id)")
        let tenant = SetupTenant(
            key: TenantKey(namespace: manifest.namespace, id: found.id), name: shown.name, intake: intake.form)
        try beginSetup(of: id, tenant, intake.brokerID, manifest, workflow, vault, by: actor, at: now)
        return id
    }
}

/// Why a tenant can't be added.
enum IntakeObstacle: Sendable {
    /// It is there already.
    case known(StoredTenant)
    /// Another broker has it, or a consent stands there that this broker did not ask for. A consent names this portal's
    /// application and no broker, so an earlier one would pass for a new one.
    case anotherBrokers
}

extension StoredSetup {
    /// One set-up of a tenant in the whole portal.
    static func claim(_ namespace: String, _ id: String) -> String { "\(namespace):\(id)" }
}

extension DatabaseConnection {
    /// From the first step on; an earlier run of the same tenant ends.
    mutating func beginSetup(
        of id: Key<StoredTenant>, _ tenant: SetupTenant, _ broker: Key<Broker>, _ manifest: PluginManifest,
        _ workflow: any Workflow, _ vault: Vault, by actor: String, at now: Date
    ) throws {
        let identity = StoredSetup.sealIdentity(id, manifest.id)
        let work = try workflow.begin(tenant, sealedBy: vault, for: identity)
        guard let first = workflow.stepNames.first else { return }
        let subject = StoredSetup.subject(id, manifest.id)
        let earlier = try setup(of: id, manifest.id)
        if let earlier { try withdrawApprovals(of: earlier, reason: "Set up anew", at: now) }
        let job = try start(
            NewJob(
                kind: SetupJob.self, brokerID: broker, pluginID: manifest.id, title: "Set up \(tenant.name)",
                subject: subject, total: workflow.stepNames.count, startedBy: actor),
            at: now)
        // One that ends, or stands still, is taken over: the earlier lease can commit nothing any more.
        try execute(
            """
            UPDATE job SET cancel_requested = FALSE, lease = lease + 1, state = 'queued', wake_at = \(now), attempts = 0,
                tries = 0, problem = NULL, reason = NULL, parked_for = NULL
            WHERE id = \(job) AND (cancel_requested = TRUE OR state = 'parked')
            """)
        try execute("DELETE FROM setup_step WHERE tenant_id = \(id) AND plugin_id = \(manifest.id)")
        try execute("DELETE FROM setup_event WHERE tenant_id = \(id) AND plugin_id = \(manifest.id)")
        try execute(
            """
            INSERT INTO tenant_setup (tenant_id, broker_id, plugin_id, intake, claim, state, state_since, step, work,
                work_version, run, access, access_since, access_reason, notes, job_id, started_by)
            VALUES (\(id), \(broker), \(manifest.id), \(JSONColumn(tenant.intake)),
                \(StoredSetup.claim(tenant.key.namespace, tenant.key.id)), \(StoredSetup.State.running), \(now), \(first), \(work),
                \(workflow.version), 1, \(TenantAccess.unknown), \(now), 'Added', '[]', \(job), \(actor))
            ON CONFLICT (tenant_id, plugin_id) DO UPDATE SET state = excluded.state, state_since = excluded.state_since,
                step = excluded.step, work = excluded.work, work_version = excluded.work_version,
                run = tenant_setup.run + 1, job_id = excluded.job_id, started_by = excluded.started_by, claim = excluded.claim
            """)
        try audit(
            AuditLine(
                brokerID: broker, actor: actor, action: "setup.start", object: "tenant:\(id)",
                detail: ["tenant": tenant.name, "plugin": manifest.id.rawValue]),
            at: now)
    }
}
