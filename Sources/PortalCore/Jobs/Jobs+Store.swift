import Foundation
import PortalKit

/// What a new job is.
struct NewJob {
    var kind: any JobKind.Type
    var brokerID: Key<Broker>?
    var pluginID: Key<PluginManifest>?
    var title: String
    var subject: String
    var payload: String = "{}"
    var total: Int?
    var startedBy: String
}

extension DatabaseConnection {
    /// Queues the work; where the same is unfinished already, that job is the answer.
    mutating func start(_ job: NewJob, at now: Date) throws -> Key<Job> {
        if let running = try unfinishedJob(job.kind, subject: job.subject) { return running }
        let id = Key<Job>.new()
        try execute(
            """
            INSERT INTO job (id, broker_id, plugin_id, kind, title, subject, version, payload, state, wake_at, total,
                started_by, created_at)
            VALUES (\(id), \(job.brokerID), \(job.pluginID), \(job.kind.name), \(job.title), \(job.subject),
                \(job.kind.version), \(job.payload), \(Job.State.queued), \(now), \(job.total), \(job.startedBy), \(now))
            """)
        guard job.kind.leavesAuditLines else { return id }
        try audit(
            AuditLine(
                brokerID: job.brokerID, actor: job.startedBy, action: "job.start", object: "job:\(id)",
                detail: ["title": job.title]),
            at: now)
        return id
    }

    mutating func unfinishedJob(_ kind: any JobKind.Type, subject: String) throws -> Key<Job>? {
        try first("SELECT id FROM job WHERE kind = \(kind.name) AND subject = \(subject) AND finished_at IS NULL") {
            try $0[0]
        }
    }

    mutating func job(_ id: Key<Job>, of broker: Key<Broker>) throws -> Job? {
        try first("\(Job.selection) WHERE id = \(id) AND broker_id = \(broker)", Job.init(row:))
    }

    /// Newest first. What is checked every night and was found in order would push everything else out.
    mutating func jobs(of broker: Key<Broker>, limit: Int) throws -> [Job] {
        try query(
            """
            \(Job.selection) WHERE broker_id = \(broker)
                AND NOT (state = 'succeeded' AND kind IN (\(AccessCheckJob.name), \(ConnectionCheckJob.name)))
            ORDER BY created_at DESC, id DESC LIMIT \(limit)
            """, Job.init(row:))
    }

    mutating func hasDueJob(now: Date) throws -> Bool {
        try first("SELECT 1 FROM job WHERE state IN ('queued', 'waiting') AND wake_at <= \(now) LIMIT 1") {
            try $0[0] as Int
        } != nil
    }

    /// Takes the job that has waited longest; the attempt is counted before anything is done.
    mutating func leaseJob(now: Date) throws -> Key<Job>? {
        try first(
            """
            UPDATE job SET state = 'running', lease = lease + 1, attempts = attempts + 1,
                started_at = COALESCE(started_at, \(now))
            WHERE id = (SELECT id FROM job WHERE state IN ('queued', 'waiting') AND wake_at <= \(now)
                        ORDER BY wake_at, id LIMIT 1)
                  AND state IN ('queued', 'waiting')
            RETURNING id
            """
        ) { try $0[0] }
    }

    mutating func job(_ id: Key<Job>) throws -> Job? {
        try first("\(Job.selection) WHERE id = \(id)", Job.init(row:))
    }

    mutating func parkUnreadable(_ id: Key<Job>) throws {
        try execute(
            """
            UPDATE job SET state = \(Job.State.parked), parked_for = \(Job.ParkedFor.newerRelease), attempts = 0,
                reason = 'It needs a newer release of this portal.'
            WHERE id = \(id) AND state = 'running'
            """)
    }

    /// Puts back what a process that is gone had leased. One process owns the file, so nobody else is at it.
    mutating func releaseOrphanedJobs() throws {
        try execute("UPDATE job SET state = 'queued' WHERE state = 'running'")
        // This may be the release that they wait for; if not, they are parked again at once.
        try execute(
            "UPDATE job SET state = 'queued', parked_for = NULL WHERE state = 'parked' AND parked_for = \(Job.ParkedFor.newerRelease)"
        )
    }

    /// - Returns: whether the lease was still held.
    mutating func commit(_ step: JobStep, of job: Job) throws -> Bool {
        let wait: (until: Date, reason: String)? =
            if case .waiting(let until, let reason) = step.outcome { (until, reason) } else { nil }
        let held = try execute(
            """
            UPDATE job SET attempts = 0, tries = 0, reason = \(wait?.reason),
                state = CASE WHEN cancel_requested THEN 'queued' ELSE \(wait == nil ? Job.State.queued : .waiting) END,
                wake_at = CASE WHEN cancel_requested THEN wake_at
                    ELSE COALESCE(CAST(\(wait?.until) AS BIGINT), wake_at) END,
                payload = COALESCE(CAST(\(step.payload) AS TEXT), payload),
                done = COALESCE(CAST(\(step.done) AS BIGINT), done), total = COALESCE(CAST(\(step.total) AS BIGINT), total),
                item = \(step.item)
            WHERE id = \(job.id) AND lease = \(job.lease) AND state = 'running'
            """)
        if held == 1 { try step.commit(&self) }
        return held == 1
    }

    /// Ends the wait of a job that something has happened for.
    mutating func wake(_ kind: any JobKind.Type, subject: String, at now: Date) throws {
        try execute(
            """
            UPDATE job SET state = 'queued', wake_at = \(now)
            WHERE kind = \(kind.name) AND subject = \(subject) AND state = 'waiting'
            """)
    }

    /// Lets the job rest, at its step, until a time; the attempt does not count.
    mutating func rest(_ job: Job, until: Date, reason: String, tries: Int) throws {
        try execute(
            """
            UPDATE job SET state = CASE WHEN cancel_requested THEN 'queued' ELSE 'waiting' END,
                wake_at = CASE WHEN cancel_requested THEN wake_at ELSE \(until) END, reason = \(reason), tries = \(tries),
                attempts = 0
            WHERE id = \(job.id) AND lease = \(job.lease) AND state = 'running'
            """)
    }

    /// - Returns: whether the job was still this lease's to end.
    mutating func finish(_ job: Job, _ state: Job.State, reason: String?, problem: Problem?, at now: Date) throws
        -> Bool
    {
        let changed = try execute(
            """
            UPDATE job SET state = \(state), reason = \(reason), problem = \(problem.map(JSONColumn.init)), item = NULL,
                finished_at = \(now)
            WHERE id = \(job.id) AND lease = \(job.lease) AND finished_at IS NULL
            """)
        guard changed == 1 else { return false }
        guard JobRunner.kind(named: job.kind)?.leavesAuditLines != false else { return true }
        try audit(
            AuditLine(
                brokerID: job.brokerID, actor: "portal", action: "job.end", object: "job:\(job.id)",
                detail: ["title": job.title, "state": state.rawValue, "result": reason ?? problem?.title ?? ""]),
            at: now)
        return true
    }

    /// Lets the job stand at its step until somebody or something takes it up again.
    mutating func park(_ job: Job, for cause: Job.ParkedFor, reason: String, problem: Problem?) throws {
        // Switched on again since the step began: nobody else would take the job up.
        if cause == .pluginOff, let plugin = job.pluginID, try isEnabled(plugin) {
            return try rest(job, until: job.wakeAt, reason: reason, tries: job.tries)
        }
        if cause == .brokerOff, let broker = job.brokerID, try !isDisabled(broker) {
            return try rest(job, until: job.wakeAt, reason: reason, tries: job.tries)
        }
        try execute(
            """
            UPDATE job SET state = \(Job.State.parked), parked_for = \(cause), reason = \(reason), attempts = 0,
                problem = \(problem.map(JSONColumn.init))
            WHERE id = \(job.id) AND lease = \(job.lease) AND state = 'running'
            """)
    }

    mutating func resumeJobs(of plugin: Key<PluginManifest>, at now: Date) throws {
        try execute(
            """
            UPDATE job SET state = 'queued', parked_for = NULL, reason = NULL, wake_at = \(now)
            WHERE plugin_id = \(plugin) AND state = 'parked' AND parked_for = \(Job.ParkedFor.pluginOff)
            """)
    }

    /// What is due and what waits stands still at once; what is at a step does so at the step's end.
    mutating func parkJobs(of broker: Key<Broker>) throws {
        try execute(
            """
            UPDATE job SET state = \(Job.State.parked), parked_for = \(Job.ParkedFor.brokerOff),
                reason = \(BrokerDisabled.reason)
            WHERE broker_id = \(broker) AND state IN ('queued', 'waiting')
            """)
    }

    /// They go on where they stand, and not before the time that they wait for.
    mutating func resumeJobs(of broker: Key<Broker>) throws {
        try execute(
            """
            UPDATE job SET state = 'queued', parked_for = NULL, reason = NULL
            WHERE broker_id = \(broker) AND state = 'parked' AND parked_for = \(Job.ParkedFor.brokerOff)
            """)
    }
}
