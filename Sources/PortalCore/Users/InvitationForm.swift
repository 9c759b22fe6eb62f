import Foundation
import PortalKit

/// Whom somebody invites, as the form says it. What the form has no field for, nobody can send along.
struct InvitationForm: Sendable {
    let realm: Role.Realm
    /// As typed.
    let fields: [String: String]
    var problems: [String: String] = [:]

    /// What comes of it when nothing is wrong.
    struct Invitation: Sendable {
        let user: User
        let broker: Broker?
        let limits: [Organization]
    }

    /// Reads the form for this visitor, in the transaction that will store it.
    ///
    /// - Returns: `nil` when ``problems`` says what is wrong.
    mutating func read(for visit: Visit, _ db: inout DatabaseConnection) throws -> Invitation? {
        let name = (fields["name"] ?? "").plainLine
        if name.isEmpty || name.count > 100 { problems["name"] = "Type a name of at most 100 characters." }
        let email = EmailAddress(typed: fields["email"] ?? "")
        if let email {
            if try db.count("SELECT COUNT(*) FROM portal_user WHERE email = \(email.text)") > 0 {
                problems["email"] =
                    "This address can't be invited. Look whether the person is among your users already, or use another address."
            }
        } else {
            problems["email"] = "Type an e-mail address, like name@example.com."
        }
        let role = Role(rawValue: fields["role"] ?? "")
        guard let role, role.realm == realm, visit.user.role.grants.contains(role) else {
            problems["role"] = "Choose one of the roles."
            return nil
        }
        let (broker, organization) = try place(for: visit, &db)
        var limits: [Organization] = []
        if realm == .broker, visit.session.broker != nil {
            limits = try readLimits(role, visit, &db)
        }
        guard let email, problems.isEmpty else { return nil }
        let user = User(
            id: .new(), email: email.text, name: name, role: role, brokerID: broker?.id, organizationID: organization)
        return Invitation(user: user, broker: broker, limits: limits)
    }

    /// The broker and the organization of the new person: the visitor's own, where the visitor has one.
    private mutating func place(for visit: Visit, _ db: inout DatabaseConnection) throws -> (
        Broker?, Key<Organization>?
    ) {
        guard realm != .portal else { return (nil, nil) }
        guard let own = visit.session.broker else {
            let broker = try db.broker(Key(fields["broker"] ?? ""))
            if broker == nil { problems["broker"] = "Choose the broker." }
            return (broker, nil)
        }
        guard realm == .organization else { return (own, nil) }
        if let organization = visit.user.organizationID { return (own, organization) }
        let organization = try db.organization(Key(fields["organization"] ?? ""), of: visit.scope)
        if organization == nil { problems["organization"] = "Choose the organization." }
        return (own, organization?.id)
    }

    private mutating func readLimits(_ role: Role, _ visit: Visit, _ db: inout DatabaseConnection) throws
        -> [Organization]
    {
        guard role.canBeLimited || !LimitsForm.isLimited(fields) else {
            problems[LimitsForm.reach] = PersonRefusal.cannotBeLimited(role).text
            return []
        }
        do {
            return try LimitsForm.read(fields, in: visit.scope, &db)
        } catch let problem as FieldProblem {
            problems["organizations"] = problem.message
            return []
        }
    }
}
