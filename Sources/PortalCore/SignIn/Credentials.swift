import Foundation
import PortalKit

/// What signing in needs to know of a person.
struct Credentials: Sendable {
    let user: User
    let brokerName: String?
    /// Not usable for those who have none: invited, or signing in by single sign-on alone.
    let password: PasswordHash
    let isDisabled: Bool
    /// Whether a password is worth anything for this person at present.
    let mayUsePassword: Bool

    /// What a new password must not be made of.
    var ownWords: [String] { [user.name, user.email, brokerName].compactMap(\.self) }
}

extension DatabaseConnection {
    mutating func credentials(email: String) throws -> Credentials? {
        try credentials("portal_user.email = \(email)")
    }

    mutating func credentials(of user: Key<User>) throws -> Credentials? {
        try credentials("portal_user.id = \(user)")
    }

    private mutating func credentials(_ condition: SQL) throws -> Credentials? {
        let found = try first(
            """
            SELECT portal_user.id, email, portal_user.name, role, portal_user.broker_id, organization_id, is_demo, broker.name,
                   password, portal_user.disabled_at IS NOT NULL OR broker.disabled_at IS NOT NULL
            FROM portal_user LEFT JOIN broker ON broker.id = broker_id WHERE \(condition)
            """
        ) { row in
            let user = try User(
                id: row[0], email: row[1], name: row[2], role: row[3], brokerID: row[4], organizationID: row[5],
                isDemo: row[6])
            return try (user, row[7] as String?, PasswordHash(text: row[8]), row[9] as Bool)
        }
        guard let (user, brokerName, password, isDisabled) = found else { return nil }
        return Credentials(
            user: user, brokerName: brokerName, password: password, isDisabled: isDisabled,
            mayUsePassword: try mayUsePassword(user))
    }

    /// The one judgement whether a person signs in with a password, and gets links that set one: not while the broker
    /// requires single sign-on of its people.
    private mutating func mayUsePassword(_ user: User) throws -> Bool {
        guard let broker = user.brokerID, user.organizationID == nil else { return true }
        return try count(
            """
            SELECT COUNT(*) FROM sso_provider WHERE broker_id = \(broker) AND is_enabled = TRUE AND is_required = TRUE
                AND NOT EXISTS (SELECT 1 FROM sso_pause WHERE sso_pause.broker_id = \(broker))
                AND NOT EXISTS (SELECT 1 FROM sso_suspension WHERE sso_suspension.broker_id = \(broker))
            """) == 0
    }

    mutating func set(_ password: PasswordHash, of user: Key<User>) throws {
        try execute("UPDATE portal_user SET password = \(password.text) WHERE id = \(user)")
    }
}
