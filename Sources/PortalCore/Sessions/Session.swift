import Foundation
import PortalKit

/// A person signed in at one host.
struct Session: Sendable {
    let tokenHash: [UInt8]
    let user: User
    /// The broker that the person belongs to.
    let broker: Broker?
    /// The branded host that handed the person over, to go back to.
    let cameFrom: String?
    let seenAt: Date
    /// What the forms of this session carry.
    let formToken: String

    static let cookie = "__Host-gatehouse"
    static let idleLimit: TimeInterval = 30 * 60
    static let absoluteLimit: TimeInterval = 10 * 60 * 60
}

extension DatabaseConnection {
    /// A new session in the place of `old`, the browser's present one; its token is told once.
    ///
    /// - Parameter parent: the session that handed the person over; the two end together.
    mutating func startSession(
        of user: Key<User>, at host: String, cameFrom: String? = nil, parent: [UInt8]? = nil, replacing old: Session?, now: Date
    ) throws -> Token {
        if let old { try endSession(old.tokenHash) }
        let token = Token()
        try execute(
            """
            INSERT INTO session (token_hash, user_id, host, came_from, parent_hash, created_at, seen_at, expires_at)
            VALUES (\(token.hash), \(user), \(host), \(cameFrom), \(parent), \(now), \(now), \(now + Session.absoluteLimit))
            """)
        return token
    }

    /// The living session of a token at this host: not idle for too long, not too old, its person not disabled.
    mutating func session(_ token: Token, at host: String, now: Date) throws -> Session? {
        try first(
            """
            SELECT portal_user.id, email, portal_user.name, role, portal_user.broker_id, organization_id, came_from, seen_at,
                   broker.name, broker.region
            FROM session JOIN portal_user ON portal_user.id = session.user_id
            LEFT JOIN broker ON broker.id = portal_user.broker_id
            WHERE token_hash = \(token.hash) AND host = \(host) AND expires_at > \(now)
                  AND seen_at > \(now - Session.idleLimit) AND disabled_at IS NULL
            """
        ) { row in
            let user = try User(
                id: row[0], email: row[1], name: row[2], role: row[3], brokerID: row[4], organizationID: row[5])
            let name: String? = try row[8]
            let region: String? = try row[9]
            var broker: Broker?
            if let id = user.brokerID, let name, let region { broker = Broker(id: id, name: name, region: region) }
            return try Session(
                tokenHash: token.hash, user: user, broker: broker, cameFrom: row[6], seenAt: row[7],
                formToken: token.derived("form"))
        }
    }

    mutating func touchSession(_ hash: [UInt8], now: Date) throws {
        try execute("UPDATE session SET seen_at = \(now) WHERE token_hash = \(hash)")
    }

    mutating func endSession(_ hash: [UInt8]) throws {
        try execute("DELETE FROM session WHERE token_hash = \(hash)")
    }

    /// Signs out: this session, those that it was handed over to, and the one that handed it over.
    mutating func endSessionFamily(_ hash: [UInt8]) throws {
        try execute(
            """
            DELETE FROM session WHERE token_hash = \(hash) OR parent_hash = \(hash)
                OR token_hash = (SELECT parent_hash FROM session WHERE token_hash = \(hash))
            """)
    }

    mutating func deleteExpiredSessions(now: Date) throws {
        try execute("DELETE FROM session WHERE expires_at <= \(now) OR seen_at <= \(now - Session.idleLimit)")
        try execute("DELETE FROM handover WHERE expires_at <= \(now)")
        try execute("DELETE FROM sign_in_failure WHERE failed_at <= \(now - 3_600)")
    }
}
