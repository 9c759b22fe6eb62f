/// Who can sign in at a customer. Other users of its directory are names only.
extension Customer {
    var people: [Account] { people(at: verifiedDomain ?? defaultDomain) }

    /// With their user names at one of the customer's domains.
    func people(at domain: String) -> [Account] {
        [
            Account(
                id: id(of: "0a01"), userName: "admin@\(domain)", givenName: "Robin", familyName: "Admin", tenantID: id,
                directoryRoles: [Account.globalAdministrator, Account.member], isAdminAgent: false, isAskedForMFA: true,
                purpose: "Global Administrator of a customer: approves what a partner asks for"),
            Account(
                id: id(of: "0a02"), userName: "user@\(domain)", givenName: "Sam", familyName: "User", tenantID: id,
                directoryRoles: [Account.member], isAdminAgent: false, isAskedForMFA: true,
                purpose: "Somebody at a customer who may approve nothing"),
            Account(
                id: id(of: "0a03"), userName: "new@\(domain)", givenName: "Nova", familyName: "Newcomer", tenantID: id,
                directoryRoles: [Account.globalAdministrator, Account.member], isAdminAgent: false, isAskedForMFA: true,
                purpose: "A second Global Administrator of a customer, who must set up MFA at the first sign-in",
                mustRegisterForMFA: true),
        ]
    }
}
