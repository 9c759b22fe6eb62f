import Foundation

/// What a caller sent to create or change a relationship. Nil is what was not sent.
struct RelationshipFields {
    enum Recipient: Equatable {
        case anyone
        case tenant(String)
    }

    private(set) var displayName: String?
    private(set) var duration: RelationshipDuration?
    private(set) var recipient: Recipient?
    private(set) var roles: [String]?
    private(set) var autoExtends: Bool?

    /// Throws 400 for anything that is not one of these five, and for values that break their rules.
    init(_ body: JSON, partner: Partner, world: World) throws(GraphFault) {
        for member in try body.properties() {
            switch member.name {
            case "displayName": displayName = try Self.name(member.value)
            case "duration": duration = try Self.duration(member.value)
            case "customer": recipient = try Self.recipient(member.value, partner, world)
            case "accessDetails": roles = try Self.roles(member.value)
            case "autoExtendDuration": autoExtends = try Self.extends(member.value)
            default: throw .wrong("The property '\(member.name)' can't be set on a delegated admin relationship.")
            }
        }
    }

    var isEmpty: Bool { displayName == nil && isOnlyAboutActive && roles == nil && autoExtends == nil }

    /// Whether it names nothing that is fixed once the customer was asked.
    var isOnlyAboutActive: Bool { displayName == nil && duration == nil && recipient == nil }

    private static func name(_ value: JSON) throws(GraphFault) -> String {
        guard let name = value.text, !name.trimming().isEmpty, name.utf16.count <= 50 else {
            throw .wrong("The displayName must have 1 to 50 characters.")
        }
        return name
    }

    private static func duration(_ value: JSON) throws(GraphFault) -> RelationshipDuration {
        guard let duration = value.text.flatMap(RelationshipDuration.init), duration.isAllowed else {
            throw .wrong("The duration must be an ISO 8601 duration from P1D to P2Y.")
        }
        return duration
    }

    private static func recipient(_ value: JSON, _ partner: Partner, _ world: World) throws(GraphFault) -> Recipient {
        guard value != .null else { return .anyone }
        guard let id = value["tenantId"].text, UUID(uuidString: id) != nil else {
            throw .wrong("The customer's tenantId must be a GUID.")
        }
        guard let customer = world.customer(id) else { throw .wrong("The customer tenant '\(id)' was not found.") }
        return .tenant(customer.id)
    }

    private static func extends(_ value: JSON) throws(GraphFault) -> Bool {
        switch value {
        case "P180D": return true
        case "P0D", "PT0S", .null: return false
        default: throw .wrong("The autoExtendDuration must be P0D, PT0S or P180D.")
        }
    }

    /// Of `accessDetails`: at least one role, each a template id; which roles exist is not checked, because customers'
    /// tenants may have more than those that are documented.
    static func roles(_ value: JSON) throws(GraphFault) -> [String] {
        guard let items = value["unifiedRoles"].items, !items.isEmpty else {
            throw .wrong("The accessDetails must name at least one role in unifiedRoles.")
        }
        var roles: [String] = []
        for item in items {
            guard let id = item["roleDefinitionId"].text, UUID(uuidString: id) != nil else {
                throw .wrong("Each roleDefinitionId must be a GUID.")
            }
            if !roles.contains(id.lowercased()) { roles.append(id.lowercased()) }
        }
        return roles
    }
}

extension JSON {
    /// An object's members but those that OData itself adds. Throws 400 for what is no object.
    func properties() throws(GraphFault) -> [Member] {
        guard let members else { throw .bodyUnreadable }
        return members.filter { !$0.name.hasPrefix("@odata.") && !$0.value.isAbsent }
    }
}
