/// A person as one tenant knows them: at home, as a guest, or through delegated administration.
struct TenantUser: Sendable {
    enum Relation: Sendable {
        case member, guest, delegatedAdministrator
    }

    let account: Account
    let directory: Directory
    let relation: Relation
    /// In this tenant: a guest has another one than at home.
    let objectID: String
    /// Directory roles in this tenant, as role template ids.
    let roles: [String]

    /// For guests, the issuer of the tenant that vouches for them: the claim `idp`.
    var identityProvider: String? { relation == .guest ? AccessToken.issuer(tenant: account.tenantID) : nil }

    /// The claim `upn`. Source for the guest's: Microsoft Learn, "Properties of a Microsoft Entra B2B collaboration user".
    var principalName: String {
        guard relation == .guest else { return account.userName }
        return "\(account.userName.replacing("@", with: "_"))#EXT#@\(directory.domains.first ?? "")"
    }

    /// Whether the tenant asks for a second proof, whatever the account does at home: of everybody from elsewhere.
    var isAskedForMFA: Bool { relation != .member || account.isAskedForMFA }

    /// Source: Microsoft Learn, "Grant tenant-wide admin consent to an application".
    var mayConsentForOrganization: Bool {
        maySetRoles || !consentRoles.isDisjoint(with: roles)
    }

    /// Whether that includes application permissions of Microsoft Graph.
    var maySetRoles: Bool {
        roles.contains(Account.globalAdministrator) || roles.contains(Account.privilegedRoleAdministrator)
    }

    private var consentRoles: Set<String> { [Account.applicationAdministrator, Account.cloudApplicationAdministrator] }
}
