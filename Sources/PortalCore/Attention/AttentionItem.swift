import Foundation
import PortalKit

/// Something that needs a person. It is computed from the rows each time, so it is gone when its cause is.
struct AttentionItem: Sendable {
    /// Of this cause, this time: what breaks again is a new one, which nobody has snoozed.
    let id: String
    let tone: Tone
    let title: String
    let explanation: String
    /// Who acts: "You", "Your portal administrator".
    let actor: String
    /// `nil` where nobody has noted it.
    let since: Date?
    let button: Button?
    /// Who has it sees the item.
    let permission: Permission

    struct Button: Sendable {
        let title: String
        let path: String
        /// A form, for those with this permission; others get a link to `path` of ``look``.
        var post: Permission?
        var look: String?
        /// A link only for those with this permission, where not all who see the item have it.
        var needs: Permission?
    }
}

/// An item that somebody has put away for a while.
struct Snooze: Sendable {
    let item: String
    let until: Date
    let reason: String
    let by: String

    static let days = [1, 7, 30]
    static let longestReason = 300
}

extension DatabaseConnection {
    /// Those that still last, by item.
    mutating func snoozes(of scope: String, now: Date) throws -> [String: Snooze] {
        let all = try query(
            "SELECT item, until, reason, snoozed_by FROM attention_snooze WHERE scope = \(scope) AND until > \(now)"
        ) { try Snooze(item: $0[0], until: $0[1], reason: $0[2], by: $0[3]) }
        return Dictionary(uniqueKeysWithValues: all.map { ($0.item, $0) })
    }

    mutating func put(_ snooze: Snooze, in scope: String, at now: Date) throws {
        try execute("DELETE FROM attention_snooze WHERE scope = \(scope) AND until <= \(now)")
        try execute(
            """
            INSERT INTO attention_snooze (scope, item, until, reason, snoozed_at, snoozed_by)
            VALUES (\(scope), \(snooze.item), \(snooze.until), \(snooze.reason), \(now), \(snooze.by))
            ON CONFLICT (scope, item) DO UPDATE SET until = excluded.until, reason = excluded.reason,
                snoozed_at = excluded.snoozed_at, snoozed_by = excluded.snoozed_by
            """)
    }

    /// - Returns: whether it was asleep.
    mutating func wake(_ item: String, in scope: String) throws -> Bool {
        try execute("DELETE FROM attention_snooze WHERE scope = \(scope) AND item = \(item)") > 0
    }
}
