import Foundation

/// Which of a relationship's roles a security group of the partner has. Source: Microsoft Learn,
/// "delegatedAdminAccessAssignment resource type".
struct AccessAssignment: Codable, Sendable {
    enum Status: String, Codable {
        case pending, active, deleting
    }

    let id: String
    let groupID: String
    private(set) var roles: [String]
    /// What the group has until the last change is through.
    private var formerRoles: [String] = []
    let createdAt: Date
    private(set) var changedAt: Date
    private(set) var isDeleted = false
    private var revision = 0

    /// How long a change takes. Microsoft's takes minutes to reach all services.
    static let delay: TimeInterval = 1

    init(groupID: String, roles: [String], at now: Date) {
        id = UUID().uuidString.lowercased()
        self.groupID = groupID
        self.roles = roles
        createdAt = now
        changedAt = now
    }

    /// Nil when it is gone.
    func status(at now: Date) -> Status? {
        let isThrough = now >= changedAt.addingTimeInterval(Self.delay)
        if isDeleted { return isThrough ? nil : .deleting }
        return isThrough ? .active : .pending
    }

    /// What members of the group may do at the customer now.
    func rolesInForce(at now: Date) -> [String] {
        switch status(at: now) {
        case .active: roles
        case .pending: formerRoles
        case .deleting, nil: []
        }
    }

    mutating func change(roles: [String], at now: Date) {
        formerRoles = rolesInForce(at: now)
        self.roles = roles
        changedAt = now
        revision += 1
    }

    /// A role that the relationship no longer has is lost at once.
    mutating func remove(role: String, at now: Date) {
        guard roles.contains(role) else { return }
        change(roles: roles.filter { $0 != role }, at: now)
        formerRoles.removeAll { $0 == role }
    }

    mutating func delete(at now: Date) {
        isDeleted = true
        changedAt = now
        revision += 1
    }

    func etag(at now: Date) -> String {
        let mark = "\(id.prefix(8)).\(revision).\(status(at: now)?.rawValue ?? "")"
        return "W/\"\(Data(mark.utf8).base64EncodedString())\""
    }
}
