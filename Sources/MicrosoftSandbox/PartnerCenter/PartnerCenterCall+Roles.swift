/// What somebody of the partner may do in the customer's own tenant, which delegated administration alone gives.
extension PartnerCenterCall {
    /// Reading users, licences and company details needs any role there.
    func mayRead(_ customer: Customer) -> Bool { !roles(in: customer).isEmpty }

    func requireReading(_ customer: Customer) throws(PartnerCenterFault) {
        guard mayRead(customer) else { throw .insufficientPrivileges }
    }

    /// Consenting for a customer needs one of three roles. Source: Microsoft Learn, "GDAP and the secure application
    /// model".
    func requireConsenting(in customer: Customer) throws(PartnerCenterFault) {
        guard roles(in: customer).contains(where: Self.consentingRoles.contains) else { throw .insufficientPrivileges }
    }

    /// Global Administrator, Application Administrator, Cloud Application Administrator. Source: Microsoft Learn,
    /// "Microsoft Entra built-in roles".
    private static let consentingRoles: Set<String> = [
        Account.globalAdministrator, "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "158c047a-c907-4556-b7ef-446551a6b5f7",
    ]

    private func roles(in customer: Customer) -> [String] {
        account.map { sandbox.delegatedRoles(of: $0, in: Directory(customer)) } ?? []
    }
}
