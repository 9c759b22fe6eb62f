/// Who somebody is in a tenant, and what the tenant knows of the application.
extension MicrosoftSandbox {
    /// Throws AADSTS50057, 50014 or 50020. A pending invitation doesn't stop somebody who has delegated roles.
    func user(_ account: Account, in directory: Directory) throws(EntraError) -> TenantUser {
        guard !store.read({ $0.identity.disabled.contains(account.id) }) else { throw .accountDisabled }
        if directory.id == account.tenantID {
            return TenantUser(
                account: account, directory: directory, relation: .member, objectID: account.id,
                roles: account.directoryRoles)
        }
        let guest = guest(account, in: directory.id)
        if let guest, guest.state == .Accepted {
            return TenantUser(
                account: account, directory: directory, relation: .guest, objectID: guest.id,
                roles: [Account.guestUser] + store.read { $0.directories.guestRoles[guest.id] ?? [] })
        }
        let roles = delegatedRoles(of: account, in: directory)
        guard roles.isEmpty else {
            return TenantUser(
                account: account, directory: directory, relation: .delegatedAdministrator, objectID: account.id,
                roles: roles)
        }
        throw guest == nil ? .accountNotInTenant(account.userName, directory.name) : .invitationPending
    }

    /// In the tenant of an address; at `organizations` and `common` that is the account's own.
    func user(_ account: Account, at tenant: TenantSegment) throws(EntraError) -> TenantUser {
        if case .directory(let directory) = tenant { return try user(account, in: directory) }
        guard let home = world.directory(named: account.tenantID) else { throw .tenantNotFound(account.tenantID) }
        return try user(account, in: home)
    }

    func revocations(of account: Account) -> Int { store.read { $0.identity.revocations[account.id] ?? 0 } }

    /// Whether the person must set up MFA before a code can be asked for.
    func mustRegisterForMFA(_ account: Account) -> Bool {
        account.mustRegisterForMFA && !store.read { $0.identity.registeredForMFA.contains(account.id) }
    }

    /// Whether the application may be used in a tenant at all: at home always, elsewhere with a service principal.
    func knowsApplication(in tenantID: String) -> Bool {
        tenantID == world.application.homeTenantID || store.read { $0.consents.knows(tenant: tenantID) }
    }
}
