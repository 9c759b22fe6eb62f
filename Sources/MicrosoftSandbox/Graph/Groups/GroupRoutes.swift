import Foundation
import HTTPTypes
import Hummingbird

/// `/groups`. Source: Microsoft Learn, "Create group", "Add members" and "Remove member".
struct GroupRoutes {
    let graph: GraphRoutes

    private var sandbox: MicrosoftSandbox { graph.sandbox }

    func add(to router: Router<SandboxContext>) {
        graph.on(
            "groups", in: router,
            [
                .get: graph.answering(.groups, GraphPermissions.readGroups, list),
                .post: graph.answering(.groups, GraphPermissions.createGroups, create),
            ])
        graph.on(
            "groups/:id", in: router,
            [
                .get: graph.answering(.groups, GraphPermissions.readGroups, one),
                .patch: graph.answering(.groups, GraphPermissions.changeMembers, change),
            ])
        graph.on(
            "groups/:id/members", in: router,
            [.get: graph.answering(.members, GraphPermissions.readGroups, members)])
        graph.on(
            "groups/:id/members/$ref", in: router,
            [.post: graph.answering(.members, GraphPermissions.changeMembers, addMember)])
        graph.on(
            "groups/:id/members/:member/$ref", in: router,
            [.delete: graph.answering(.members, GraphPermissions.changeMembers, removeMember)])
    }

    private func list(_ call: GraphCall) throws -> GraphAnswer {
        let query = try GraphQuery<DirectoryGroup>(call, GraphQuery<DirectoryGroup>.ofList)
        return try GraphCollection(sandbox: sandbox, call: call, query: query, path: "/groups", name: "groups").answer(
            sandbox.groups(of: call.directory))
    }

    private func one(_ call: GraphCall) throws -> GraphAnswer {
        GraphAnswer(json: try sandbox.entity(try group(call), in: "groups", call))
    }

    private func members(_ call: GraphCall) throws -> GraphAnswer {
        let group = try group(call)
        let options: Set<GraphQueryOption> = [.select, .filter, .orderby, .top, .count, .skiptoken]
        let query = try GraphQuery<DirectoryUser>(call, options)
        return try GraphCollection(
            sandbox: sandbox, call: call, query: query, path: "/groups/\(group.id)/members", name: "directoryObjects",
            isTyped: true
        ).answer(sandbox.members(of: group, in: call.directory))
    }

    private func create(_ call: GraphCall) throws -> GraphAnswer {
        let request = try GroupRequest(call.body, isNew: true)
        let group = request.newGroup(in: call.directory, at: sandbox.now)
        let members = try users(request.members, call)
        try sandbox.store.update { state in
            state.directories.groups.append(group)
            for user in members { state.directories.memberships[group.id, default: MembershipEdit()].add(user.id) }
        }
        call.context.note.changed("group \(group.id) created")
        return .created(
            sandbox.whole(group, in: "groups", call),
            at: call.link("/groups/\(group.id)", base: sandbox.configuration.base))
    }

    private func change(_ call: GraphCall) throws -> GraphAnswer {
        let request = try GroupRequest(call.body, isNew: false)
        let changed = request.changed(try group(call))
        if request.changesGroup, !GraphPermissions.changeGroups.contains(where: call.token.permits) {
            throw GraphFault.denied
        }
        try join(changed, try users(request.members, call), call)
        guard request.changesGroup else { return .noContent }
        try sandbox.store.update { state in
            state.directories.groups.removeAll { $0.id == changed.id }
            state.directories.groups.append(changed)
        }
        call.context.note.changed("group \(changed.id) changed")
        return .noContent
    }

    private func addMember(_ call: GraphCall) throws -> GraphAnswer {
        let group = try group(call)
        let body = try GraphBody(call.body, of: "microsoft.graph.directoryObject", ["@odata.id"])
        try join(group, try users([body.requiredText("@odata.id")], call), call)
        return .noContent
    }

    private func removeMember(_ call: GraphCall) throws -> GraphAnswer {
        let group = try group(call)
        let id = call.parameter("member").lowercased()
        guard UUID(uuidString: id) != nil else { throw GraphFault.invalidID(id) }
        guard sandbox.members(of: group, in: call.directory).contains(where: { $0.id == id }) else {
            throw GraphFault.notFound(id)
        }
        try sandbox.store.update { $0.directories.memberships[group.id, default: MembershipEdit()].remove(id) }
        call.context.note.changed("member \(id) removed from group \(group.id)")
        return .noContent
    }

    /// All or nobody.
    private func join(_ group: DirectoryGroup, _ users: [DirectoryUser], _ call: GraphCall) throws {
        let members = Set(sandbox.members(of: group, in: call.directory).map(\.id))
        guard members.isDisjoint(with: users.map(\.id)) else { throw GraphFault.memberExists }
        guard !users.isEmpty else { return }
        try sandbox.store.update { state in
            for user in users { state.directories.memberships[group.id, default: MembershipEdit()].add(user.id) }
        }
        for user in users { call.context.note.changed("member \(user.id) added to group \(group.id)") }
    }

    private func group(_ call: GraphCall) throws(GraphFault) -> DirectoryGroup {
        let id = call.parameter("id")
        guard UUID(uuidString: id) != nil else { throw .invalidID(id) }
        guard let group = sandbox.group(id, in: call.directory) else { throw .notFound(id) }
        return group
    }

    /// Each once. Throws 400 for what is no reference, and 404 for what isn't in the directory.
    private func users(_ references: [String], _ call: GraphCall) throws(GraphFault) -> [DirectoryUser] {
        var users: [DirectoryUser] = []
        for reference in references {
            let id = try MemberReference(reference, base: sandbox.configuration.base).id
            guard let user = sandbox.user(id, in: call.directory) else { throw .notFound(id) }
            guard !users.contains(where: { $0.id == user.id }) else { throw .memberExists }
            users.append(user)
        }
        return users
    }
}
