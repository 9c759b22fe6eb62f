/// An application permission that the registered application has in a directory. Source: Microsoft Learn,
/// "appRoleAssignment resource type".
struct AppRoleAssignment: Sendable {
    let permission: ApplicationPermission
    /// Who has it.
    let principal: DirectoryPrincipal
    /// Whose permission it is.
    let resource: DirectoryPrincipal

    var id: String { UUID5.of("\(permission.value) of \(resource.id) for \(principal.id)") }
}

extension AppRoleAssignment: GraphObject {
    static let typeName = "microsoft.graph.appRoleAssignment"

    static let properties: [GraphProperty<AppRoleAssignment>] = [
        .init("id") { .string($0.id) },
        .init("deletedDateTime") { _ in .null },
        .init("appRoleId") { .string($0.permission.id) },
        .init("createdDateTime") { _ in .date(GeneratedUsers.firstDay) },
        .init("principalDisplayName") { .string($0.principal.name) },
        .init("principalId") { .string($0.principal.id) },
        .init("principalType") { _ in "ServicePrincipal" },
        .init("resourceDisplayName") { .string($0.resource.name) },
        .init("resourceId") { .string($0.resource.id) },
    ]
}
