import Foundation
import PortalKit

/// Performs the last step of a set-up that is done once more, which shows whether the portal may still act in the tenant, and
/// renews what would die unused.
struct AccessCheckJob: JobKind {
    static let name = "tenants.access-check"
    static let leavesAuditLines = false
    let portal: Portal

    func step(_ job: Job) async throws -> JobStep {
        guard let workflow = try setup(of: job).map({ try portal.workflow(of: $0) }),
            let last = workflow.stepNames.last,
            let request = try portal.performRequest(job.subject, step: last), request.setup.isChecked
        else { return JobStep(outcome: .finished("There is nothing to check.")) }
        let performed = try await workflow.perform(request)
        let (setup, now, vault) = (request.setup, portal.now, portal.vault)
        switch performed.outcome {
        case .done(let sentence):
            return JobStep(outcome: .finished(sentence), done: 1, total: 1) { db in
                guard try db.setup(of: setup.tenantID, setup.pluginID)?.isChecked == true else { return }
                if setup.state == .done {
                    _ = try db.advance(
                        setup, to: last, work: performed.work, version: performed.version, state: .done, at: now)
                }
                try db.apply(performed.withoutLink, to: setup, vault, at: now)
            }
        case .back(_, let setback), .asking(_, _, _, let setback?): return JobStep(outcome: .failed(setback.problem))
        case .more, .waiting, .asking(_, _, _, nil):
            return JobStep(outcome: .finished("The provider gave no clear answer; the next check is tomorrow night."))
        }
    }

    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws {
        // What may pass by itself, and what is wrong with the portal, says nothing about the tenant.
        guard let problem, problem.remedy == .signInAgain || problem.actor == .customer || problem.actor == .guest,
            problem.remedy != .retry, let (tenant, plugin) = StoredSetup.parts(of: job.subject),
            let setup = try db.setup(of: tenant, plugin), setup.access.isEnabled
        else { return }
        try db.set(.revoked, reason: problem.title, notes: setup.notes, of: setup, at: now)
        try db.audit(
            setup.line("setup.access", ["access": TenantAccess.revoked.rawValue, "problem": problem.title]), at: now)
        guard let broker = try db.broker(setup.brokerID),
            let name = try db.tenant(tenant, of: .whole(setup.brokerID))?.name
        else { return }
        let link = "\(portal.addresses.home(of: broker).baseURL)/tenants/\(tenant)/setup"
        for owner in try db.activeOwners(of: setup.brokerID) {
            try db.post(Mail.revokedAccess(to: owner, broker, tenant: name, problem, link: link), portal.vault, at: now)
        }
    }

    private func setup(of job: Job) throws -> StoredSetup? {
        guard let (tenant, plugin) = StoredSetup.parts(of: job.subject) else { return nil }
        return try portal.database.read { try $0.setup(of: tenant, plugin) }
    }
}

extension StoredSetup {
    /// Whether the last step is performed once more at night: whatever is set up anew meanwhile.
    var isChecked: Bool { access.isEnabled || (access == .revoked && state == .done) }
}

extension Mail {
    fileprivate static func revokedAccess(
        to owner: User, _ broker: Broker, tenant: String, _ problem: Problem, link: String
    ) -> Mail {
        Mail(
            brokerID: broker.id, purpose: .notice, recipient: owner.email,
            subject: "The access to \(tenant.plainLine) no longer works",
            body: """
                Hello \(owner.name.plainLine),

                last night the portal could not act in the tenant of \(tenant.plainLine) any more: \(problem.title).

                \(problem.explanation) \(problem.nextStep)

                The tenant's page has the details, and the button that sets it up again:

                \(link)
                """)
    }
}

/// Starts the nightly checks that are due; once a night, whatever the clock does.
struct NightlyAccessCheck: Sendable {
    let portal: Portal

    func startDue() throws {
        let now = portal.now
        let due = try portal.database.read { db in
            try db.query(
                """
                \(StoredSetup.selection) WHERE check_at <= \(now) AND broker_id IN (
                    SELECT id FROM broker WHERE disabled_at IS NULL) ORDER BY check_at LIMIT 1000
                """, StoredSetup.init(row:))
        }
        for setup in due {
            try portal.database.write { db in
                guard let broker = try db.broker(setup.brokerID) else { return }
                try db.checkNightly(setup, region: broker.region, now: now)
                guard setup.isChecked, try db.isEnabled(setup.pluginID),
                    try db.hasService(setup.pluginID, broker: setup.brokerID)
                else { return }
                let name = try db.tenant(setup.tenantID, of: .whole(setup.brokerID))?.name ?? ""
                _ = try db.start(
                    NewJob(
                        kind: AccessCheckJob.self, brokerID: setup.brokerID, pluginID: setup.pluginID,
                        title: "Check the access to \(name)", subject: setup.subject, startedBy: "portal"),
                    at: now)
            }
        }
    }
}

extension DatabaseConnection {
    /// From the next night on.
    mutating func checkNightly(_ setup: StoredSetup, region: String, now: Date) throws {
        let next = NightlyReading.next(for: Key(setup.subject), in: region, after: now)
        try execute(
            """
            UPDATE tenant_setup SET check_at = \(next)
            WHERE tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID)
            """)
    }
}
