/// Delegated permissions of one API that were granted to the registered application, for everybody in a directory or
/// for one user. Source: Microsoft Learn, "oAuth2PermissionGrant resource type".
struct PermissionGrant: Sendable {
    let grant: ConsentList.Grant
    let client: DirectoryPrincipal
    let resource: DirectoryPrincipal

    var id: String { UUID5.of("grant \(grant.id)") }
}

extension PermissionGrant: GraphObject {
    static let typeName = "microsoft.graph.oAuth2PermissionGrant"

    static let properties: [GraphProperty<PermissionGrant>] = [
        .init("id") { .string($0.id) },
        .init("clientId") { .string($0.client.id) },
        .init("consentType") { $0.grant.account == nil ? "AllPrincipals" : "Principal" },
        .init("principalId") { .orNull($0.grant.account) },
        .init("resourceId") { .string($0.resource.id) },
        .init("scope") { .string($0.grant.scopes.joined(separator: " ")) },
    ]
}
