import Foundation
import Logging
import PortalKit

/// Once a day: deletes what is older than it is kept, a few hundred rows at a time so that nobody waits for it, and has the
/// audit's chains checked.
struct Retention: Sendable {
    let portal: Portal

    /// The texts of messages, and the jobs that sent them.
    static let mailTextDays = 30
    static let mailDays = 365
    private static let rowsAtATime = 500
    private static let pause: Duration = .milliseconds(20)
    private static let row = "last_upkeep"

    /// What is due; nothing within a day of the last time.
    ///
    /// - Returns: how many rows went.
    @discardableResult
    func runIfDue() async throws -> Int {
        let now = portal.now
        let isDue = try portal.database.write { db in
            let last: String? = try db.first("SELECT value FROM installation WHERE name = \(Self.row)") { try $0[0] }
            let time = last.flatMap { Double($0) } ?? 0
            guard now.timeIntervalSince1970 - time >= 86_400 || now.timeIntervalSince1970 < time else { return false }
            try db.execute(
                """
                INSERT INTO installation (name, value) VALUES (\(Self.row), \("\(Int(now.timeIntervalSince1970))"))
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """)
            _ = try AuditCheckJob.start(nil, by: "portal", &db, at: now)
            return true
        }
        return isDue ? try await deleteOld(now: now) : 0
    }

    private func deleteOld(now: Date) async throws -> Int {
        let kept = portal.configuration.retention
        func before(_ days: Int) -> Date { now - Double(days) * 86_400 }
        let limit = Self.rowsAtATime
        let texts = try await repeated { try $0.deleteMailTexts(before: before(Self.mailTextDays), limit: limit) }
        let mails = try await repeated { try $0.deleteMail(before: before(Self.mailDays), limit: limit) }
        var jobs = try await repeated { db in
            try db.deleteJobs(before: before(Self.mailTextDays), onlySilent: true, limit: limit)
        }
        if let days = kept.jobDays {
            jobs += try await repeated { try $0.deleteJobs(before: before(days), onlySilent: false, limit: limit) }
        }
        var lines = 0
        if let days = kept.auditDays {
            for chain in try portal.database.read({ try $0.auditChains() }) {
                lines += try await repeated { try $0.pruneAudit(chain, before: before(days), limit: limit) }
            }
            lines += try await repeated { try $0.pruneAuditBeforeChains(before: before(days), limit: limit) }
        }
        let deleted = ["texts of messages": texts, "messages": mails, "rows of jobs": jobs, "audit lines": lines].filter
        {
            $0.value > 0
        }
        guard !deleted.isEmpty else { return 0 }
        try portal.database.write { db in
            try db.audit(
                AuditLine(
                    actor: "portal", action: "retention.delete", object: "portal:retention",
                    detail: deleted.mapValues(String.init)), at: now)
        }
        return deleted.values.reduce(0, +)
    }

    /// Until a time finds nothing; each in a transaction of its own.
    private func repeated(_ body: (inout DatabaseConnection) throws -> Int) async throws -> Int {
        var all = 0
        while true {
            let some = try portal.database.write(body)
            guard some > 0 else { return all }
            all += some
            try await Task.sleep(for: Self.pause)
        }
    }
}

extension JobRunner {
    /// What is due each day, as ``run()`` does it by itself.
    @discardableResult
    package func keepHouse() async throws -> Int { try await Retention(portal: portal).runIfDue() }
}
