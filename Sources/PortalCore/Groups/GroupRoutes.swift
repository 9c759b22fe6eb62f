import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

/// A broker's groups: a name, a role, and who is in it.
enum GroupRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/groups", .seeGroups, list)
        routes.get("/groups/new", .manageGroups) { try edit($0, nil) }
        routes.post("/groups", .manageGroups, needs: [.recentProof], make)
        routes.get("/groups/:group", .seeGroups) { visit in
            let group = try visit.group()
            return try visit.may(.manageGroups) ? edit(visit, group) : show(visit, group)
        }
        routes.post("/groups/:group", .manageGroups, needs: [.recentProof], change)
        routes.get("/groups/:group/removal", .manageGroups, removalPreview)
        routes.post("/groups/:group/removal", .manageGroups, needs: [.recentProof], remove)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let rows = try visit.portal.database.read { db in
            try db.groups(of: broker.id).map { (group: $0, members: try db.members(of: $0)) }
        }
        var frame = visit.frame("Groups", "A group gives its role to all its members, beside the role of each.")
        frame.primaryAction = when(visit.may(.manageGroups), linkButton("Make a group", path: "/groups/new"))
        return visit.show(frame, groupList(rows, visit.portal.plugins))
    }

    private static func show(_ visit: Visit, _ group: UserGroup) throws -> Response {
        let members = try visit.portal.database.read { try $0.members(of: group) }
        let frame = visit.frame(group.name, above: [(title: "Groups", path: "/groups")])
        return visit.show(frame, groupPage(group, members, visit.portal.plugins))
    }

    /// The form of a group that is there, or of a new one.
    private static func edit(
        _ visit: Visit, _ group: UserGroup?, typed: [String: String]? = nil, problems: [String: String] = [:]
    )
        throws -> Response
    {
        let broker = try visit.broker
        let (people, members) = try visit.portal.database.read { db in
            (try db.colleagues(of: broker.id), Set(try group.map { try db.members(of: $0).map(\.user.id) } ?? []))
        }
        let page = GroupForm(
            group: group, people: people, members: members, typed: typed, problems: problems,
            plugins: visit.portal.plugins,
            csrf: visit.session.formToken)
        var frame = visit.frame(
            group?.name ?? "Make a group", "It gives its role to all its members, beside the role of each.",
            above: [(title: "Groups", path: "/groups")])
        frame.hasErrors = !problems.isEmpty
        return visit.show(frame, status: problems.isEmpty ? .ok : .unprocessableContent, page.content)
    }

    private static func make(_ visit: Visit) throws -> Response {
        try save(visit, nil, .groupMade)
    }

    private static func change(_ visit: Visit) throws -> Response {
        try save(visit, try visit.group(), .groupChanged)
    }

    private static func save(_ visit: Visit, _ old: UserGroup?, _ done: Done) throws -> Response {
        let broker = try visit.broker
        let name = (visit.form["name"] ?? "").plainLine
        let role = Role(rawValue: visit.form["role"] ?? "").flatMap { $0.canBeOfGroup ? $0 : nil }
        let (problems, id) = try visit.portal.database.write { db -> ([String: String], Key<UserGroup>?) in
            var problems: [String: String] = [:]
            if name.isEmpty || name.count > 100 { problems["name"] = "Type a name of at most 100 characters." }
            if try !db.isFree(name, of: broker.id, except: old?.id) {
                problems["name"] = "There is a group of this name."
            }
            if role == nil { problems["role"] = "Choose one of the roles." }
            guard let role, problems.isEmpty else { return (problems, nil) }
            let group = UserGroup(id: old?.id ?? .new(), brokerID: broker.id, name: name, role: role)
            let people = try db.colleagues(of: broker.id)
            let before = try old.map { try db.members(of: $0) } ?? []
            // Nobody makes themselves more than they are; with this right one is it already, and keeps one's place.
            let after = people.filter { person in
                person.user.id == visit.user.id
                    ? before.contains { $0.user.id == person.user.id } : visit.form["person-\(person.user.id)"] == "on"
            }
            if old == nil { try db.insert(group, at: visit.now) } else { try db.update(group) }
            for person in before { try db.remove(person.user.id, from: group.id) }
            for person in after { try db.add(person.user.id, to: group.id, of: broker.id) }
            var line = visit.auditLine(old == nil ? "group.make" : "group.change", "group:\(group.id)")
            if let old { line.before = old.facts(before) }
            line.after = group.facts(after)
            try db.audit(line, at: visit.now)
            return ([:], group.id)
        }
        if let id { return .seeOther("/groups/\(id)?done=\(done.rawValue)") }
        return try edit(visit, old, typed: visit.form, problems: problems)
    }

    private static func removalPreview(_ visit: Visit) throws -> Response {
        let group = try visit.group()
        let members = try visit.portal.database.read { try $0.members(of: group) }
        let frame = visit.frame(
            "Delete \(group.name)",
            above: [(title: "Groups", path: "/groups"), (title: group.name, path: group.path)])
        return visit.show(
            frame, groupRemovalPage(group, members, visit.portal.plugins, csrf: visit.session.formToken))
    }

    private static func remove(_ visit: Visit) throws -> Response {
        let group = try visit.group()
        try visit.portal.database.write { db in
            var line = visit.auditLine("group.delete", "group:\(group.id)")
            line.before = group.facts(try db.members(of: group))
            try db.delete(group.id)
            try db.audit(line, at: visit.now)
        }
        return .seeOther("/groups?done=\(Done.groupDeleted.rawValue)")
    }
}

extension Visit {
    fileprivate func group() throws -> UserGroup {
        let broker = try broker
        guard let group = try portal.database.read({ try $0.group(parameter("group"), of: broker.id) }) else {
            throw PageError.notFound
        }
        return group
    }
}

extension DatabaseConnection {
    /// A broker's own people: its customers' are in no group.
    fileprivate mutating func colleagues(of broker: Key<Broker>) throws -> [Person] {
        try query(
            """
            \(Person.selection) WHERE portal_user.broker_id = \(broker) AND portal_user.organization_id IS NULL
            ORDER BY portal_user.name, portal_user.id
            """, Person.init(row:))
    }
}

extension UserGroup {
    /// For audit lines.
    fileprivate func facts(_ members: [Person]) -> [String: String] {
        ["name": name, "role": role.rawValue, "members": members.map(\.user.email).joined(separator: ", ")]
    }
}
