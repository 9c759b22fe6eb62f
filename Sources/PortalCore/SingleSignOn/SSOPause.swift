import Foundation
import PortalKit

/// For some minutes single sign-on is not required of a broker's people, because a provider can't be connected while it is.
struct SSOPause: Sendable {
    let startedAt: Date
    let until: Date
    let reason: String
    let startedBy: String
    /// The sign-in at a provider that it waits for.
    let attempt: Key<SignInAttempt>?

    static let longestMinutes = 30

    /// Why the requirement is in force again.
    enum End: String, Sendable {
        case succeeded = "the sign-in at the provider succeeded"
        case failed = "the sign-in at the provider failed"
        case person = "a person ended the pause"
        case time = "the time ran out"
    }
}

extension DatabaseConnection {
    mutating func ssoPause(of broker: Key<Broker>, now: Date) throws -> SSOPause? {
        try first(
            """
            SELECT started_at, until, reason, portal_user.email, attempt_id FROM sso_pause
            JOIN portal_user ON portal_user.id = sso_pause.user_id
            WHERE sso_pause.broker_id = \(broker) AND until > \(now)
            """
        ) { row in
            try SSOPause(startedAt: row[0], until: row[1], reason: row[2], startedBy: row[3], attempt: row[4])
        }
    }

    /// - Throws: ``SSORefusal/notEnabled`` when there is nothing to pause.
    mutating func pauseSSO(
        of broker: Broker, minutes: Int, reason: String, by visit: Visit, _ line: AuditLine
    ) throws {
        let now = visit.now
        guard try ssoState(of: broker.id, now: now).isRequired else { throw SSORefusal.notEnabled }
        let until = now + TimeInterval(60 * min(minutes, SSOPause.longestMinutes))
        try execute(
            """
            INSERT INTO sso_pause (broker_id, started_at, until, reason, user_id)
            VALUES (\(broker.id), \(now), \(until), \(reason), \(visit.user.id))
            ON CONFLICT (broker_id) DO UPDATE SET started_at = excluded.started_at, until = excluded.until,
                reason = excluded.reason, user_id = excluded.user_id, attempt_id = NULL
            """)
        try audit(line, at: now)
        try tellOwners(
            of: broker.id, "Single sign-on is paused",
            """
            \(visit.user.name) (\(visit.user.email)) has paused the requirement of single sign-on for \(broker.name) until \
            \(UTCTime(until).text).

            Reason: \(reason)

            Until then your people can sign in with a password too. The requirement comes back by itself; "Restore now" on any \
            page ends the pause at once.
            """, visit.portal.vault, at: now)
    }

    /// Remembers which sign-in at a provider the pause is for: its end will end the pause.
    mutating func ssoPauseWaits(for attempt: Key<SignInAttempt>, of broker: Key<Broker>, now: Date) throws {
        try execute("UPDATE sso_pause SET attempt_id = \(attempt) WHERE broker_id = \(broker) AND until > \(now)")
    }

    /// Puts the requirement back in force. A second call changes nothing.
    ///
    /// - Parameter now: also of a pause whose time has run out already.
    mutating func endSSOPause(
        of broker: Key<Broker>, _ end: SSOPause.End, by actor: String, _ vault: Vault, at now: Date,
        line: AuditLine? = nil
    ) throws {
        let ended = try first(
            "DELETE FROM sso_pause WHERE broker_id = \(broker) RETURNING until, reason"
        ) { try (until: $0[0] as Date, reason: $0[1] as String) }
        guard let ended else { return }
        var line = line ?? AuditLine(brokerID: broker, actor: actor, action: "", object: "")
        line.action = "sso.restore"
        line.object = "broker:\(broker)"
        line.detail = ["why": end.rawValue, "reason of the pause": ended.reason]
        line.before = ["required": "paused until \(UTCTime(ended.until).exact)"]
        line.after = ["required": "yes"]
        try audit(line, at: now)
        try tellOwners(
            of: broker, "Single sign-on is required again",
            "The pause has ended: \(end.rawValue). Whoever signed in with a password in the meantime is signed out.",
            vault,
            at: now)
    }

    /// Ends the pause that waits for this sign-in at a provider.
    mutating func endSSOPause(
        waitingFor attempt: Key<SignInAttempt>, _ end: SSOPause.End, _ vault: Vault, at now: Date
    ) throws {
        let broker = try first("SELECT broker_id FROM sso_pause WHERE attempt_id = \(attempt)") {
            try $0[0] as Key<Broker>
        }
        if let broker { try endSSOPause(of: broker, end, by: "portal", vault, at: now) }
    }

    mutating func tellOwners(
        of broker: Key<Broker>, _ subject: String, _ text: String, _ vault: Vault, at now: Date
    ) throws {
        let owners = try query(
            """
            SELECT email FROM portal_user WHERE broker_id = \(broker) AND role = \(Role.brokerOwner) AND disabled_at IS NULL
            ORDER BY email
            """
        ) { try $0[0] as String }
        for owner in owners {
            try post(
                Mail(brokerID: broker, purpose: .notice, recipient: owner, subject: subject, body: text), vault, at: now
            )
        }
    }
}
