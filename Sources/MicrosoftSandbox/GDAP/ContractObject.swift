/// A partner's contract with a customer. Source: Microsoft Learn, "contract resource type".
struct ContractObject: GraphObject {
    let customer: Customer

    static let typeName = "microsoft.graph.contract"
    static let isDirectoryObject = false

    var id: String { customer.id(of: "0c0c") }

    static let properties: [GraphProperty<Self>] = [
        .init("id") { .string($0.id) },
        .init("contractType") { _ in "ResellerPartner" },
        .init("customerId") { .string($0.customer.id) },
        .init("defaultDomainName") { .string($0.customer.defaultDomain) },
        .init("displayName") { .string($0.customer.name) },
    ]
}
