import Foundation
import HTTPTypes
import Hummingbird

/// `/oauth2PermissionGrants`. Source: Microsoft Learn, "Create a delegated permission grant" and "Update a delegated
/// permission grant".
struct PermissionGrantRoutes {
    let graph: GraphRoutes

    private var sandbox: MicrosoftSandbox { graph.sandbox }

    func add(to router: Router<SandboxContext>) {
        graph.on(
            "oauth2PermissionGrants", in: router,
            [
                .get: graph.answering(.permissionGrants, GraphPermissions.readGrants, list),
                .post: graph.answering(.permissionGrants, GraphPermissions.changeGrants, create),
            ])
        graph.on(
            "oauth2PermissionGrants/:id", in: router,
            [.patch: graph.answering(.permissionGrants, GraphPermissions.changeGrants, change)])
    }

    private func list(_ call: GraphCall) throws -> GraphAnswer {
        let query = try GraphQuery<PermissionGrant>(call, GraphQuery<PermissionGrant>.ofList)
        return try GraphCollection(
            sandbox: sandbox, call: call, query: query, path: "/oauth2PermissionGrants", name: "oauth2PermissionGrants"
        ).answer(grants(in: call.directory))
    }

    private func create(_ call: GraphCall) throws -> GraphAnswer {
        let type = PermissionGrant.typeName
        let body = try GraphBody(
            call.body, of: type,
            ["clientId", "consentType", "principalId", "resourceId", "scope", "startTime", "expiryTime"])
        let client = try principal(body.requiredText("clientId"), call)
        let target = try principal(body.requiredText("resourceId"), call)
        guard client.resource == nil else { throw GraphFault.invalid("clientId", of: type) }
        guard let resource = target.resource else { throw GraphFault.invalid("resourceId", of: type) }
        let account = try consenter(body, call)
        let scopes = try Self.scopes(body.requiredText("scope"))
        guard grant(for: account, on: resource, call) == nil else {
            throw GraphFault.conflict("Permission entry already exists.")
        }
        try sandbox.store.update {
            $0.consents.replace(scopes, of: resource, tenant: call.directory.id, account: account)
        }
        guard let grant = grant(for: account, on: resource, call) else { throw GraphFault.invalid("scope", of: type) }
        call.context.note.changed("grant \(grant.id) created")
        return .created(
            sandbox.whole(grant, in: "oauth2PermissionGrants", call),
            at: call.link("/oauth2PermissionGrants/\(grant.id)", base: sandbox.configuration.base))
    }

    private func change(_ call: GraphCall) throws -> GraphAnswer {
        let id = call.parameter("id")
        guard let found = grants(in: call.directory).first(where: { $0.id == id }) else {
            throw GraphFault.notFound(id)
        }
        let scope = try GraphBody(call.body, of: PermissionGrant.typeName, ["scope"]).text("scope")
        guard let scope else { throw GraphFault.missing("scope", of: PermissionGrant.typeName) }
        let scopes = try Self.scopes(scope)
        try sandbox.store.update {
            $0.consents.replace(
                scopes, of: found.grant.resource, tenant: call.directory.id, account: found.grant.account)
        }
        call.context.note.changed("grant \(id) changed")
        return .noContent
    }

    private func grant(for account: String?, on resource: Resource, _ call: GraphCall) -> PermissionGrant? {
        grants(in: call.directory).first { $0.grant.account == account && $0.grant.resource == resource }
    }

    private func grants(in directory: Directory) -> [PermissionGrant] {
        let client = DirectoryPrincipal(sandbox.world.application, in: directory.id)
        return sandbox.store.read { $0.consents.grants(tenant: directory.id) }.map { grant in
            PermissionGrant(
                grant: grant, client: client, resource: DirectoryPrincipal(grant.resource, in: directory.id))
        }
    }

    private func principal(_ id: String, _ call: GraphCall) throws(GraphFault) -> DirectoryPrincipal {
        guard let found = sandbox.servicePrincipals(of: call.directory).first(where: { $0.id == id.lowercased() })
        else {
            throw .notFound(id)
        }
        return found
    }

    /// Nil for everybody. Throws 400 where type and user don't go together.
    private func consenter(_ body: GraphBody, _ call: GraphCall) throws(GraphFault) -> String? {
        let id = try body.text("principalId")
        switch (try body.requiredText("consentType"), id) {
        case ("AllPrincipals", nil): return nil
        case ("Principal", let id?):
            guard let user = sandbox.user(id, in: call.directory) else { throw .notFound(id) }
            return user.id
        case ("AllPrincipals", _), ("Principal", _): throw .invalid("principalId", of: PermissionGrant.typeName)
        default: throw .invalid("consentType", of: PermissionGrant.typeName)
        }
    }

    /// Separated by spaces; names only.
    private static func scopes(_ text: String) throws(GraphFault) -> [String] {
        let scopes = text.split(separator: " ").map(String.init)
        let areNames = scopes.allSatisfy {
            $0.count <= 120 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        }
        guard areNames else { throw .invalid("scope", of: PermissionGrant.typeName) }
        return scopes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
