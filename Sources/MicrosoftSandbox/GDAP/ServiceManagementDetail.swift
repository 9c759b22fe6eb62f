/// Where a partner manages a service of a customer. Source: Microsoft Learn, "delegatedAdminServiceManagementDetail
/// resource type"; it lists no services, so these are the common ones.
struct ServiceManagementDetail: GraphObject {
    let id: String
    let name: String
    let address: String

    static let typeName = "microsoft.graph.delegatedAdminServiceManagementDetail"
    static let isDirectoryObject = false

    static let properties: [GraphProperty<Self>] = [
        .init("id") { .string($0.id) },
        .init("serviceName") { .string($0.name) },
        .init("serviceManagementUrl") { .string($0.address) },
    ]

    static func all(of customer: Customer) -> [Self] {
        [
            Self(
                id: "Microsoft365", name: "Microsoft 365 admin center",
                address: "https://admin.microsoft.com/Partner/BeginClientSession.aspx?CTID=\(customer.id)"),
            Self(
                id: "MicrosoftEntra", name: "Microsoft Entra admin center",
                address: "https://entra.microsoft.com/\(customer.id)"),
            Self(
                id: "Exchange", name: "Exchange admin center",
                address: "https://admin.exchange.microsoft.com/?delegatedOrg=\(customer.defaultDomain)"),
            Self(
                id: "MicrosoftIntune", name: "Microsoft Intune admin center",
                address: "https://intune.microsoft.com/\(customer.id)"),
        ]
    }
}
