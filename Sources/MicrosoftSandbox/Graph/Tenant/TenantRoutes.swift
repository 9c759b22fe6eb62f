import HTTPTypes
import Hummingbird

/// What a tenant is and has: `/organization`, `/domains`, `/subscribedSkus`. Source: Microsoft Learn, "List
/// organizations", "List domains" and "List subscribedSkus".
struct TenantRoutes {
    let graph: GraphRoutes

    private var sandbox: MicrosoftSandbox { graph.sandbox }

    func add(to router: Router<SandboxContext>) {
        graph.on(
            "organization", in: router,
            [.get: graph.answering(.organization, GraphPermissions.readOrganization, organization)])
        graph.on(
            "organization/:id", in: router,
            [.get: graph.answering(.organization, GraphPermissions.readOrganization, organizationByID)])
        graph.on(
            "domains", in: router, [.get: graph.answering(.organization, GraphPermissions.readDomains, domains)])
        graph.on(
            "subscribedSkus", in: router,
            [.get: graph.answering(.subscribedSkus, GraphPermissions.readLicences, subscribedSKUs)])
    }

    private func organization(_ call: GraphCall) throws -> GraphAnswer {
        try list([organization(of: call.directory)], call, "organization")
    }

    private func organizationByID(_ call: GraphCall) throws -> GraphAnswer {
        let id = call.parameter("id").lowercased()
        guard id == call.directory.id else { throw GraphFault.notFound(id) }
        return GraphAnswer(json: try sandbox.entity(organization(of: call.directory), in: "organization", call))
    }

    private func organization(of directory: Directory) -> Organization {
        Organization(directory: directory, licences: directory.customer.map(sandbox.licences) ?? [])
    }

    private func domains(_ call: GraphCall) throws -> GraphAnswer {
        try list(TenantDomain.all(of: call.directory), call, "domains")
    }

    /// A partner's own directory has none here.
    private func subscribedSKUs(_ call: GraphCall) throws -> GraphAnswer {
        let skus = call.directory.customer.map { customer in
            sandbox.licences(of: customer).map { SubscribedSKU(licence: $0, customer: customer) }
        }
        return try list(skus ?? [], call, "subscribedSkus")
    }

    /// Without pages.
    private func list<Object: GraphObject>(_ objects: [Object], _ call: GraphCall, _ name: String) throws -> GraphAnswer
    {
        let query = try GraphQuery<Object>(call, [.select])
        return try GraphCollection(
            sandbox: sandbox, call: call, query: query, path: "/\(name)", name: name, usualPage: .max / 2
        ).answer(objects)
    }
}
