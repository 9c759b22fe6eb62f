/// What delegated administration gives.
extension MicrosoftSandbox {
    /// The directory roles, as role template ids, that somebody of a partner has in a customer's tenant: those that access
    /// assignments of active relationships give to the person's groups. None means no way in.
    func delegatedRoles(of account: Account, in directory: Directory) -> [String] {
        guard account.tenantID != directory.id else { return [] }
        let groups = groupIDs(of: account)
        let now = now
        guard !groups.isEmpty else { return [] }
        let roles = store.read { state in
            state.partnerships.relationships(of: account.tenantID)
                .filter { $0.customerID == directory.id && $0.isActive(at: now) }
                .flatMap(\.assignments).filter { groups.contains($0.groupID) }
                .flatMap { $0.rolesInForce(at: now) }
        }
        return Array(Set(roles)).sorted()
    }
}
