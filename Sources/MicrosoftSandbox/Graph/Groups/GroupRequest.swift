import Foundation

/// A body that makes or changes a group.
struct GroupRequest {
    /// As the caller named them: at most 20.
    let members: [String]
    private let displayName: String?
    private let description: String?
    private let mailNickname: String?
    private let visibility: String?
    private let isUnified: Bool
    private let isMailEnabled: Bool
    private let isSecurityEnabled: Bool?
    private let isAssignableToRole: Bool?

    private static let type = "microsoft.graph.group"
    private static let names = [
        "displayName", "description", "mailNickname", "mailEnabled", "securityEnabled", "groupTypes", "visibility",
        "isAssignableToRole", "members@odata.bind", "owners@odata.bind",
    ]
    private static let mostMembers = 20

    /// Throws 400.
    init(_ json: JSON, isNew: Bool) throws(GraphFault) {
        let body = try GraphBody(json, of: Self.type, Self.names)
        displayName = try isNew ? body.requiredText("displayName") : body.text("displayName")
        mailNickname = try isNew ? body.requiredText("mailNickname") : body.text("mailNickname")
        let mail = try body.boolean("mailEnabled")
        isSecurityEnabled = try body.boolean("securityEnabled")
        description = try body.text("description")
        visibility = try body.text("visibility")
        isAssignableToRole = try body.boolean("isAssignableToRole")
        members = try body.texts("members@odata.bind") ?? []
        let types = try body.texts("groupTypes") ?? []
        isUnified = types.contains("Unified")
        isMailEnabled = mail ?? false
        if isNew, mail == nil { throw .missing("mailEnabled", of: Self.type) }
        if isNew, isSecurityEnabled == nil { throw .missing("securityEnabled", of: Self.type) }
        guard members.count <= Self.mostMembers else {
            throw .badRequest("The request may add at most \(Self.mostMembers) members.")
        }
        try check(types, isNew: isNew)
    }

    private func check(_ types: [String], isNew: Bool) throws(GraphFault) {
        if let displayName, displayName.count > 256 || displayName.trimming().isEmpty {
            throw .invalid("displayName", of: Self.type)
        }
        if let mailNickname {
            let isUsable = mailNickname.utf8.allSatisfy {
                (0x21...0x7e).contains($0) && !"@()\\[]\";:<>,".utf8.contains($0)
            }
            guard isUsable, (1...64).contains(mailNickname.count) else {
                throw .invalid("mailNickname", of: Self.type)
            }
        }
        guard types.allSatisfy({ $0 == "Unified" || $0 == "DynamicMembership" }) else {
            throw .invalid("groupTypes", of: Self.type)
        }
        guard visibility.map({ ["Public", "Private", "HiddenMembership"].contains($0) }) ?? true else {
            throw .invalid("visibility", of: Self.type)
        }
        // Graph makes mail-enabled groups only as Microsoft 365 groups.
        if isNew, isMailEnabled != isUnified { throw .invalid("mailEnabled", of: Self.type) }
        if isNew, !isUnified, isSecurityEnabled != true { throw .invalid("securityEnabled", of: Self.type) }
    }

    /// Whether it says anything but members.
    var changesGroup: Bool {
        displayName != nil || description != nil || mailNickname != nil || visibility != nil
    }

    func newGroup(in directory: Directory, at now: Date) -> DirectoryGroup {
        let nickname = mailNickname ?? ""
        return DirectoryGroup(
            id: UUID().uuidString.lowercased(), tenantID: directory.id, displayName: displayName ?? "",
            description: description, mailNickname: nickname,
            mail: isUnified ? "\(nickname)@\(directory.domains[0])" : nil, isUnified: isUnified,
            isSecurityEnabled: isSecurityEnabled ?? true, isAssignableToRole: isAssignableToRole,
            visibility: visibility, createdAt: now)
    }

    func changed(_ group: DirectoryGroup) -> DirectoryGroup {
        var group = group
        group.displayName = displayName ?? group.displayName
        group.description = description ?? group.description
        group.mailNickname = mailNickname ?? group.mailNickname
        group.visibility = visibility ?? group.visibility
        return group
    }
}
