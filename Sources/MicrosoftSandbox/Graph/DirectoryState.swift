/// What was made in directories since the first day.
struct DirectoryState: Codable, Sendable {
    var guests: [Guest] = [] {
        didSet { noteChanges(from: oldValue) }
    }
    /// By tenant id.
    var createdUsers: [String: [DirectoryUser]] = [:]
    /// By object id.
    var userEdits: [String: UserEdit] = [:]
    /// What delta queries tell of, oldest first, numbered from 1.
    private(set) var userChanges: [UserChange] = []
    /// Created ones, and those of the first day that were changed.
    var groups: [DirectoryGroup] = []
    /// By object id of the group.
    var memberships: [String: MembershipEdit] = [:]
    /// Role template ids of directory roles that guests were given, by the guest's object id.
    var guestRoles: [String: [String]] = [:]

    mutating func note(_ kind: UserChange.Kind, user id: String, in tenantID: String) {
        userChanges.append(UserChange(number: userChanges.count + 1, tenantID: tenantID, userID: id, kind: kind))
    }

    /// Whoever changes a guest: its user has changed.
    private mutating func noteChanges(from old: [Guest]) {
        let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for guest in guests {
            guard let was = before[guest.id] else {
                note(.created, user: guest.id, in: guest.tenantID)
                continue
            }
            var changed: [String] = []
            if was.displayName != guest.displayName { changed.append("displayName") }
            if was.state != guest.state { changed.append("externalUserState") }
            if was.stateChangedAt != guest.stateChangedAt { changed.append("externalUserStateChangeDateTime") }
            if !changed.isEmpty { note(.changed(changed), user: guest.id, in: guest.tenantID) }
        }
    }
}
