import HTTPTypes
import Hummingbird

/// `/users` and `/me`. Source: Microsoft Learn, "List users", "Get a user" and "List a user's direct memberships".
struct UserRoutes {
    let graph: GraphRoutes

    private var sandbox: MicrosoftSandbox { graph.sandbox }

    func add(to router: Router<SandboxContext>) {
        graph.on("me", in: router, [.get: graph.answering(.me, GraphPermissions.readOneself, me)])
        graph.on("users", in: router, [.get: graph.answering(.users, GraphPermissions.readUsers, list)])
        graph.on("users/delta", in: router, [.get: graph.answering(.usersDelta, GraphPermissions.readUsers, delta)])
        graph.on("users/:id", in: router, [.get: graph.answering(.users, GraphPermissions.readOneself, one)])
        graph.on(
            "users/:id/memberOf", in: router, [.get: graph.answering(.users, GraphPermissions.readOneself, memberOf)])
    }

    private func list(_ call: GraphCall) throws -> GraphAnswer {
        try refuseGuests(call)
        let query = try GraphQuery<DirectoryUser>(call, GraphQuery<DirectoryUser>.ofList)
        return try GraphCollection(sandbox: sandbox, call: call, query: query, path: "/users", name: "users").answer(
            sandbox.users(of: call.directory))
    }

    private func delta(_ call: GraphCall) throws -> GraphAnswer {
        try refuseGuests(call)
        return try UserDelta(sandbox: sandbox, call: call).answer()
    }

    private func me(_ call: GraphCall) throws -> GraphAnswer {
        guard !call.token.isAppOnly else { throw GraphFault.meWithoutUser }
        guard let user = sandbox.user(call.token.oid, in: call.directory) else {
            throw GraphFault.notFound(call.token.oid)
        }
        return GraphAnswer(json: try sandbox.entity(user, in: "users", call))
    }

    private func one(_ call: GraphCall) throws -> GraphAnswer {
        GraphAnswer(json: try sandbox.entity(try user(call), in: "users", call))
    }

    private func memberOf(_ call: GraphCall) throws -> GraphAnswer {
        let user = try user(call)
        let options: Set<GraphQueryOption> = [.select, .filter, .orderby, .top, .count, .skiptoken]
        let query = try GraphQuery<DirectoryMembership>(call, options)
        let path = "/users/\(call.parameter("id").percentEncoded)/memberOf"
        return try GraphCollection(
            sandbox: sandbox, call: call, query: query, path: path, name: "directoryObjects", isTyped: true
        ).answer(sandbox.memberships(of: user, in: call.directory))
    }

    /// 404 for nobody, and 403 for another where the token reads its owner only.
    private func user(_ call: GraphCall) throws(GraphFault) -> DirectoryUser {
        let name = call.parameter("id")
        let readsOthers = GraphPermissions.readUsers.contains(where: call.token.permits)
        guard let user = sandbox.user(name, in: call.directory) else {
            throw readsOthers ? .notFound(name) : .denied
        }
        guard readsOthers || user.id == call.token.oid else { throw .denied }
        return user
    }

    /// Guests read nobody's list.
    private func refuseGuests(_ call: GraphCall) throws(GraphFault) {
        guard !call.token.isAppOnly, let user = sandbox.user(call.token.oid, in: call.directory) else { return }
        if user.isInvited, user.userType == .Guest { throw .denied }
    }
}
