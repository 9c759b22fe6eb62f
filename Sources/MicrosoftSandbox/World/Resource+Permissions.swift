/// The permissions that exist here; which of them the application is registered with, ``RegisteredPermissions`` says.
/// Source: Microsoft Learn, "Microsoft Graph permissions reference", ids included.
extension Resource {
    /// Delegated.
    var permissions: [DelegatedPermission] {
        switch self {
        case .partnerCenter:
            [
                DelegatedPermission(
                    "user_impersonation", "Access Partner Center as you: read and manage your customers",
                    needsAdministrator: false)
            ]
        case .graph: Self.graphPermissions
        case .azureManagement:
            [DelegatedPermission("user_impersonation", "Manage Azure resources as you", needsAdministrator: false)]
        case .application:
            [DelegatedPermission("access_as_user", "Use Gatehouse as you", needsAdministrator: false)]
        }
    }

    /// Application permissions.
    var roles: [(id: String, value: String, words: String)] { self == .graph ? Self.graphRoles : [] }

    /// All delegated ones, as they are granted.
    var delegatedPermissions: [ResourceScope] {
        permissions.map { ResourceScope(resource: self, value: $0.value) }
    }

    /// All application permissions, as they are granted.
    var applicationPermissions: [ApplicationPermission] {
        roles.map { ApplicationPermission(resource: self, value: $0.value) }
    }

    func applicationPermission(id: String) -> ApplicationPermission? {
        roles.first { $0.id == id.lowercased() }.map { ApplicationPermission(resource: self, value: $0.value) }
    }

    private static let graphPermissions = [
        DelegatedPermission("User.Read", "Sign you in and read your profile", needsAdministrator: false),
        DelegatedPermission("User.Read.All", "Read the full profiles of all users"),
        DelegatedPermission("User.ReadWrite.All", "Read and change the full profiles of all users"),
        DelegatedPermission("User.Invite.All", "Invite guests into the organization"),
        DelegatedPermission("Directory.Read.All", "Read directory data"),
        DelegatedPermission("Directory.ReadWrite.All", "Read and change directory data"),
        DelegatedPermission("Domain.Read.All", "Read domains"),
        DelegatedPermission("Group.Read.All", "Read all groups"),
        DelegatedPermission("Group.ReadWrite.All", "Read and change all groups"),
        DelegatedPermission("GroupMember.Read.All", "Read who is in which group"),
        DelegatedPermission("GroupMember.ReadWrite.All", "Read and change who is in which group"),
        DelegatedPermission("Organization.Read.All", "Read the organization's details and licences"),
        DelegatedPermission("LicenseAssignment.Read.All", "Read all licence assignments"),
        DelegatedPermission("SecurityEvents.Read.All", "Read security events and the Secure Score"),
        DelegatedPermission("Application.Read.All", "Read applications"),
        DelegatedPermission("Application.ReadWrite.All", "Read and change applications"),
        DelegatedPermission("AppRoleAssignment.ReadWrite.All", "Give applications and people app roles"),
        DelegatedPermission("DelegatedPermissionGrant.ReadWrite.All", "Give applications delegated permissions"),
        DelegatedPermission("CrossTenantInformation.ReadBasic.All", "Read the names of other organizations"),
        DelegatedPermission("DelegatedAdminRelationship.Read.All", "Read delegated admin relationships with customers"),
        DelegatedPermission(
            "DelegatedAdminRelationship.ReadWrite.All", "Manage delegated admin relationships with customers"),
        DelegatedPermission("PartnerBilling.Read.All", "Read the partner's billing data"),
    ]

    private static let graphRoles = [
        ("09850681-111b-4a89-9bed-3f2cae46d706", "User.Invite.All", "Invite guests into the organization"),
        ("df021288-bdef-4463-88db-98f22de89214", "User.Read.All", "Read the full profiles of all users"),
        ("7ab1d382-f21e-4acd-a863-ba3e13f7da61", "Directory.Read.All", "Read directory data"),
        (
            "498476ce-e0fe-48b0-b801-37ba7e2685c6", "Organization.Read.All",
            "Read the organization's details and licences"
        ),
        (
            "bf394140-e372-4bf9-a898-299cfc7564e5", "SecurityEvents.Read.All",
            "Read security events and the Secure Score"
        ),
        (
            "cac88765-0581-4025-9725-5ebc13f729ee", "CrossTenantInformation.ReadBasic.All",
            "Read the names of other organizations"
        ),
        (
            "f6e9e124-4586-492f-adc0-c6f96e4823fd", "DelegatedAdminRelationship.Read.All",
            "Read delegated admin relationships with customers"
        ),
        (
            "cc13eba4-8cd8-44c6-b4d4-f93237adce58", "DelegatedAdminRelationship.ReadWrite.All",
            "Manage delegated admin relationships with customers"
        ),
        ("7c3e1994-38ff-4412-a99b-9369f6bb7706", "PartnerBilling.Read.All", "Read the partner's billing data"),
        (
            "81b4724a-58aa-41c1-8a55-84ef97466587", "DelegatedPermissionGrant.Read.All",
            "Read which permissions applications were given"
        ),
    ].map { (id: $0.0, value: $0.1, words: $0.2) }
}
