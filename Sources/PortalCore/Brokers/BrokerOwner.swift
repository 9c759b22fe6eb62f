import Foundation
import PortalKit

/// An owner of a broker, and how the invitation stands.
struct BrokerOwner: Sendable {
    let id: Key<User>
    let email: String
    let name: String
    let isDisabled: Bool
    let hasAccepted: Bool
    /// Of the link that is out, if there is one.
    let linkUntil: Date?

    enum State: Sendable {
        case active
        case invited(until: Date)
        case linkExpired, disabled
    }

    func state(now: Date) -> State {
        if isDisabled { return .disabled }
        if hasAccepted { return .active }
        if let linkUntil, linkUntil > now { return .invited(until: linkUntil) }
        return .linkExpired
    }
}

extension DatabaseConnection {
    mutating func owners(of broker: Key<Broker>) throws -> [BrokerOwner] {
        try query(
            """
            SELECT id, email, name, disabled_at IS NOT NULL, password <> '' OR signed_in_at IS NOT NULL,
                (SELECT MAX(expires_at) FROM one_time_link
                 WHERE user_id = portal_user.id AND purpose = \(OneTimeLink.Purpose.invitation))
            FROM portal_user WHERE broker_id = \(broker) AND role = \(Role.brokerOwner) ORDER BY created_at, id
            """
        ) { row in
            try BrokerOwner(
                id: row[0], email: row[1], name: row[2], isDisabled: row[3], hasAccepted: row[4], linkUntil: row[5])
        }
    }

    mutating func isAddressTaken(_ email: String) throws -> Bool {
        try count("SELECT COUNT(*) FROM portal_user WHERE email = \(email)") > 0
    }

    /// Takes back an invitation that nobody has accepted, with the account that was made for it.
    ///
    /// - Returns: whether it was still open.
    mutating func withdrawInvitation(of user: Key<User>, broker: Key<Broker>) throws -> Bool {
        let open = try count(
            """
            SELECT COUNT(*) FROM portal_user WHERE id = \(user) AND broker_id = \(broker) AND role = \(Role.brokerOwner)
                AND password = '' AND signed_in_at IS NULL
            """)
        guard open == 1 else { return false }
        try execute("DELETE FROM one_time_link WHERE user_id = \(user)")
        try execute("DELETE FROM user_group_member WHERE user_id = \(user)")
        return try execute("DELETE FROM portal_user WHERE id = \(user)") == 1
    }
}
