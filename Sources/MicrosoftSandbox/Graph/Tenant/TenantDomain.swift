/// A verified domain of a tenant. Source: Microsoft Learn, "domain resource type".
struct TenantDomain: Sendable {
    /// Its name.
    let id: String
    let isInitial: Bool
    /// New users get it: the one verified last.
    let isDefault: Bool

    static func all(of directory: Directory) -> [TenantDomain] {
        directory.domains.enumerated().map { index, name in
            TenantDomain(id: name, isInitial: index == 0, isDefault: index == directory.domains.count - 1)
        }
    }
}

extension TenantDomain: GraphObject {
    static let typeName = "microsoft.graph.domain"

    static let properties: [GraphProperty<TenantDomain>] = [
        .init("id") { .string($0.id) },
        .init("authenticationType") { _ in "Managed" },
        .init("availabilityStatus") { _ in .null },
        .init("isAdminManaged") { _ in true },
        .init("isDefault") { .bool($0.isDefault) },
        .init("isInitial") { .bool($0.isInitial) },
        .init("isRoot") { _ in true },
        .init("isVerified") { _ in true },
        .init("supportedServices") { _ in ["Email", "OfficeCommunicationsOnline"] },
    ]
}
