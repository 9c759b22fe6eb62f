/// The partners' own people.
extension Account {
    static let partnerStaff = [
        Account(
            id: "aaaaaaaa-0000-4000-8000-0000000000b1", userName: "admin@acmecloud.example", givenName: "Ada",
            familyName: "Admin", tenantID: World.acmeTenantID,
            directoryRoles: [Account.globalAdministrator, Account.member],
            isAdminAgent: true, isAskedForMFA: true,
            purpose: "Global Administrator and Admin Agent, with MFA: all works"),
        Account(
            id: "aaaaaaaa-0000-4000-8000-0000000000b2", userName: "nomfa@acmecloud.example", givenName: "Noah",
            familyName: "Nofactor", tenantID: World.acmeTenantID,
            directoryRoles: [Account.globalAdministrator, Account.member],
            isAdminAgent: true, isAskedForMFA: false, purpose: "Is never asked for MFA, so Partner Center refuses"),
        Account(
            id: "aaaaaaaa-0000-4000-8000-0000000000b3", userName: "clerk@acmecloud.example", givenName: "Cleo",
            familyName: "Clerk", tenantID: World.acmeTenantID, directoryRoles: [Account.member],
            isAdminAgent: false, isAskedForMFA: true,
            purpose: "With MFA, but not an Admin Agent: Partner Center refuses"),
        Account(
            id: "aaaaaaaa-0000-4000-8000-0000000000b4", userName: "admin@libertyit.example", givenName: "Lee",
            familyName: "Admin", tenantID: World.libertyTenantID,
            directoryRoles: [Account.globalAdministrator, Account.member],
            isAdminAgent: true, isAskedForMFA: true, purpose: "The administrator of the other partner"),
        Account(
            id: "aaaaaaaa-0000-4000-8000-0000000000b5", userName: "guest@acmecloud.example", givenName: "Gail",
            familyName: "Guest", tenantID: World.acmeTenantID, directoryRoles: [Account.member],
            isAdminAgent: false, isAskedForMFA: true,
            purpose: "Made to be invited to customers as a guest"),
        Account(
            id: "aaaaaaaa-0000-4000-8000-0000000000b6", userName: "fresh@acmecloud.example", givenName: "Finn",
            familyName: "Fresh", tenantID: World.acmeTenantID, directoryRoles: [Account.member],
            isAdminAgent: false, isAskedForMFA: true,
            purpose: "Must set up MFA at the first sign-in, also as a guest who redeems an invitation",
            mustRegisterForMFA: true),
    ]
}
