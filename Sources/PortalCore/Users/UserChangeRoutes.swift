import Foundation
import Hummingbird
import PortalKit

/// What is changed of a person by those who look after it. Each takes effect with that person's next request.
enum UserChangeRoutes {
    static func add(to routes: inout RouteTable) {
        routes.post("/users/:user/role", .manageUsers, needs: [.recentProof], changeRole)
        routes.post("/users/:user/limits", .manageGroups, needs: [.recentProof], changeLimits)
        routes.post("/users/:user/groups", .manageGroups, needs: [.recentProof], changeGroups)
        routes.post("/users/:user/invitation", .manageUsers, needs: [.recentProof], sendInvitation)
        routes.post("/users/:user/password-reset", .manageUsers, needs: [.recentProof], sendPasswordReset)
        routes.post("/users/:user/second-factor-reset", .manageUsers, needs: [.recentProof], resetSecondFactor)
        routes.post("/users/:user/signing-out", .manageUsers, endSessions)
        routes.post("/users/:user/disabling", .manageUsers, needs: [.recentProof], disable)
        routes.post("/users/:user/enabling", .manageUsers, needs: [.recentProof], enable)
        routes.get("/users/:user/removal", .manageUsers, removalPreview)
        routes.post("/users/:user/removal", .manageUsers, needs: [.recentProof], delete)
    }

    private static func changeRole(_ visit: Visit) throws -> Response {
        try visit.change(.userRoleChanged) { person, db in
            guard let role = Role(rawValue: visit.form["role"] ?? ""), visit.user.role.grants.contains(role),
                role.realm == person.user.role.realm
            else { throw FieldProblem("Choose one of the roles.") }
            guard role != person.user.role else { throw FieldProblem("This is the person's role already.") }
            var line = visit.auditLine("user.role.change", person)
            line.before = ["role": person.user.role.rawValue]
            line.after = ["role": role.rawValue]
            try db.keepingSomebodyInCharge(of: person.user.brokerID) { try $0.setRole(of: person.user.id, to: role) }
            // Where the new role needs a second factor, the person sets it up at the next sign-in.
            if role.needsSecondFactor && !person.hasSecondFactor && !person.user.isDemo {
                try db.endSessions(of: person.user.id)
            }
            try db.audit(line, at: visit.now)
        }
    }

    private static func changeLimits(_ visit: Visit) throws -> Response {
        let scope = try visit.scope
        return try visit.change(.userLimitsChanged) { person, db in
            let role = person.user.role
            guard role.canBeLimited || !LimitsForm.isLimited(visit.form) else {
                throw PersonRefusal.cannotBeLimited(role)
            }
            let organizations = try LimitsForm.read(visit.form, in: scope, &db)
            var line = visit.auditLine("user.limits.change", person)
            line.before = ["organizations": try db.limits(of: person.user.id).words]
            line.after = ["organizations": organizations.words]
            try db.setLimits(of: person.user.id, scope.brokerID, to: organizations.map(\.id))
            try db.audit(line, at: visit.now)
        }
    }

    private static func changeGroups(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        return try visit.change(.userGroupsChanged) { person, db in
            guard person.user.role.realm == .broker else { throw PersonRefusal.isOfCustomer }
            let all = try db.groups(of: broker.id)
            let before = try db.memberships(of: person.user.id)
            let after = Set(all.map(\.id).filter { visit.form["group-\($0)"] == "on" })
            var line = visit.auditLine("user.groups.change", person)
            line.before = ["groups": all.filter { before.contains($0.id) }.words]
            line.after = ["groups": all.filter { after.contains($0.id) }.words]
            for group in before.subtracting(after) { try db.remove(person.user.id, from: group) }
            for group in after.subtracting(before) { try db.add(person.user.id, to: group, of: broker.id) }
            try db.audit(line, at: visit.now)
        }
    }

    private static func sendInvitation(_ visit: Visit) throws -> Response {
        try visit.sendLink("user.invitation.send") { person in
            guard person.state == .invited else { throw PersonRefusal.hasSignedIn }
            return .invitation
        }
    }

    private static func sendPasswordReset(_ visit: Visit) throws -> Response {
        try visit.sendLink("user.password-reset.send") { person in
            guard person.state == .active else { throw PersonRefusal.isInvited }
            return .passwordReset
        }
    }

    private static func resetSecondFactor(_ visit: Visit) throws -> Response {
        try visit.change(.secondFactorReset) { person, db in
            let line = visit.auditLine("user.second-factor.clear", person)
            try db.clearSecondFactor(of: person.user, as: line, visit.portal.vault, at: visit.now)
        }
    }

    private static func endSessions(_ visit: Visit) throws -> Response {
        try visit.change(.userSignedOut) { person, db in
            var line = visit.auditLine("user.sessions.end", person)
            line.detail["sessions"] = "\(try db.endSessions(of: person.user.id))"
            try db.audit(line, at: visit.now)
        }
    }

    private static func disable(_ visit: Visit) throws -> Response {
        try visit.change(.userDisabled) { person, db in
            guard person.state != .disabled else { throw PersonRefusal.isDisabled }
            try db.keepingSomebodyInCharge(of: person.user.brokerID) { db in
                try db.disable(person.user.id, at: visit.now)
            }
            try db.audit(visit.auditLine("user.disable", person), at: visit.now)
        }
    }

    private static func enable(_ visit: Visit) throws -> Response {
        try visit.change(.userEnabled) { person, db in
            guard person.state == .disabled else { throw PersonRefusal.isNotDisabled }
            try db.enable(person.user.id)
            try db.audit(visit.auditLine("user.enable", person), at: visit.now)
        }
    }

    /// Of somebody who has something to sign in with, the page says what to do instead.
    private static func removalPreview(_ visit: Visit) throws -> Response {
        let people = visit.people
        let found = try visit.portal.database.read { db in
            try db.person(visit.parameter("user"), in: people).map { person in
                (
                    person: person, memberships: try db.memberships(of: person.user.id).count,
                    link: try db.invitationEnd(of: person.user.id, now: visit.now)
                )
            }
        }
        guard let found, visit.looksAfter(found.person) else { throw PageError.notFound }
        guard found.person.canBeDeleted else { return .seeOther(found.person.path) }
        let name = found.person.user.name
        let frame = visit.frame(
            "Withdraw the invitation of \(name)",
            above: [(title: "Users", path: "/users"), (title: name, path: found.person.path)])
        return visit.show(
            frame,
            withdrawalPage(
                name, found.person.user.email, memberships: found.memberships, linkUntil: found.link,
                form: FormPage(
                    action: "\(found.person.path)/removal", csrfToken: visit.session.formToken, fields: [],
                    submit: "Withdraw the invitation", cancel: (title: "Keep it", path: found.person.path),
                    style: .danger), now: visit.now))
    }

    private static func delete(_ visit: Visit) throws -> Response {
        try visit.change(.userDeleted) { person, db in
            guard person.canBeDeleted else { throw PersonRefusal.hasSignedIn }
            try db.delete(person.user.id)
            try db.audit(visit.auditLine("user.delete", person), at: visit.now)
        }
    }
}

extension Visit {
    /// An audit line about a person, in the audit of that person's broker.
    func auditLine(_ action: String, _ person: Person) -> AuditLine {
        var line = auditLine(action, "user:\(person.user.id)", ["user": person.user.email])
        line.brokerID = person.user.brokerID
        return line
    }

    /// One change of one person, as a whole or not at all; `change` sees the person as it is in the same transaction.
    ///
    /// A refusal comes back as the person's page with its reason, and is audited too.
    fileprivate func change(
        _ done: Done, to path: (() throws -> String?)? = nil,
        _ change: (Person, inout DatabaseConnection) throws -> Void
    ) throws -> Response {
        let id: Key<User> = parameter("user")
        let people = people
        do {
            try portal.database.write { db in
                guard let person = try db.person(id, in: people) else { throw PageError.notFound }
                guard id != user.id else { throw PersonRefusal.oneself }
                guard looksAfter(person) else { throw PageError.notFound }
                try change(person, &db)
            }
        } catch let problem as FieldProblem {
            let field = done == .userRoleChanged ? "role" : "organizations"
            return try showPerson(id, problem: UserPage.Problem(field: field, text: problem.message))
        } catch let refusal as PersonRefusal {
            try portal.database.write { db in
                guard let person = try db.person(id, in: people) else { return }
                var line = auditLine("user.change", person)
                line.outcome = .refused
                line.detail["reason"] = refusal.text
                try db.audit(line, at: now)
            }
            return try showPerson(id, problem: UserPage.Problem(text: refusal.text))
        }
        if let path = try path?() { return .seeOther(path) }
        return .seeOther("/users\(done == .userDeleted ? "" : "/\(id)")?done=\(done.rawValue)")
    }

    /// - Parameter purpose: which link the person gets, or why none.
    fileprivate func sendLink(_ action: String, _ purpose: (Person) throws -> OneTimeLink.Purpose) throws -> Response {
        let id: Key<User> = parameter("user")
        var made: FreshLink?
        return try change(.linkMade, to: { try made.map { try path("/users/\(id)", showing: $0, .linkMade) } }) {
            person, db in
            guard person.state != .disabled else { throw PersonRefusal.isDisabled }
            var broker: Broker?
            if let id = person.user.brokerID { broker = try db.broker(id) }
            made = try db.send(try purpose(person), to: person.user, of: broker, by: user, portal, at: now)
            try db.audit(auditLine(action, person), at: now)
        }
    }
}

extension [Organization] {
    /// For audit lines; none is all.
    var words: String { isEmpty ? "all" : map(\.name).joined(separator: ", ") }
}

extension [UserGroup] {
    fileprivate var words: String { isEmpty ? "none" : map(\.name).joined(separator: ", ") }
}
