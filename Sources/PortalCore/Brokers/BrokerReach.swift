import Foundation
import PortalKit

/// How much disabling a broker stops.
struct BrokerReach: Sendable {
    let people: Int
    let sessions: Int
    let openJobs: Int
    let connections: Int
    let hosts: Int
}

/// What keeps a broker in its region.
struct BrokerTies: Sendable {
    /// Connections in force, and sign-ins at a provider under way: their redirect address is the region's.
    let connections: Int
    let signInsUnderWay: Int
    /// Whether the broker's people can sign in only by its own provider, which knows the region's address.
    let requiresSingleSignOn: Bool
    let usesSingleSignOn: Bool
    let sessions: Int

    var hold: Bool { connections > 0 || signInsUnderWay > 0 || requiresSingleSignOn }
}

extension DatabaseConnection {
    mutating func reach(of broker: Key<Broker>, now: Date) throws -> BrokerReach {
        try BrokerReach(
            people: count("SELECT COUNT(*) FROM portal_user WHERE broker_id = \(broker)"),
            sessions: countSessions(of: broker, now: now),
            openJobs: count("SELECT COUNT(*) FROM job WHERE broker_id = \(broker) AND finished_at IS NULL"),
            connections: count("SELECT COUNT(*) FROM connection WHERE broker_id = \(broker) AND state <> 'none'"),
            hosts: count("SELECT COUNT(*) FROM branded_host WHERE broker_id = \(broker)"))
    }

    mutating func ties(of broker: Key<Broker>, now: Date) throws -> BrokerTies {
        let single = try first("SELECT is_required FROM sso_provider WHERE broker_id = \(broker)") { try $0[0] as Bool }
        return try BrokerTies(
            connections: count("SELECT COUNT(*) FROM connection WHERE broker_id = \(broker) AND state <> 'none'"),
            signInsUnderWay: count(
                """
                SELECT COUNT(*) FROM sign_in_attempt WHERE broker_id = \(broker)
                    AND state IN ('departing', 'answered', 'checking') AND created_at > \(now - SignInAttempt.limit)
                """),
            requiresSingleSignOn: single == true, usesSingleSignOn: single != nil,
            sessions: countSessions(of: broker, now: now))
    }

    private mutating func countSessions(of broker: Key<Broker>, now: Date) throws -> Int {
        try count(
            """
            SELECT COUNT(*) FROM session JOIN portal_user ON portal_user.id = session.user_id
            WHERE portal_user.broker_id = \(broker) AND expires_at > \(now)
            """)
    }
}
