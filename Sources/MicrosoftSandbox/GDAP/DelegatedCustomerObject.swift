/// A customer whom a partner may administer. Source: Microsoft Learn, "delegatedAdminCustomer resource type".
struct DelegatedCustomerObject: GraphObject {
    let customer: Customer

    static let typeName = "microsoft.graph.delegatedAdminCustomer"
    static let isDirectoryObject = false
    static let sortable = ["displayName"]

    var id: String { customer.id }

    static let properties: [GraphProperty<Self>] = [
        .init("id") { .string($0.id) },
        .init("tenantId") { .string($0.id) },
        .init("displayName") { .string($0.customer.name) },
    ]
}
