import HTTPTypes
import Hummingbird

/// `/security`. Source: Microsoft Learn, "List secureScores" and "List secureScoreControlProfiles". The next page is
/// found by `$skip`.
struct SecurityRoutes {
    let graph: GraphRoutes

    private var sandbox: MicrosoftSandbox { graph.sandbox }
    private var options: Set<GraphQueryOption> { [.select, .filter, .top, .skip, .count, .orderby] }

    func add(to router: Router<SandboxContext>) {
        let permissions = GraphPermissions.readSecurity
        let roles = GraphPermissions.securityRoles
        graph.on(
            "security/secureScores", in: router,
            [.get: graph.answering(.secureScores, permissions, roles: roles, scores)])
        graph.on(
            "security/secureScoreControlProfiles", in: router,
            [.get: graph.answering(.secureScores, permissions, roles: roles, profiles)])
    }

    private func scores(_ call: GraphCall) throws -> GraphAnswer {
        try list(sandbox.secureScores(of: call.directory), call, "secureScores")
    }

    private func profiles(_ call: GraphCall) throws -> GraphAnswer {
        try list(
            SecureScoreControl.all.map { SecureScoreControlProfile(control: $0, tenantID: call.directory.id) }, call,
            "secureScoreControlProfiles")
    }

    private func list<Object: GraphObject>(_ objects: [Object], _ call: GraphCall, _ name: String) throws -> GraphAnswer
    {
        let query = try GraphQuery<Object>(call, options)
        return try GraphCollection(
            sandbox: sandbox, call: call, query: query, path: "/security/\(name)", name: "security/\(name)",
            usesSkip: true
        ).answer(objects)
    }
}
