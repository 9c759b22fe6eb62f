import Foundation
import PortalKit

/// Creates organizations and links tenants to them, as planned. Its effects are rows only, so it commits by the batch.
struct LinkJob: JobKind {
    static let name = "tenants.link"
    static let asksPlugin = false
    let portal: Portal

    private static let batch = 50

    /// Queues the plan's creations and links; what needs a decision is left alone.
    static func start(
        _ plan: LinkPlan, of broker: Key<Broker>, source: Key<PluginManifest>, by actor: String,
        _ db: inout DatabaseConnection,
        at now: Date
    ) throws -> Key<Job> {
        let lines = plan.lines.filter { if case .ask = $0.decision { false } else { true } }
        let subject = "\(broker):\(source)"
        if let running = try db.unfinishedJob(LinkJob.self, subject: subject) { return running }
        let job = try db.start(
            NewJob(
                kind: LinkJob.self, brokerID: broker, pluginID: source, title: "Auto-create and link", subject: subject,
                total: lines.count, startedBy: actor),
            at: now)
        for (position, line) in lines.enumerated() {
            try db.execute(
                """
                INSERT INTO job_item (job_id, position, subject, plan, state)
                VALUES (\(job), \(position), \(line.tenant.id), \(JSONColumn(line.decision)), \(JobItem.State.queued))
                """)
        }
        return job
    }

    func step(_ job: Job) async throws -> JobStep {
        guard let broker = job.brokerID else { return JobStep(outcome: .finished("Nothing to do.")) }
        let (items, next) = try portal.database.read { db in
            let items = try db.openItems(of: job.id, from: job.done, limit: Self.batch)
            return (items, try items.last.flatMap { try db.tenant(Key($0.subject), of: .whole(broker))?.name })
        }
        guard !items.isEmpty else {
            let counts = try portal.database.read { try $0.itemCounts(of: job.id) }
            let skipped = counts[.skipped] ?? 0
            return JobStep(
                outcome: .finished(
                    "Linked \(counted(counts[.succeeded] ?? 0, "tenant"))."
                        + (skipped > 0 ? " Left \(skipped) as they were; the list says why." : "")))
        }
        let now = portal.now
        return JobStep(outcome: .more, done: job.done + items.count, item: next) { db in
            for item in items {
                let result = try apply(item, job, broker, &db, at: now)
                try db.finish(item, result.0, result: result.1)
            }
        }
    }

    private func apply(
        _ item: JobItem, _ job: Job, _ broker: Key<Broker>, _ db: inout DatabaseConnection, at now: Date
    ) throws -> (JobItem.State, String) {
        guard let tenant = try db.tenant(Key(item.subject), of: .whole(broker)) else {
            return (.skipped, "The tenant is gone.")
        }
        guard tenant.state == .unlinked else { return (.skipped, "It is \(tenant.state.rawValue) now.") }
        return try db.carryOut(item.decision, for: tenant, job: job.id, by: job.startedBy, at: now)
    }
}

/// One thing of a job that has many.
struct JobItem: Sendable {
    let jobID: Key<Job>
    let position: Int
    let subject: String
    let decision: LinkPlan.Decision

    enum State: String, Sendable, SQLConvertible {
        case queued, succeeded, skipped
    }
}

extension DatabaseConnection {
    /// Links an unlinked tenant as decided, with the audit's line; what needs a person is left alone.
    mutating func carryOut(
        _ decision: LinkPlan.Decision, for tenant: StoredTenant, job: Key<Job>?, by actor: String, at now: Date
    ) throws -> (JobItem.State, String) {
        let broker = tenant.brokerID
        switch decision {
        case .ask:
            return (.skipped, "It needs a decision.")
        case .link(let organization, let name, let reason):
            guard try self.organization(organization, of: .whole(broker)) != nil else {
                return (.skipped, "\(name) is gone.")
            }
            guard try tenants(of: organization, in: .whole(broker)).isEmpty else {
                return (.skipped, "Another tenant has been linked to \(name).")
            }
            try link(tenant.id, to: organization, of: broker, reason: reason, job: job, by: actor, at: now)
            try auditLink(of: tenant, to: organization, named: name, job: job, by: actor, at: now)
            return (.succeeded, "Linked to \(name).")
        case .create(let name):
            let organization = try createOrganization(named: name, for: tenant, at: now)
            try link(
                tenant.id, to: organization.id, of: broker, reason: "Created for it", job: job, by: actor, at: now)
            try auditLink(of: tenant, to: organization.id, named: organization.name, job: job, by: actor, at: now)
            return (.succeeded, "Created and linked.")
        }
    }

    private mutating func auditLink(
        of tenant: StoredTenant, to organization: Key<Organization>, named name: String, job: Key<Job>?,
        by actor: String, at now: Date
    ) throws {
        try audit(
            AuditLine(
                brokerID: tenant.brokerID, actor: actor, action: "tenant.link", object: "tenant:\(tenant.id)",
                detail: [
                    "tenant": tenant.name, "organization": name, "organization id": organization.rawValue,
                    "job": job?.rawValue ?? "",
                ]),
            at: now)
    }

    /// They are done in order, so all before `position` are.
    fileprivate mutating func openItems(of job: Key<Job>, from position: Int, limit: Int) throws -> [JobItem] {
        try query(
            """
            SELECT job_id, position, subject, plan FROM job_item WHERE job_id = \(job) AND position >= \(position) AND state = 'queued'
            ORDER BY position LIMIT \(limit)
            """
        ) { row in
            let plan: JSONColumn<LinkPlan.Decision> = try row[3]
            return try JobItem(jobID: row[0], position: row[1], subject: row[2], decision: plan.value)
        }
    }

    fileprivate mutating func finish(_ item: JobItem, _ state: JobItem.State, result: String) throws {
        try execute(
            "UPDATE job_item SET state = \(state), result = \(result) WHERE job_id = \(item.jobID) AND position = \(item.position)"
        )
    }

    fileprivate mutating func itemCounts(of job: Key<Job>) throws -> [JobItem.State: Int] {
        let rows = try query("SELECT state, COUNT(*) FROM job_item WHERE job_id = \(job) GROUP BY state") { row in
            try (row[0] as JobItem.State, row[1] as Int)
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Items that were left alone, with the reason.
    mutating func skippedItems(of job: Key<Job>) throws -> [(tenant: Key<StoredTenant>, name: String, reason: String)] {
        try query(
            """
            SELECT subject, COALESCE(tenant.name, subject), COALESCE(result, '') FROM job_item
            LEFT JOIN tenant ON tenant.id = job_item.subject
            WHERE job_id = \(job) AND state = 'skipped' ORDER BY position
            """
        ) { row in try (tenant: row[0], name: row[1], reason: row[2]) }
    }

    /// An organization for the tenant, with its first verified domain that no other organization has.
    mutating func createOrganization(named name: String, for tenant: StoredTenant, at now: Date) throws -> Organization
    {
        var domain: String?
        for candidate in tenant.domains where candidate.isVerified && domain == nil {
            let taken = try count(
                "SELECT COUNT(*) FROM organization WHERE broker_id = \(tenant.brokerID) AND domain = \(candidate.name)")
            if taken == 0 { domain = candidate.name }
        }
        let organization = Organization(
            id: .new(), brokerID: tenant.brokerID, name: name, domain: domain, createdAt: now)
        try insert(organization)
        return organization
    }
}
