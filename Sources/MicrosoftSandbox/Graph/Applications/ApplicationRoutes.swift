import Foundation
import HTTPTypes
import Hummingbird

/// `/servicePrincipals`. Source: Microsoft Learn, "Create servicePrincipal", "Get servicePrincipal" and "Grant an
/// appRoleAssignment to a service principal".
struct ApplicationRoutes {
    let graph: GraphRoutes

    private var sandbox: MicrosoftSandbox { graph.sandbox }

    func add(to router: Router<SandboxContext>) {
        let read = GraphPermissions.readApplications
        graph.on(
            "servicePrincipals", in: router,
            [
                .get: graph.answering(.servicePrincipals, read, list),
                .post: graph.answering(.servicePrincipals, GraphPermissions.createApplications, create),
            ])
        graph.on(
            "servicePrincipals({key}", in: router, [.get: graph.answering(.servicePrincipals, [], oneByApplication)])
        graph.on("servicePrincipals/:id", in: router, [.get: graph.answering(.servicePrincipals, [], one)])
        graph.on(
            "servicePrincipals/:id/appRoleAssignments", in: router,
            [
                .get: graph.answering(.appRoleAssignments, read + GraphPermissions.assignAppRoles, assignments),
                .post: graph.answering(.appRoleAssignments, GraphPermissions.assignAppRoles, assign),
            ])
    }

    private func list(_ call: GraphCall) throws -> GraphAnswer {
        let query = try GraphQuery<DirectoryPrincipal>(call, GraphQuery<DirectoryPrincipal>.ofList)
        return try GraphCollection(
            sandbox: sandbox, call: call, query: query, path: "/servicePrincipals", name: "servicePrincipals"
        ).answer(sandbox.servicePrincipals(of: call.directory))
    }

    private func one(_ call: GraphCall) throws -> GraphAnswer {
        try requireReading(call) { $0.id == call.parameter("id").lowercased() }
        return GraphAnswer(json: try sandbox.entity(try principal(call), in: "servicePrincipals", call))
    }

    /// `servicePrincipals(appId='…')`.
    private func oneByApplication(_ call: GraphCall) throws -> GraphAnswer {
        let key = call.parameter("key")
        try requireReading(call) { key.lowercased() == "appid='\($0.appID)')" }
        guard key.lowercased().hasPrefix("appid='"), key.hasSuffix("')"), key.count > 9 else {
            throw GraphFault.unknownPath
        }
        let appID = key.dropFirst(7).dropLast(2).lowercased()
        guard let principal = sandbox.servicePrincipals(of: call.directory).first(where: { $0.appID == appID }) else {
            throw GraphFault.notFound(appID)
        }
        return GraphAnswer(json: try sandbox.entity(principal, in: "servicePrincipals", call))
    }

    /// "A service principal can retrieve its own application and service principal details without being granted any
    /// application permissions" ("Get servicePrincipal"). Throws 403 for every other one, there or not.
    private func requireReading(_ call: GraphCall, _ isMeant: (DirectoryPrincipal) -> Bool) throws(GraphFault) {
        guard !GraphPermissions.readApplications.contains(where: call.token.permits) else { return }
        let own = DirectoryPrincipal(sandbox.world.application, in: call.directory.id)
        guard call.token.isAppOnly, isMeant(own) else { throw .denied }
    }

    private func create(_ call: GraphCall) throws -> GraphAnswer {
        let names = DirectoryPrincipal.properties.map(\.name)
        let appID = try GraphBody(call.body, of: DirectoryPrincipal.typeName, names).requiredText("appId").lowercased()
        guard !sandbox.servicePrincipals(of: call.directory).contains(where: { $0.appID == appID }) else {
            throw GraphFault.conflict(
                "The service principal cannot be created, updated, or restored because the service principal name "
                    + "\(appID) is already in use.")
        }
        let application = sandbox.world.application
        guard appID == application.id else {
            throw GraphFault.badRequest(
                "The appId '\(appID)' of the service principal does not reference a valid application object.")
        }
        try sandbox.store.update { $0.consents.addPrincipal(tenant: call.directory.id) }
        let principal = DirectoryPrincipal(application, in: call.directory.id)
        call.context.note.changed("service principal \(principal.id) created")
        return created(principal, in: "servicePrincipals", "/servicePrincipals/\(principal.id)", call)
    }

    private func assignments(_ call: GraphCall) throws -> GraphAnswer {
        let principal = try principal(call)
        let query = try GraphQuery<AppRoleAssignment>(call, GraphQuery<AppRoleAssignment>.ofList)
        return try GraphCollection(
            sandbox: sandbox, call: call, query: query, path: "/servicePrincipals/\(principal.id)/appRoleAssignments",
            name: "appRoleAssignments"
        ).answer(assignments(of: principal, in: call.directory))
    }

    private func assign(_ call: GraphCall) throws -> GraphAnswer {
        let principal = try principal(call)
        let names = AppRoleAssignment.properties.map(\.name)
        let body = try GraphBody(call.body, of: AppRoleAssignment.typeName, names)
        let resourceID = try body.requiredText("resourceId").lowercased()
        let roleID = try body.requiredText("appRoleId")
        guard try body.requiredText("principalId").lowercased() == principal.id, principal.resource == nil else {
            throw GraphFault.invalid("principalId", of: AppRoleAssignment.typeName)
        }
        guard let resource = sandbox.servicePrincipals(of: call.directory).first(where: { $0.id == resourceID }) else {
            throw GraphFault.notFound(resourceID)
        }
        guard let permission = resource.resource?.applicationPermission(id: roleID) else {
            throw GraphFault.badRequest(
                "Permission being assigned was not found on application '\(resource.appID)'.")
        }
        guard
            !sandbox.store.read({ $0.consents.applicationPermissions(tenant: call.directory.id) }).contains(permission)
        else { throw GraphFault.badRequest("Permission being assigned already exists on the object.") }
        try sandbox.store.update { $0.consents.add([permission], tenant: call.directory.id) }
        let assignment = AppRoleAssignment(permission: permission, principal: principal, resource: resource)
        call.context.note.changed("application permission \(permission.value) assigned to \(principal.id)")
        let path = "/servicePrincipals/\(principal.id)/appRoleAssignments/\(assignment.id)"
        return created(assignment, in: "appRoleAssignments", path, call)
    }

    private func assignments(of principal: DirectoryPrincipal, in directory: Directory) -> [AppRoleAssignment] {
        guard principal.resource == nil else { return [] }
        return sandbox.store.read { $0.consents.applicationPermissions(tenant: directory.id) }.map { permission in
            AppRoleAssignment(
                permission: permission, principal: principal,
                resource: DirectoryPrincipal(permission.resource, in: directory.id))
        }
    }

    private func principal(_ call: GraphCall) throws(GraphFault) -> DirectoryPrincipal {
        let id = call.parameter("id").lowercased()
        guard UUID(uuidString: id) != nil else { throw .invalidID(id) }
        guard let principal = sandbox.servicePrincipals(of: call.directory).first(where: { $0.id == id }) else {
            throw .notFound(id)
        }
        return principal
    }

    private func created<Object: GraphObject>(
        _ object: Object, in name: String, _ path: String, _ call: GraphCall
    ) -> GraphAnswer {
        .created(sandbox.whole(object, in: name, call), at: call.link(path, base: sandbox.configuration.base))
    }
}
