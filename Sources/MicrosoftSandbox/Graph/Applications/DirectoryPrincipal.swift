/// A service principal of a directory: of an API, or of the registered application. Source: Microsoft Learn,
/// "servicePrincipal resource type".
struct DirectoryPrincipal: Sendable {
    let id: String
    let appID: String
    let name: String
    /// The tenant in which the application is registered.
    let ownerTenantID: String
    /// The API that it is; nil for the registered application.
    let resource: Resource?

    /// Where Microsoft registers its own applications. Source: Microsoft Learn, "Verify first-party Microsoft
    /// applications in sign-in reports".
    private static let microsoftTenantID = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"

    init(_ application: RegisteredApplication, in tenantID: String) {
        id = ServicePrincipal.objectID(tenant: tenantID)
        appID = application.id
        name = application.name
        ownerTenantID = application.homeTenantID
        resource = nil
    }

    init(_ resource: Resource, in tenantID: String) {
        id = UUID5.of("service principal of \(resource.applicationID) in \(tenantID)")
        appID = resource.applicationID
        name = resource.name
        ownerTenantID = Self.microsoftTenantID
        self.resource = resource
    }
}

extension DirectoryPrincipal: GraphObject {
    static let typeName = "microsoft.graph.servicePrincipal"
    static let sortable = ["displayName"]

    static let properties: [GraphProperty<DirectoryPrincipal>] = [
        .init("id") { .string($0.id) },
        .init("deletedDateTime") { _ in .null },
        .init("accountEnabled") { _ in true },
        .init("appDisplayName") { .string($0.name) },
        .init("appId") { .string($0.appID) },
        .init("appOwnerOrganizationId") { .string($0.ownerTenantID) },
        .init("appRoleAssignmentRequired") { _ in false },
        .init("displayName") { .string($0.name) },
        .init("servicePrincipalNames") { principal in
            .strings([principal.appID] + (principal.resource.map { [$0.identifier] } ?? []))
        },
        .init("servicePrincipalType") { _ in "Application" },
        .init("signInAudience") { _ in "AzureADMultipleOrgs" },
        .init("tags") { .strings($0.resource == nil ? ["WindowsAzureActiveDirectoryIntegratedApp"] : []) },
        .init("appRoles") { principal in
            .array(
                (principal.resource?.roles ?? []).map { role in
                    [
                        "allowedMemberTypes": ["Application"], "description": .string(role.words),
                        "displayName": .string(role.words), "id": .string(role.id), "isEnabled": true,
                        "origin": "Application", "value": .string(role.value),
                    ]
                })
        },
        .init("oauth2PermissionScopes") { principal in
            .array(
                (principal.resource?.permissions ?? []).map { permission in
                    [
                        "adminConsentDescription": .string(permission.words),
                        "adminConsentDisplayName": .string(permission.words),
                        "id": .string(UUID5.of("permission \(permission.value) of \(principal.appID)")),
                        "isEnabled": true, "origin": "Application", "type": "Admin",
                        "userConsentDescription": .string(permission.words),
                        "userConsentDisplayName": .string(permission.words), "value": .string(permission.value),
                    ]
                })
        },
    ]
}

extension MicrosoftSandbox {
    /// The APIs, and the registered application where it was consented to or is at home.
    func servicePrincipals(of directory: Directory) -> [DirectoryPrincipal] {
        let application = world.application
        let isKnown = store.read { $0.consents.knows(tenant: directory.id) } || directory.id == application.homeTenantID
        return Resource.allCases.filter { $0.applicationID != application.id }.map {
            DirectoryPrincipal($0, in: directory.id)
        } + (isKnown ? [DirectoryPrincipal(application, in: directory.id)] : [])
    }
}
