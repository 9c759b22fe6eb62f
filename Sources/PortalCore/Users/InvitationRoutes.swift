import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

/// Inviting people: a row without a password, and a link that gives its holder one.
enum InvitationRoutes {
    /// So many organizations stand in a form to choose from; a search above it finds the others.
    static let offered = 50

    static func add(to routes: inout RouteTable) {
        routes.get("/users/new", .manageUsers, page)
        routes.post("/users", .manageUsers, needs: [.recentProof], invite)
    }

    private static func page(_ visit: Visit) throws -> Response {
        var fields: [String: String] = [:]
        for name in ["organization", "broker"] { fields[name] = visit.query(name) }
        let realm = visit.realm(visit.query("for"))
        return try show(visit, InvitationForm(realm: realm, fields: fields))
    }

    private static func invite(_ visit: Visit) throws -> Response {
        let sent = InvitationForm(realm: visit.realm(visit.form["for"] ?? ""), fields: visit.form)
        let (form, made) = try visit.portal.database.write {
            db -> (InvitationForm, (user: Key<User>, link: FreshLink)?) in
            var form = sent
            guard let invitation = try form.read(for: visit, &db) else { return (form, nil) }
            let user = invitation.user
            try db.insert(user, password: nil, at: visit.now)
            if let broker = invitation.broker {
                try db.setLimits(of: user.id, broker.id, to: invitation.limits.map(\.id))
            }
            let link = try db.send(
                .invitation, to: user, of: invitation.broker, by: visit.user, visit.portal, at: visit.now)
            var line = visit.auditLine("user.invite", "user:\(user.id)", ["user": user.email])
            line.brokerID = user.brokerID
            line.after = ["role": user.role.rawValue]
            if !invitation.limits.isEmpty { line.after["organizations"] = invitation.limits.words }
            if let organization = user.organizationID { line.after["organization id"] = organization.rawValue }
            try db.audit(line, at: visit.now)
            return (form, (user: user.id, link: link))
        }
        if let made { return .seeOther(try visit.path("/users/\(made.user)", showing: made.link, .userInvited)) }
        return try show(visit, form)
    }

    private static func show(_ visit: Visit, _ form: InvitationForm) throws -> Response {
        let search = visit.query("q")
        let page = try visit.portal.database.read { db -> InvitationPage in
            var organizations: [Organization] = []
            var count = 0
            if visit.may(.seeOrganizations), form.realm != .portal {
                let scope = try visit.scope
                organizations = try db.organizations(of: scope, like: search, limit: offered)
                count = try db.countOrganizations(of: scope, like: search)
                let named =
                    [form.fields["organization"] ?? ""]
                    + form.fields.keys.filter { $0.hasPrefix(LimitsForm.field("")) }
                    .map { String($0.dropFirst(LimitsForm.field("").count)) }
                for id in named where !organizations.contains(where: { $0.id.rawValue == id }) {
                    if let organization = try db.organization(Key(id), of: scope) {
                        organizations.insert(organization, at: 0)
                    }
                }
            }
            return InvitationPage(
                visit: visit, form: form, search: search, organizations: organizations, countOrganizations: count,
                brokers: visit.session.broker == nil ? try db.brokerNames() : [])
        }
        var frame = visit.frame(
            "Invite somebody", "The person gets a link that works once, within 24 hours.",
            above: [(title: "Users", path: "/users")])
        frame.hasErrors = !form.problems.isEmpty
        return visit.show(frame, status: form.problems.isEmpty ? .ok : .unprocessableContent, page.content)
    }
}

extension Visit {
    /// The kinds of people that this person invites, the usual one first.
    var realms: [Role.Realm] {
        let all = Role.Realm.allCases.filter { realm in user.role.grants.contains { $0.realm == realm } }
        // A customer's people are invited by their own broker, which knows the organization.
        return session.broker == nil ? all.filter { $0 != .organization } : all
    }

    fileprivate func realm(_ text: String) -> Role.Realm {
        let realms = realms
        return Role.Realm(rawValue: text).flatMap { realms.contains($0) ? $0 : nil } ?? realms[0]
    }
}
