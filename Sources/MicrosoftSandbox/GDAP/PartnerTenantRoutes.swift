import Foundation
import HTTPTypes
import Hummingbird

/// Which tenants a partner has to do with, and what any tenant is called. Source: Microsoft Learn, "List
/// delegatedAdminCustomers", "List serviceManagementDetails", "tenantRelationship: findTenantInformationByTenantId",
/// "tenantRelationship: findTenantInformationByDomainName" and "List contracts".
struct PartnerTenantRoutes {
    let graph: GraphRoutes

    private static let path = "/tenantRelationships/delegatedAdminCustomers"
    private static let name = "tenantRelationships/delegatedAdminCustomers"
    private static let reading = ["DelegatedAdminRelationship.Read.All", "DelegatedAdminRelationship.ReadWrite.All"]

    func add(to router: Router<SandboxContext>) {
        let path = "tenantRelationships/delegatedAdminCustomers"
        graph.on(path, in: router, [.get: delegated { try list($0) }])
        graph.on("\(path)/:customer", in: router, [.get: delegated { try read($0) }])
        graph.on("\(path)/:customer/serviceManagementDetails", in: router, [.get: delegated { try services($0) }])
        graph.on(
            "tenantRelationships/:function", in: router,
            [.get: graph.answering(.tenantInformation, ["CrossTenantInformation.ReadBasic.All"]) { try find($0) }])
        graph.on(
            "contracts", in: router,
            [
                .get: graph.answering(.contracts, ["Directory.Read.All", "Directory.ReadWrite.All"]) {
                    try contracts($0)
                }
            ])
    }

    private func delegated(
        _ handler: @escaping @Sendable (RelationshipCall) throws -> GraphAnswer
    ) -> GraphRoutes.Responder {
        graph.answering(.delegatedCustomers, Self.reading) {
            try handler(RelationshipCall($0, .delegatedCustomers, graph.sandbox))
        }
    }

    /// With whom a relationship is active, in the order of the first one.
    private func reachable(_ call: RelationshipCall) -> [Customer] {
        let now = call.now
        let ids = graph.sandbox.store.read { state in
            state.partnerships.relationships(of: call.partner.tenantID)
                .filter { $0.isActive(at: now) }.compactMap(\.customerID)
        }
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }.compactMap(call.world.customer)
    }

    private func list(_ call: RelationshipCall) throws -> GraphAnswer {
        try call.list(reachable(call).map(DelegatedCustomerObject.init), at: Self.path, in: Self.name)
    }

    private func customer(_ call: RelationshipCall) throws -> Customer {
        let id = call.graph.parameter("customer").lowercased()
        guard let customer = reachable(call).first(where: { $0.id == id }) else {
            throw GraphFault.relationshipNotFound
        }
        return customer
    }

    private func read(_ call: RelationshipCall) throws -> GraphAnswer {
        try call.answer(DelegatedCustomerObject(customer: customer(call)), in: Self.name)
    }

    private func services(_ call: RelationshipCall) throws -> GraphAnswer {
        let customer = try customer(call)
        return try call.list(
            ServiceManagementDetail.all(of: customer), at: "\(Self.path)/\(customer.id)/serviceManagementDetails",
            in: "\(Self.name)('\(customer.id)')/serviceManagementDetails")
    }

    /// The two functions, whose argument stands in the last part of the address.
    private func find(_ call: GraphCall) throws -> GraphAnswer {
        let text = call.parameter("function")
        if let id = Self.argument("tenantId", of: "findTenantInformationByTenantId", in: text) {
            guard UUID(uuidString: id) != nil else { throw GraphFault.wrong("The tenantId must be a GUID.") }
            return try information(call, id)
        }
        if let domain = Self.argument("domainName", of: "findTenantInformationByDomainName", in: text) {
            guard domain.contains(".") else { throw GraphFault.wrong("The domainName is not valid.") }
            return try information(call, domain)
        }
        throw GraphFault.unknownPath
    }

    private func information(_ call: GraphCall, _ name: String) throws -> GraphAnswer {
        guard let directory = graph.sandbox.world.directory(named: name) else { throw GraphFault.notFound(name) }
        let context = call.link(
            "/$metadata#microsoft.graph.tenantInformation", base: graph.sandbox.configuration.base)
        return GraphAnswer(json: [
            "@odata.context": .string(context), "tenantId": .string(directory.id),
            "displayName": .string(directory.name), "defaultDomainName": .string(directory.domains[0]),
            "federationBrandName": .null,
        ])
    }

    private static func argument(_ name: String, of function: String, in text: String) -> String? {
        let start = "\(function)(\(name)='"
        guard text.hasPrefix(start), text.hasSuffix("')"), text.count > start.count + 2 else { return nil }
        return String(text.dropFirst(start.count).dropLast(2))
    }

    /// A partner's customers; a customer's tenant has none.
    private func contracts(_ call: GraphCall) throws -> GraphAnswer {
        let customers = graph.sandbox.world.partner(call.token.tid)?.customers
        let query = try GraphQuery<ContractObject>(call, [.select, .filter, .top, .count, .skiptoken])
        return try GraphCollection(
            sandbox: graph.sandbox, call: call, query: query, path: "/contracts", name: "contracts",
            usualPage: min(100, graph.sandbox.configuration.largestPage)
        ).answer(customers?.map(ContractObject.init) ?? [])
    }
}
