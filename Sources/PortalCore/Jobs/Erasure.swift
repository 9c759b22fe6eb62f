import Foundation
import PortalKit

/// Deletes rows, table by table, some thousand a step, so that nobody else waits for it; and then cuts the journal, in which
/// their earlier pages stand.
///
/// Each step deletes what is there still, so a step that is cut off, or performed twice, does no harm.
struct Erasure: Sendable {
    private static let rowsAtOnce = 2_000
    let portal: Portal
    /// In an order in which they can go.
    let tables: [BrokerTable]

    struct Progress: Codable {
        /// Of what goes.
        let name: String
        var deleted = 0
        /// What is left is to get the bytes out of the journal.
        var isDeleted = false
    }

    /// - Parameter last: what goes in the transaction that finds nothing left.
    func step(_ job: Job, last: @escaping @Sendable (inout DatabaseConnection) throws -> Void) throws -> JobStep {
        var progress = try JobStep.decode(Progress.self, from: job)
        guard !progress.isDeleted else { return try finish(progress) }
        let (next, rows) = try portal.database.read { db -> (BrokerTable?, Int) in
            for table in tables {
                let rows = try db.count(table)
                if rows > 0 { return (table, min(rows, Self.rowsAtOnce)) }
            }
            return (nil, 0)
        }
        progress.deleted += rows
        progress.isDeleted = next == nil
        return JobStep(
            outcome: .more, payload: try JobStep.encode(progress), done: progress.deleted,
            total: max(job.total ?? 0, progress.deleted)
        ) { db in
            if let next {
                _ = try db.delete(next, limit: Self.rowsAtOnce)
            } else {
                try last(&db)
            }
        }
    }

    private func finish(_ progress: Progress) throws -> JobStep {
        guard try portal.database.cutJournal() else { throw Self.journalInUse }
        return JobStep(outcome: .finished("\(progress.name) was erased: \(counted(progress.deleted, "row"))."))
    }

    private static let journalInUse = Problem(
        title: "The database's journal is in use",
        explanation: "All rows are deleted. Earlier copies of them stand in the journal until it is cut.",
        nextStep: "Nothing to do: the portal tries again.", actor: .portal, remedy: .retry)
}
