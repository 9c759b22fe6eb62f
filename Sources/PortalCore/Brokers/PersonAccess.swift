import PortalKit

/// What a person may do: by the own role, by those of its groups, and within which organizations.
struct PersonAccess: Sendable {
    /// The own one first.
    let roles: [Role]
    /// `nil` for all of the broker's.
    let organizations: Set<Key<Organization>>?
    let permissions: Set<Permission>

    init(role: Role, groups: [Role] = [], organizations: Set<Key<Organization>>? = nil) {
        roles = [role] + groups
        let isLimited = organizations != nil && roles.allSatisfy(\.canBeLimited)
        self.organizations = isLimited ? organizations : nil
        let all = roles.reduce(into: Set<Permission>()) { $0.formUnion($1.permissions) }
        permissions = isLimited ? all.filter { !$0.isBrokerWide } : all
    }
}

extension DatabaseConnection {
    /// Of a broker's person.
    mutating func access(of user: User) throws -> PersonAccess {
        let groups = try query(
            """
            SELECT user_group.role FROM user_group_member JOIN user_group ON user_group.id = user_group_member.group_id
            WHERE user_group_member.user_id = \(user.id) ORDER BY user_group.role
            """
        ) { try $0[0] as Role }
        let organizations = try query("SELECT organization_id FROM user_organization WHERE user_id = \(user.id)") {
            try $0[0] as Key<Organization>
        }
        return PersonAccess(
            role: user.role, groups: groups, organizations: organizations.isEmpty ? nil : Set(organizations))
    }
}
