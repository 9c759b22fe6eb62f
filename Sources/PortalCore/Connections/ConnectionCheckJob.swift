import Foundation
import PortalKit

/// Asks the checks of a connection's sign-in once more, which renews it: for plugins that read no list at night.
struct ConnectionCheckJob: JobKind {
    static let name = "connection.check"
    static let leavesAuditLines = false
    let portal: Portal

    static func start(
        for connection: Key<StoredConnection>, _ broker: Key<Broker>, _ plugin: Key<PluginManifest>, by actor: String,
        _ db: inout DatabaseConnection, at now: Date
    ) throws -> Key<Job> {
        try db.start(
            NewJob(
                kind: ConnectionCheckJob.self, brokerID: broker, pluginID: plugin, title: "Check the sign-in",
                subject: connection.rawValue, startedBy: actor),
            at: now)
    }

    func step(_ job: Job) async throws -> JobStep {
        let id = Key<StoredConnection>(job.subject)
        guard let brokerID = job.brokerID, let pluginID = job.pluginID,
            let plugin = portal.plugins[pluginID]?.connectable,
            let (broker, connection, grantID) = try portal.database.read({
                db -> (Broker, StoredConnection, Key<StoredGrant>)? in
                guard let broker = try db.broker(brokerID), let connection = try db.connection(id),
                    let grant = try db.currentGrant(of: id)
                else { return nil }
                return (broker, connection, grant)
            }), connection.state == .connected,
            let stored = try portal.database.read({ try $0.grant(grantID) })
        else { return JobStep(outcome: .finished("There is no sign-in to check.")) }
        let access = ProviderAccess(portal: portal, plugin: plugin, broker: broker, connection: id)
        let grant = HeldGrantSender(access: access, stored: stored)
        var entries: [VerdictEntry] = []
        for requirement in type(of: plugin).requirements where requirement.judge == .check {
            var verdict: Verdict
            do {
                verdict = try await portal.asking(pluginID) {
                    try await plugin.check(requirement.id, connection.form, grant, access)
                }
            } catch let problem as Problem where problem.remedy == .none || problem.remedy == .thisOne {
                verdict = .failed(problem)
            }
            entries.append(VerdictEntry(requirement: requirement.id, verdict: verdict))
        }
        let found = entries
        let failed = found.compactMap { entry in if case .failed(let problem) = entry.verdict { problem } else { nil } }
        let outcome = failed.first.map { JobStep.Outcome.failed($0) } ?? .finished("The sign-in works.")
        return JobStep(outcome: outcome, done: found.count, total: found.count) { db in
            try db.execute(
                """
                UPDATE connection SET verdict = \(JSONColumn(found))
                WHERE id = \(id) AND state = \(StoredConnection.State.connected)
                """)
        }
    }

    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws {
        guard let problem, problem.remedy == .signInAgain else { return }
        try portal.breakConnection(Key(job.subject), of: job.brokerID, job.pluginID, cause: problem, &db, at: now)
    }
}
