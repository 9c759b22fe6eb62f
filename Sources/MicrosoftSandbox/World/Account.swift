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

    var displayName: String { "\(givenName) \(familyName)" }

    /// Only administrators may consent for everyone.
    var mayConsentForOrganization: Bool { directoryRoles.contains(Self.globalAdministrator) }

    /// Microsoft Learn, "Microsoft Entra built-in roles".
    static let globalAdministrator = "62e90394-69f5-4237-9190-012177145e10"
    /// What `wids` holds for everybody: the default role of a member.
    static let member = "b79fbf4d-3ef9-4689-8143-76b194e85509"
}
