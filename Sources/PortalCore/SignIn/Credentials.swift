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
    mutating func credentials(email: String, now: Date) throws -> Credentials? {
        try credentials("portal_user.email = \(email)", now)
    }

    mutating func credentials(of user: Key<User>, now: Date) throws -> Credentials? {
        try credentials("portal_user.id = \(user)", now)
    }

    private mutating func credentials(_ condition: SQL, _ now: Date) throws -> Credentials? {
        try first(
            """
            SELECT portal_user.id, email, portal_user.name, role, portal_user.broker_id, organization_id, is_demo, broker.name,
                   password, portal_user.disabled_at IS NOT NULL OR broker.disabled_at IS NOT NULL,
                   \(SQL.mayUsePassword(now: now))
            FROM portal_user LEFT JOIN broker ON broker.id = broker_id WHERE \(condition)
            """
        ) { row in
            let user = try User(
                id: row[0], email: row[1], name: row[2], role: row[3], brokerID: row[4], organizationID: row[5],
                isDemo: row[6])
            return try Credentials(
                user: user, brokerName: row[7], password: PasswordHash(text: row[8]), isDisabled: row[9],
                mayUsePassword: row[10])
        }
    }

    mutating func set(_ password: PasswordHash, of user: Key<User>) throws {
        try execute("UPDATE portal_user SET password = \(password.text) WHERE id = \(user)")
    }
}
