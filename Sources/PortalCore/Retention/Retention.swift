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
        var all = try await repeated("texts of messages", now) { db in
            try db.deleteMailTexts(before: before(Self.mailTextDays), limit: limit)
        }
        all += try await repeated("messages", now) { try $0.deleteMail(before: before(Self.mailDays), limit: limit) }
        all += try await repeated("rows of jobs", now) { db in
            try db.deleteJobs(before: before(Self.mailTextDays), onlySilent: true, limit: limit)
        }
        if let days = kept.jobDays {
            all += try await repeated("rows of jobs", now) { db in
                try db.deleteJobs(before: before(days), onlySilent: false, limit: limit)
            }
        }
        if let days = kept.auditDays {
            for chain in try portal.database.read({ try $0.auditChains() }) {
                all += try await repeated("audit lines", now) { db in
                    try db.pruneAudit(chain, before: before(days), limit: limit)
                }
            }
            all += try await repeated("audit lines", now) { db in
                try db.pruneAuditBeforeChains(before: before(days), limit: limit)
            }
        }
        return all
    }

    /// Until a time finds nothing; each in a transaction of its own, with the line that says how much went.
    private func repeated(_ what: String, _ now: Date, _ body: (inout DatabaseConnection) throws -> Int) async throws
        -> Int
    {
        var all = 0
        while true {
            let some = try portal.database.write { db in
                let some = try body(&db)
                guard some > 0 else { return 0 }
                try db.audit(
                    AuditLine(
                        actor: "portal", action: "retention.delete", object: "portal:retention",
                        detail: [what: "\(some)"]), at: now)
                return some
            }
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
