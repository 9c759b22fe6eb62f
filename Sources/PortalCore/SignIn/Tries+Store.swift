import Crypto
import Foundation

extension DatabaseConnection {
    /// Counts a try before it is made, so that many at once are counted too.
    ///
    /// - Parameter subject: the e-mail address or id of the account. Only its hash is stored: people type passwords here too.
    /// - Returns: the seconds to wait first; then nothing was counted.
    mutating func countTry(_ kind: TryKind, at subject: String, from source: TrySource, now: Date) throws -> Int? {
        let hash = subjectHash(subject)
        if let wait = try wait(before: kind, at: subject, from: source, now: now) { return wait }
        try execute(
            """
            INSERT INTO counted_try (kind, subject, source, tries, last_at) VALUES (\(kind), \(hash), \(source.text), 1, \(now))
            ON CONFLICT (kind, subject, source) DO UPDATE SET tries = counted_try.tries + 1, last_at = excluded.last_at
            """)
        return nil
    }

    /// The seconds to wait before the next try; `nil` where it may be made.
    mutating func wait(before kind: TryKind, at subject: String, from source: TrySource, now: Date) throws -> Int? {
        let hash = subjectHash(subject)
        let wait = try max(
            wait(kind.ofOne, "kind = \(kind) AND subject = \(hash) AND source = \(source.text)", now),
            wait(source.isKnown ? nil : kind.fromSource, "kind = \(kind) AND source = \(source.text)", now),
            wait(source.isKnown ? nil : kind.fromAll, "kind = \(kind) AND subject = \(hash)", now))
        return wait > 0 ? Int(wait.rounded(.up)) : nil
    }

    /// After a try that was none: it succeeded, or it was not made.
    mutating func takeBackTry(_ kind: TryKind, at subject: String, from source: TrySource) throws {
        try execute(
            """
            UPDATE counted_try SET tries = tries - 1
            WHERE kind = \(kind) AND subject = \(subjectHash(subject)) AND source = \(source.text) AND tries > 0
            """)
    }

    /// After success.
    mutating func forgetTries(_ kind: TryKind, at subject: String, from source: TrySource) throws {
        try execute(
            "DELETE FROM counted_try WHERE kind = \(kind) AND subject = \(subjectHash(subject)) AND source = \(source.text)"
        )
    }

    /// From all sources, in the last hour.
    mutating func tries(_ kind: TryKind, at subject: String) throws -> Int {
        try count(
            "SELECT COALESCE(SUM(tries), 0) FROM counted_try WHERE kind = \(kind) AND subject = \(subjectHash(subject))"
        )
    }

    mutating func deleteOldTries(now: Date) throws {
        try execute("DELETE FROM counted_try WHERE last_at <= \(now - 3_600)")
    }

    private func subjectHash(_ subject: String) -> [UInt8] { Array(SHA256.hash(data: Data(subject.utf8))) }

    private mutating func wait(_ limit: TryLimit?, _ condition: SQL, _ now: Date) throws -> TimeInterval {
        guard let limit else { return 0 }
        let counted = try first(
            """
            SELECT COALESCE(SUM(tries), 0), COALESCE(MAX(last_at), 0) FROM counted_try
            WHERE \(condition) AND last_at > \(now - 3_600)
            """
        ) { row in try (tries: row[0] as Int, last: row[1] as Date) }
        guard let counted else { return 0 }
        return counted.last.addingTimeInterval(limit.wait(after: counted.tries)).timeIntervalSince(now)
    }
}
