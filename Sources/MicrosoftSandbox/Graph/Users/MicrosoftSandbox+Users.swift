import Foundation

/// Who is in a directory, for every service that shows some of it.
extension MicrosoftSandbox {
    /// Those who can sign in first, then the other users of the first day, then created ones and guests; without those
    /// that were removed.
    func users(of directory: Directory) -> [DirectoryUser] {
        let world = world
        let state = store.read { $0.directories }
        let isNew = store.read { $0.worldChanges.created.contains { $0.id == directory.id } }
        let people =
            directory.customer?.people ?? world.accounts.filter { $0.tenantID == directory.id }
        var users = people.map { DirectoryUser($0, in: directory) }
        if !isNew { users += GeneratedUsers(directory: directory, settings: world.settings).all }
        assignLicences(to: &users, in: directory)
        users += state.createdUsers[directory.id] ?? []
        let guests = state.guests.filter { $0.tenantID == directory.id }
        users.removeAll { user in user.isInvited && guests.contains { $0.id == user.id } }
        users += guests.map { DirectoryUser($0, in: directory) }
        return users.compactMap { user in
            guard let edit = state.userEdits[user.id] else { return user }
            guard edit.removal == nil else { return nil }
            var user = user
            user.displayName = edit.displayName ?? user.displayName
            user.isEnabled = edit.isEnabled ?? user.isEnabled
            return user
        }
    }

    /// By object id or user name, whatever the case.
    func user(_ idOrName: String, in directory: Directory) -> DirectoryUser? {
        let wanted = idOrName.lowercased()
        return users(of: directory).first {
            $0.id.lowercased() == wanted || $0.userPrincipalName.lowercased() == wanted
        }
    }

    /// As many as are used, as far as there are people who may have one; the last ones in the list go without.
    private func assignLicences(to users: inout [DirectoryUser], in directory: Directory) {
        guard let customer = directory.customer else { return }
        let entitled = users.indices.filter {
            users[$0].userType == .Member && users[$0].isEnabled && users[$0].usageLocation != nil
        }
        for licence in licences(of: customer) {
            for index in entitled.prefix(licence.consumed) { users[index].licences.append(licence.skuID) }
        }
    }
}
