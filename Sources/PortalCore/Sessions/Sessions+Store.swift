import Foundation
import PortalKit

extension DatabaseConnection {
    /// A new session in the place of `old`, the browser's present one; its token is told once.
    mutating func start(_ new: NewSession, replacing old: Session?, _ limits: SessionLimits, now: Date) throws -> Token
    {
        if let old { try endSession(old.tokenHash) }
        let token = Token()
        try execute(
            """
            INSERT INTO session (token_hash, user_id, host, came_from, parent_hash, stage, method, proved_at, address, agent,
                created_at, seen_at, expires_at)
            VALUES (\(token.hash), \(new.user), \(new.host), \(new.cameFrom), \(new.parent), \(new.stage), \(new.method),
                \(new.provedAt), \(new.address), \(String(new.agent.prefix(300))), \(now), \(now), \(now + limits.absolute))
            """)
        return token
    }

    /// The living session of a token at this host: not idle for too long, not too old, neither its person nor the broker
    /// disabled, and begun in a way that is still open to the person.
    mutating func session(_ token: Token, at host: String, _ limits: SessionLimits, now: Date) throws -> Session? {
        let hash = token.hash
        let found = try first(
            """
            SELECT portal_user.id, email, portal_user.name, role, portal_user.broker_id, organization_id, is_demo, came_from,
                   seen_at, stage, method, proved_at, broker.name, broker.region
            FROM session JOIN portal_user ON portal_user.id = session.user_id
            LEFT JOIN broker ON broker.id = portal_user.broker_id
            WHERE token_hash = \(hash) AND host = \(host) AND expires_at > \(now) AND seen_at > \(now - limits.idle)
                  AND portal_user.disabled_at IS NULL AND broker.disabled_at IS NULL
                  AND (method IN (\(Session.Method.sso), \(Session.Method.breakGlass)) OR \(SQL.mayUsePassword(now: now)))
            """
        ) { row in
            let user = try User(
                id: row[0], email: row[1], name: row[2], role: row[3], brokerID: row[4], organizationID: row[5],
                isDemo: row[6])
            let name: String? = try row[12]
            let region: String? = try row[13]
            var broker: Broker?
            if let id = user.brokerID, let name, let region { broker = Broker(id: id, name: name, region: region) }
            return try Session(
                tokenHash: hash, user: user, broker: broker, access: PersonAccess(role: user.role), stage: row[9],
                method: row[10], provedAt: row[11], cameFrom: row[7], seenAt: row[8], formToken: token.derived("form"))
        }
        guard let found, found.broker != nil, found.user.organizationID == nil else { return found }
        return found.with(try access(of: found.user))
    }

    mutating func touchSession(_ hash: [UInt8], now: Date) throws {
        try execute("UPDATE session SET seen_at = \(now) WHERE token_hash = \(hash)")
    }

    /// Notes that the person has proved anew who it is, for this session and the one that it was handed over from.
    mutating func noteProof(_ hash: [UInt8], now: Date) throws {
        try execute("UPDATE session SET proved_at = \(now) WHERE token_hash = \(hash)")
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

    /// - Parameter kept: a session that goes on.
    /// - Returns: how many ended.
    @discardableResult
    mutating func endSessions(of user: Key<User>, except kept: [UInt8] = []) throws -> Int {
        // A ticket under way must not begin another one.
        try execute("DELETE FROM handover WHERE user_id = \(user) AND session_hash <> \(kept)")
        return try execute("DELETE FROM session WHERE user_id = \(user) AND token_hash <> \(kept)")
    }

    /// - Returns: whether there was one too many, which has ended with those that it was handed over to.
    mutating func endOldestSession(of user: Key<User>, beyond limit: Int, _ limits: SessionLimits, now: Date) throws
        -> Bool
    {
        let roots = try query(
            """
            SELECT token_hash FROM session WHERE user_id = \(user) AND stage = \(Session.Stage.open) AND expires_at > \(now)
                AND seen_at > \(now - limits.idle)
                AND NOT EXISTS (SELECT 1 FROM session parent WHERE parent.token_hash = session.parent_hash)
            ORDER BY created_at DESC, seen_at DESC, token_hash
            """
        ) { try $0[0] as [UInt8] }
        for hash in roots.dropFirst(limit) { try endSessionFamily(hash) }
        return roots.count > limit
    }

    mutating func deleteExpiredSessions(_ limits: SessionLimits, now: Date) throws {
        try execute("DELETE FROM session WHERE expires_at <= \(now) OR seen_at <= \(now - limits.idle)")
        try execute("DELETE FROM handover WHERE expires_at <= \(now)")
        try execute("DELETE FROM held_form WHERE expires_at <= \(now)")
        try execute("DELETE FROM one_time_link WHERE expires_at <= \(now - 86_400)")
        try execute("DELETE FROM fresh_recovery_codes WHERE expires_at <= \(now)")
        try deleteOldTries(now: now)
        try deleteOldDevices(now: now)
    }
}

extension Session {
    fileprivate func with(_ access: PersonAccess) -> Session {
        Session(
            tokenHash: tokenHash, user: user, broker: broker, access: access, stage: stage, method: method,
            provedAt: provedAt, cameFrom: cameFrom, seenAt: seenAt, formToken: formToken)
    }
}
