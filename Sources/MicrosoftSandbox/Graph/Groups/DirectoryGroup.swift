import Foundation

/// A group of a directory. Source: Microsoft Learn, "group resource type".
struct DirectoryGroup: Codable, Sendable {
    let id: String
    let tenantID: String
    var displayName: String
    var description: String?
    var mailNickname: String
    /// Nil for a security group without mail.
    var mail: String?
    /// Whether it is a Microsoft 365 group.
    var isUnified = false
    var isSecurityEnabled = true
    var isAssignableToRole: Bool?
    var visibility: String?
    var createdAt: Date
}

extension DirectoryGroup: GraphObject {
    static let typeName = "microsoft.graph.group"
    static let sortable = ["displayName"]

    static let properties: [GraphProperty<DirectoryGroup>] = [
        .init("id") { .string($0.id) },
        .init("deletedDateTime") { _ in .null },
        .init("createdDateTime") { .date($0.createdAt) },
        .init("description") { .orNull($0.description) },
        .init("displayName") { .string($0.displayName) },
        .init("groupTypes") { .strings($0.isUnified ? ["Unified"] : []) },
        .init("isAssignableToRole") { $0.isAssignableToRole.map { .bool($0) } ?? .null },
        .init("mail") { .orNull($0.mail) },
        .init("mailEnabled") { .bool($0.mail != nil) },
        .init("mailNickname") { .string($0.mailNickname) },
        .init("securityEnabled") { .bool($0.isSecurityEnabled) },
        .init("securityIdentifier") { .orNull(securityIdentifier($0.id)) },
        .init("visibility") { .orNull($0.visibility) },
    ]

    /// The object id as four numbers, each with its lowest byte first where a GUID has it so.
    private static func securityIdentifier(_ id: String) -> String? {
        guard let uuid = UUID(uuidString: id)?.uuid else { return nil }
        let bytes = [
            uuid.3, uuid.2, uuid.1, uuid.0, uuid.5, uuid.4, uuid.7, uuid.6, uuid.8, uuid.9, uuid.10, uuid.11, uuid.12,
            uuid.13, uuid.14, uuid.15,
        ]
        let numbers = stride(from: 0, to: 16, by: 4).map { start in
            bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        return "S-1-12-1-" + numbers.map(String.init).joined(separator: "-")
    }
}
