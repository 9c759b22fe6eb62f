/// A person who can sign in.
struct Account: Sendable, Equatable {
    /// Object id (`oid`) in the home tenant.
    let id: String
    let userName: String
    let givenName: String
    let familyName: String
    let tenantID: String
    /// Directory roles as role template ids, the claim `wids`.
    let directoryRoles: [String]
    /// Whether the person is in Partner Center's group AdminAgents, without which its API refuses.
    let isAdminAgent: Bool
    let isAskedForMFA: Bool
    /// One sentence for the control page.
    let purpose: String
    /// Whether the person has no second proof yet and is made to set one up at the first sign-in.
    var mustRegisterForMFA = false

    var displayName: String { "\(givenName) \(familyName)" }

    /// Microsoft Learn, "Microsoft Entra built-in roles".
    static let globalAdministrator = "62e90394-69f5-4237-9190-012177145e10"
    static let privilegedRoleAdministrator = "e8611ab8-c189-46e8-94e1-60213ab1f814"
    static let applicationAdministrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"
    static let cloudApplicationAdministrator = "158c047a-c907-4556-b7ef-446551a6b5f7"
    static let guestUser = "10dae51f-b6af-4016-8d66-8c2a99b929b3"
    /// What `wids` holds for everybody: the default role of a member.
    static let member = "b79fbf4d-3ef9-4689-8143-76b194e85509"
}
