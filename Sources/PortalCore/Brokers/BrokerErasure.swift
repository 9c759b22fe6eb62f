import Foundation
import PortalKit

/// Takes a disabled broker out of every table, some thousand rows a step, so that nobody else waits for it.
///
/// Each step deletes what is there still, so a step that is cut off, or performed twice, does no harm. The job is the
/// portal's, and outlives what it erases.
struct BrokerErasure: JobKind {
    static let name = "broker.erasure"
    private static let rowsAtOnce = 2_000
    let portal: Portal

    private struct Progress: Codable {
        let name: String
        var deleted = 0
        /// What is left is to get the bytes out of the journal.
        var isDeleted = false
    }

    /// Of a broker that is disabled; from here there is no way back.
    static func start(_ broker: Broker, by actor: String, _ db: inout DatabaseConnection, at now: Date) throws {
        try db.execute(
            "UPDATE broker SET erasing_since = COALESCE(erasing_since, \(now)) WHERE id = \(broker.id)")
        let rows = try BrokerTable.all(of: broker.id).reduce(1) { try $0 + db.count($1) }
        _ = try db.start(
            NewJob(
                kind: BrokerErasure.self, title: "Erase the broker \(broker.name)", subject: broker.id.rawValue,
                payload: try JobStep.encode(Progress(name: broker.name)), total: rows, startedBy: actor),
            at: now)
    }

    func step(_ job: Job) async throws -> JobStep {
        var progress = try JobStep.decode(Progress.self, from: job)
        guard !progress.isDeleted else { return try finish(progress) }
        let broker: Key<Broker> = Key(job.subject)
        let tables = BrokerTable.all(of: broker)
        let next = try portal.database.read { db in try tables.first { try db.count($0) > 0 } }
        let rows = try portal.database.read { db in try next.map { try min(db.count($0), Self.rowsAtOnce) } } ?? 1
        progress.deleted += rows
        progress.isDeleted = next == nil
        return JobStep(
            outcome: .more, payload: try JobStep.encode(progress), done: progress.deleted,
            total: max(job.total ?? 0, progress.deleted)
        ) { db in
            if let next {
                _ = try db.delete(next, limit: Self.rowsAtOnce)
            } else {
                try db.execute("DELETE FROM broker WHERE id = \(broker) AND erasing_since IS NOT NULL")
            }
        }
    }

    /// Deleted rows are overwritten in the file; their earlier pages stand in the journal until that is cut.
    private func finish(_ progress: Progress) throws -> JobStep {
        guard try portal.database.cutJournal() else { throw Self.journalInUse }
        return JobStep(
            outcome: .finished("\(progress.name) was erased: \(grouped(progress.deleted)) rows."))
    }

    private static let journalInUse = Problem(
        title: "The database's journal is in use",
        explanation: "All rows are deleted. Earlier copies of them stand in the journal until it is cut.",
        nextStep: "Nothing to do: the portal tries again.", actor: .portal, remedy: .retry)
}
