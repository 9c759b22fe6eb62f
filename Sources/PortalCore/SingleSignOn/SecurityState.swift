import Foundation
import PortalKit

/// What the page of a broker's owners shows.
struct SecurityState: Sendable {
    let sso: SSOState
    let people: [LinkedPerson]
    let isChecking: Bool

    struct LinkedPerson: Sendable {
        let id: Key<User>
        let name: String
        let email: String
        let subject: String
        let linkedAt: Date
        let usedAt: Date
        let usedVersion: Int
    }

    /// Whether the person has just signed in with the settings as they are.
    func isProved(by session: Session, now: Date) -> Bool {
        session.method == .sso
            && people.contains {
                $0.id == session.user.id && $0.usedVersion == sso.provider?.version
                    && $0.usedAt > now - Session.proofLifetime
            }
    }
}

extension Visit {
    func securityState() throws -> SecurityState {
        let broker = try broker
        return try portal.database.read { db in
            try SecurityState(
                sso: db.ssoState(of: broker.id, now: now),
                people: db.query(
                    """
                    SELECT user_id, portal_user.name, email, subject, linked_at, used_at, used_version FROM sso_identity
                    JOIN portal_user ON portal_user.id = sso_identity.user_id
                    WHERE sso_identity.broker_id = \(broker.id) ORDER BY portal_user.name, email LIMIT 500
                    """
                ) { row in
                    try SecurityState.LinkedPerson(
                        id: row[0], name: row[1], email: row[2], subject: row[3], linkedAt: row[4], usedAt: row[5],
                        usedVersion: row[6])
                },
                isChecking: db.unfinishedJob(SSOCheckJob.self, subject: broker.id.rawValue) != nil)
        }
    }
}
