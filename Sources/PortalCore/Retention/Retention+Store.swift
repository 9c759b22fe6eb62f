import Foundation
import PortalKit

/// Each deletes some rows, at most `limit`, and tells how many.
extension DatabaseConnection {
    /// From the beginning of a chain, whose head keeps where it begins now. One that was tampered with is left as it is.
    mutating func pruneAudit(_ chain: String, before date: Date, limit: Int) throws -> Int {
        guard let (known, isGenuine) = try auditHead(chain), isGenuine else { return 0 }
        var head = known
        let rows = try auditRows(of: chain, after: head.prunedSeq, upTo: head.seq, limit: limit)
        let cutoff = Int(date.timeIntervalSince1970 * 1_000_000)
        guard let last = rows.prefix(while: { $0.row.at < cutoff }).last else { return 0 }
        head.prunedSeq = last.seq
        head.prunedHash = last.hash
        let deleted = try execute(
            """
            DELETE FROM audit WHERE COALESCE(broker_id, 'portal') = \(chain) AND seq IS NOT NULL AND seq <= \(last.seq)
            """)
        try set(head, of: chain)
        return deleted
    }

    /// Lines from before there were chains.
    mutating func pruneAuditBeforeChains(before date: Date, limit: Int) throws -> Int {
        try execute(
            "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE seq IS NULL AND at < \(date) ORDER BY at LIMIT \(limit))"
        )
    }

    /// Ended jobs with their items. Of one with many items, the items first.
    ///
    /// - Parameter onlySilent: those of which other rows tell all.
    mutating func deleteJobs(before date: Date, onlySilent: Bool, limit: Int) throws -> Int {
        let kinds: SQL = onlySilent ? "AND kind IN (\(MailJob.name), \(AuditCheckJob.name))" : ""
        let old = try query(
            "SELECT id FROM job WHERE finished_at < \(date) \(kinds) ORDER BY finished_at LIMIT \(limit)"
        ) { try $0[0] as Key<Job> }
        var deleted = 0
        for id in old {
            guard deleted < limit else { break }
            let items = try execute(
                """
                DELETE FROM job_item WHERE job_id = \(id) AND position IN (
                    SELECT position FROM job_item WHERE job_id = \(id) ORDER BY position LIMIT \(limit - deleted))
                """)
            deleted += items
            guard deleted < limit else { break }
            deleted += try execute("DELETE FROM job WHERE id = \(id)")
        }
        return deleted
    }

    /// Of messages that are not on their way: their one-time links are long worth nothing.
    mutating func deleteMailTexts(before date: Date, limit: Int) throws -> Int {
        try execute(
            """
            UPDATE mail SET body = \([UInt8]()) WHERE id IN (
                SELECT id FROM mail WHERE created_at < \(date) AND state <> \(Mail.State.queued) AND LENGTH(body) > 0
                ORDER BY created_at LIMIT \(limit))
            """)
    }

    mutating func deleteMail(before date: Date, limit: Int) throws -> Int {
        try execute(
            """
            DELETE FROM mail WHERE id IN (
                SELECT id FROM mail WHERE created_at < \(date) AND state <> \(Mail.State.queued)
                ORDER BY created_at LIMIT \(limit))
            """)
    }
}
