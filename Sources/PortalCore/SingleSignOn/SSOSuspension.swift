import Foundation
import PortalKit

/// Break-glass: from the machine itself the requirement is lifted for a while, because the provider lets nobody in.
struct SSOSuspension: Sendable {
    let startedAt: Date
    let until: Date
    let reason: String
    let startedBy: String

    static let longestMinutes = 24 * 60
}

extension DatabaseConnection {
    mutating func ssoSuspension(of broker: Key<Broker>, now: Date) throws -> SSOSuspension? {
        try first(
            """
            SELECT started_at, until, reason, started_by FROM sso_suspension WHERE broker_id = \(broker) AND until > \(now)
            """
        ) { row in try SSOSuspension(startedAt: row[0], until: row[1], reason: row[2], startedBy: row[3]) }
    }

    mutating func suspendSSO(
        of broker: Broker, minutes: Int, reason: String, by person: Operator, _ vault: Vault, at now: Date
    ) throws -> Date {
        let until = now + TimeInterval(60 * minutes)
        var line = person.line("sso.suspend", "broker:\(broker.id)", ["reason": reason])
        try execute(
            """
            INSERT INTO sso_suspension (broker_id, started_at, until, reason, started_by)
            VALUES (\(broker.id), \(now), \(until), \(reason), \(line.actor))
            ON CONFLICT (broker_id) DO UPDATE SET started_at = excluded.started_at, until = excluded.until,
                reason = excluded.reason, started_by = excluded.started_by
            """)
        line.brokerID = broker.id
        line.before = ["required": "yes"]
        line.after = ["required": "suspended until \(UTCTime(until).exact)"]
        try audit(line, at: now)
        try tellOwners(
            of: broker.id, "Break-glass: single sign-on is not required",
            """
            On the portal's machine the requirement of single sign-on was lifted for \(broker.name) until \
            \(UTCTime(until).text).

            Reason: \(reason)

            Until then your people can sign in with a password. If you don't know why, ask the portal's administrator at once.
            """, vault, at: now)
        return until
    }

    /// - Returns: whether there was one.
    @discardableResult
    mutating func endSSOSuspension(
        of broker: Key<Broker>, why: String, by actor: String, _ vault: Vault, at now: Date, line: AuditLine? = nil
    ) throws -> Bool {
        let ended = try first("DELETE FROM sso_suspension WHERE broker_id = \(broker) RETURNING until") {
            try $0[0] as Date
        }
        guard let ended else { return false }
        var line = line ?? AuditLine(brokerID: broker, actor: actor, action: "", object: "")
        line.action = "sso.end-suspension"
        line.object = "broker:\(broker)"
        line.detail["why"] = why
        line.before = ["required": "suspended until \(UTCTime(ended).exact)"]
        line.after = ["required": "as set"]
        try audit(line, at: now)
        try tellOwners(
            of: broker, "Break-glass has ended", "Single sign-on is required again where it was before: \(why).", vault,
            at: now)
        return true
    }
}
