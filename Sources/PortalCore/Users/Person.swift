import Foundation
import PortalKit

/// A person as those see it who look after people.
struct Person: Sendable {
    let user: User
    let createdAt: Date
    let disabledAt: Date?
    let signedInAt: Date?
    let hasSecondFactor: Bool
    /// Whether there is a password, or an identity of the broker's single sign-on.
    let hasWayIn: Bool
    let brokerName: String?
    let organizationName: String?

    enum State: String, Sendable, CaseIterable {
        /// Has never signed in, and has nothing yet to sign in with.
        case invited
        case active, disabled
    }

    var state: State {
        if disabledAt != nil { return .disabled }
        return hasWayIn || signedInAt != nil ? .active : .invited
    }

    /// Whether the row can go without leaving a hole: nothing was ever done by this person.
    var canBeDeleted: Bool { !hasWayIn && signedInAt == nil }

    var path: String { "/users/\(user.id)" }
}

extension Person {
    static let wayIn: SQL = """
        (password <> '' OR EXISTS (SELECT 1 FROM sso_identity WHERE sso_identity.user_id = portal_user.id))
        """

    static let selection: SQL = """
        SELECT portal_user.id, email, portal_user.name, role, portal_user.broker_id, portal_user.organization_id, is_demo,
               portal_user.created_at, portal_user.disabled_at, signed_in_at, totp IS NOT NULL, \(wayIn), broker.name,
               organization.name
        FROM portal_user LEFT JOIN broker ON broker.id = portal_user.broker_id
        LEFT JOIN organization ON organization.id = portal_user.organization_id
        """

    init(row: Row) throws {
        user = try User(
            id: row[0], email: row[1], name: row[2], role: row[3], brokerID: row[4], organizationID: row[5],
            isDemo: row[6])
        createdAt = try row[7]
        disabledAt = try row[8]
        signedInAt = try row[9]
        hasSecondFactor = try row[10]
        hasWayIn = try row[11]
        brokerName = try row[12]
        organizationName = try row[13]
    }
}
