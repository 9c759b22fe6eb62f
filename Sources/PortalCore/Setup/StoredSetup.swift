import Foundation
import PortalKit

/// A tenant's set-up through one plugin: which step it is at, and how far the portal may act there.
struct StoredSetup: Sendable {
    let tenantID: Key<StoredTenant>
    let brokerID: Key<Broker>
    let pluginID: Key<PluginManifest>
    /// What was typed when the tenant was added.
    let intake: Values
    let state: State
    let since: Date
    /// The present step, or the last one.
    let step: String
    /// The workflow's own state, sealed: it may hold addresses that are meant for one person.
    let work: [UInt8]
    let workVersion: Int
    /// Grows with each beginning; forms that were made for an earlier run are refused.
    let run: Int
    let access: TenantAccess
    let accessSince: Date
    let accessReason: String
    let notes: [AccessNote]
    let jobID: Key<Job>?
    let startedBy: String

    enum State: String, Sendable, SQLConvertible {
        case running, done
        /// Cancelled, or disabled: somebody has to begin anew.
        case stopped
    }

    /// What one unfinished job is about.
    var subject: String { Self.subject(tenantID, pluginID) }

    static func subject(_ tenant: Key<StoredTenant>, _ plugin: Key<PluginManifest>) -> String { "\(tenant):\(plugin)" }

    /// The row's identity, which its state is sealed for.
    static func sealIdentity(_ tenant: Key<StoredTenant>, _ plugin: Key<PluginManifest>) -> String {
        "tenant_setup:\(tenant):\(plugin)"
    }

    static let selection: SQL = """
        SELECT tenant_id, broker_id, plugin_id, intake, state, state_since, step, work, work_version, run, access,
               access_since, access_reason, notes, job_id, started_by FROM tenant_setup
        """

    init(row: Row) throws {
        tenantID = try row[0]
        brokerID = try row[1]
        pluginID = try row[2]
        intake = try (row[3] as JSONColumn<Values>).value
        state = try row[4]
        since = try row[5]
        step = try row[6]
        work = try row[7]
        workVersion = try row[8]
        run = try row[9]
        access = try row[10]
        accessSince = try row[11]
        accessReason = try row[12]
        notes = try (row[13] as JSONColumn<[AccessNote]>).value
        jobID = try row[14]
        startedBy = try row[15]
    }
}

extension TenantAccess: SQLConvertible {}

/// Where a step of a set-up stands.
struct SetupStepRow: Sendable {
    let step: String
    let state: State
    let since: Date
    /// What is so now, once it is done.
    let sentence: String?
    let wait: Wait?
    let nextLookAt: Date?
    /// What went wrong the last time.
    let setback: Setback?
    /// Names this occurrence in the audit.
    let eventID: String?

    enum State: String, Sendable, SQLConvertible {
        case working, waiting, done, failed
    }
}

extension DatabaseConnection {
    mutating func setup(of tenant: Key<StoredTenant>, _ plugin: Key<PluginManifest>) throws -> StoredSetup? {
        try first(
            "\(StoredSetup.selection) WHERE tenant_id = \(tenant) AND plugin_id = \(plugin)", StoredSetup.init(row:))
    }

    /// The one that the tenant's page shows: of a plugin that the portal is built with.
    mutating func setup(of tenant: Key<StoredTenant>) throws -> StoredSetup? {
        try first(
            "\(StoredSetup.selection) WHERE tenant_id = \(tenant) ORDER BY plugin_id LIMIT 1", StoredSetup.init(row:))
    }

    mutating func steps(of setup: StoredSetup) throws -> [SetupStepRow] {
        try query(
            """
            SELECT step, state, since, sentence, wait, next_look_at, setback, event_id FROM setup_step
            WHERE tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID)
            """
        ) { row in
            try SetupStepRow(
                step: row[0], state: row[1], since: row[2], sentence: row[3],
                wait: (row[4] as JSONColumn<Wait>?)?.value, nextLookAt: row[5],
                setback: (row[6] as JSONColumn<Setback>?)?.value, eventID: row[7])
        }
    }

    /// The same state again keeps the time since when it is so.
    mutating func put(_ step: SetupStepRow, of setup: StoredSetup) throws {
        try execute(
            """
            INSERT INTO setup_step (tenant_id, plugin_id, step, state, since, sentence, wait, next_look_at, setback, event_id)
            VALUES (\(setup.tenantID), \(setup.pluginID), \(step.step), \(step.state), \(step.since), \(step.sentence),
                \(step.wait.map(JSONColumn.init)), \(step.nextLookAt), \(step.setback.map(JSONColumn.init)), \(step.eventID))
            ON CONFLICT (tenant_id, plugin_id, step) DO UPDATE SET state = excluded.state,
                since = CASE WHEN setup_step.state = excluded.state THEN setup_step.since ELSE excluded.since END,
                sentence = excluded.sentence, wait = excluded.wait, next_look_at = excluded.next_look_at,
                setback = excluded.setback, event_id = excluded.event_id
            """)
    }

    mutating func forgetSteps(of setup: StoredSetup, _ steps: [String]) throws {
        for step in steps {
            try execute(
                "DELETE FROM setup_step WHERE tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID) AND step = \(step)"
            )
        }
    }

    /// - Returns: false when the set-up has been begun anew or stopped since.
    mutating func advance(
        _ setup: StoredSetup, to step: String, work: [UInt8], version: Int, state: StoredSetup.State, at now: Date
    ) throws -> Bool {
        try execute(
            """
            UPDATE tenant_setup SET step = \(step), work = \(work), work_version = \(version), state = \(state),
                state_since = CASE WHEN state = \(state) THEN state_since ELSE \(now) END
            WHERE tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID) AND run = \(setup.run)
                AND state <> \(StoredSetup.State.stopped)
            """) == 1
    }

    mutating func set(
        _ access: TenantAccess, reason: String, notes: [AccessNote] = [], of setup: StoredSetup, at now: Date
    ) throws {
        try execute(
            """
            UPDATE tenant_setup SET access = \(access), access_reason = \(reason), notes = \(JSONColumn(notes)),
                access_since = CASE WHEN access = \(access) THEN access_since ELSE \(now) END
            WHERE tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID)
            """)
    }
}

// MARK: - Events

/// Something that a waiting step has not been told of yet.
struct SetupEvent: Sendable {
    let id: String
    let event: WorkEvent

    static func sealIdentity(_ id: String) -> String { "setup_event:\(id)" }
}

extension DatabaseConnection {
    /// Tells the set-up, and wakes its job. Nobody is told where none is under way.
    ///
    /// - Parameter step: the only one that may be told; `nil` for whichever is at hand.
    mutating func tell(
        _ tenant: Key<StoredTenant>, _ plugin: Key<PluginManifest>, _ event: WorkEvent, for step: String? = nil,
        _ vault: Vault, at now: Date
    ) throws {
        guard try setup(of: tenant, plugin)?.state == .running else { return }
        let id = newID()
        try execute(
            """
            INSERT INTO setup_event (id, tenant_id, plugin_id, step, content, at)
            VALUES (\(id), \(tenant), \(plugin), \(step),
                \(try vault.seal(value: event, for: SetupEvent.sealIdentity(id))), \(now))
            """)
        try wake(SetupJob.self, subject: StoredSetup.subject(tenant, plugin), at: now)
    }

    /// Those that the present step is to be told of, oldest first.
    mutating func events(of setup: StoredSetup, _ vault: Vault) throws -> [SetupEvent] {
        let rows = try query(
            "SELECT id, content FROM setup_event WHERE \(events(of: setup, at: setup.step)) ORDER BY at, id"
        ) {
            try (id: $0[0] as String, content: $0[1] as [UInt8])
        }
        return try rows.map { row in
            SetupEvent(
                id: row.id,
                event: try vault.open(WorkEvent.self, row.content, for: SetupEvent.sealIdentity(row.id)))
        }
    }

    private func events(of setup: StoredSetup, at step: String) -> SQL {
        """
        tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID) AND (step IS NULL OR step = \(step))
        """
    }

    mutating func forget(_ events: [SetupEvent]) throws {
        for event in events { try execute("DELETE FROM setup_event WHERE id = \(event.id)") }
    }

    mutating func hasEvents(of setup: StoredSetup, at step: String) throws -> Bool {
        try count("SELECT COUNT(*) FROM setup_event WHERE \(events(of: setup, at: step))") > 0
    }

    mutating func forgetEvents(of setup: StoredSetup) throws {
        try execute(
            "DELETE FROM setup_event WHERE tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID)")
    }
}
