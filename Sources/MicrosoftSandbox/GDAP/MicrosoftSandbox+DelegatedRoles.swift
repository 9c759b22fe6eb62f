/// What delegated administration gives.
extension MicrosoftSandbox {
    /// The directory roles, as role template ids, that somebody of a partner has in a customer's tenant; none means no way
    /// in.
    func delegatedRoles(of account: Account, in directory: Directory) -> [String] {
        guard directory.partnerTenantID == account.tenantID, account.isAdminAgent else { return [] }
        return ["88d8e3e3-8f55-4a1e-953a-9b9898b8876b"]
    }
}
