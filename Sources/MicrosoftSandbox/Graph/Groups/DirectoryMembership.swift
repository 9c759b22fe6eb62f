/// What a user belongs to: a group, or a directory role that is assigned to it.
enum DirectoryMembership: Sendable {
    case group(DirectoryGroup)
    case role(templateID: String, tenantID: String)

    /// The roles that people here have.
    static func roles(_ account: Account) -> [DirectoryMembership] {
        account.directoryRoles.contains(Account.globalAdministrator)
            ? [.role(templateID: Account.globalAdministrator, tenantID: account.tenantID)]
            : []
    }
}

extension DirectoryMembership: GraphObject {
    static let typeName = "microsoft.graph.directoryObject"

    /// Of a role no more than every directory object has, unless its template is asked for.
    static let properties: [GraphProperty<DirectoryMembership>] =
        DirectoryGroup.properties.map { property in
            .init(property.name) { membership in
                switch membership {
                case .group(let group): property.value(group)
                case .role:
                    switch property.name {
                    case "id": .string(membership.id)
                    case "deletedDateTime": .null
                    default: .absent
                    }
                }
            }
        } + [
            .init("roleTemplateId", .selected) { membership in
                if case .role(let templateID, _) = membership { .string(templateID) } else { .absent }
            }
        ]

    var id: String {
        switch self {
        case .group(let group): group.id
        case .role(let templateID, let tenantID): UUID5.of("role \(templateID) in \(tenantID)")
        }
    }

    var type: String {
        switch self {
        case .group: DirectoryGroup.typeName
        case .role: "microsoft.graph.directoryRole"
        }
    }
}
