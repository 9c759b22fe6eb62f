/// Which permissions a call takes, as delegated scope or as an application's role. Source: Microsoft Learn, the section
/// "Permissions" of each call.
enum GraphPermissions {
    static let readUsers = [
        "User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All",
    ]
    static let readOneself = readUsers + ["User.Read", "User.ReadWrite"]
    static let invite = ["User.Invite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"]
    static let readGroups = [
        "GroupMember.Read.All", "GroupMember.ReadWrite.All", "Group.Read.All", "Group.ReadWrite.All",
        "Directory.Read.All", "Directory.ReadWrite.All",
    ]
    static let createGroups = ["Group.Create", "Group.ReadWrite.All", "Directory.ReadWrite.All"]
    static let changeGroups = ["Group.ReadWrite.All", "Directory.ReadWrite.All"]
    static let changeMembers = ["GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"]
    static let readLicences = [
        "LicenseAssignment.Read.All", "LicenseAssignment.ReadWrite.All", "Organization.Read.All",
        "Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All",
    ]
    static let readOrganization = [
        "User.Read", "Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All",
        "Directory.ReadWrite.All",
    ]
    static let readDomains = [
        "Domain.Read.All", "Domain.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All",
    ]
    static let readSecurity = ["SecurityEvents.Read.All", "SecurityEvents.ReadWrite.All"]
    static let readApplications = [
        "Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All",
    ]
    static let createApplications = [
        "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy", "Directory.ReadWrite.All",
    ]
    static let assignAppRoles = ["AppRoleAssignment.ReadWrite.All"]
    static let readGrants = [
        "DelegatedPermissionGrant.Read.All", "DelegatedPermissionGrant.ReadWrite.All", "Directory.Read.All",
        "Directory.ReadWrite.All",
    ]
    static let changeGrants = ["DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All"]

    /// The directory roles, as role template ids, of which a person needs one to read security data: Global
    /// Administrator, Global Reader, and Security Administrator, Operator and Reader. Source: Microsoft Learn, "Use the
    /// Microsoft Graph security API".
    static let securityRoles: Set<String> = [
        Account.globalAdministrator, "f2ef992c-3afb-46b9-b7cf-a126ee74c451", "194ae4cb-b126-40b2-bd5b-6091b380977d",
        "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f", "5d6b6bb7-de71-4623-b4af-96380a352509",
    ]
}
