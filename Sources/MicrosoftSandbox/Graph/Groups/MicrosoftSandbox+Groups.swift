/// Groups and who is in them, for every service that asks.
extension MicrosoftSandbox {
    /// Those of the first day as they are now, then those created since.
    func groups(of directory: Directory) -> [DirectoryGroup] {
        let kept = store.read { $0.directories.groups.filter { $0.tenantID == directory.id } }
        let first = FirstGroups(directory: directory).all
        return first.map { group in kept.first { $0.id == group.id } ?? group }
            + kept.filter { group in !first.contains { $0.id == group.id } }
    }

    func group(_ id: String, in directory: Directory) -> DirectoryGroup? {
        groups(of: directory).first { $0.id == id.lowercased() }
    }

    func groupExists(_ id: String, in tenantID: String) -> Bool {
        world.directory(named: tenantID).map { group(id, in: $0) != nil } ?? false
    }

    /// In the order of the directory's users.
    func members(of group: DirectoryGroup, in directory: Directory) -> [DirectoryUser] {
        let users = users(of: directory)
        let ids = memberIDs(of: group, in: directory, users: users)
        return users.filter { ids.contains($0.id) }
    }

    /// The groups that somebody of a partner or a customer is in at home.
    func groupIDs(of account: Account) -> Set<String> {
        guard let directory = world.directory(named: account.tenantID) else { return [] }
        let users = users(of: directory)
        return Set(
            groups(of: directory).filter { memberIDs(of: $0, in: directory, users: users).contains(account.id) }
                .map(\.id))
    }

    func memberships(of user: DirectoryUser, in directory: Directory) -> [DirectoryMembership] {
        let users = users(of: directory)
        let groups = groups(of: directory).filter { memberIDs(of: $0, in: directory, users: users).contains(user.id) }
        let account = world.account(user.id)
        return groups.map { .group($0) } + (account.map(DirectoryMembership.roles) ?? [])
    }

    private func memberIDs(of group: DirectoryGroup, in directory: Directory, users: [DirectoryUser]) -> Set<String> {
        let first = FirstGroups(directory: directory).members(of: group, accounts: world.accounts, users: users)
        guard let edit = store.read({ $0.directories.memberships[group.id] }) else { return Set(first) }
        return Set(first).subtracting(edit.removed).union(edit.added)
    }
}
