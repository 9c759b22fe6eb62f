import Foundation

/// A relationship as Graph shows it. Source: Microsoft Learn, "delegatedAdminRelationship resource type".
struct RelationshipObject: GraphObject {
    let relationship: DelegatedAdminRelationship
    let world: World
    let now: Date

    static let typeName = "microsoft.graph.delegatedAdminRelationship"
    static let isDirectoryObject = false
    static let sortable = ["displayName", "status", "createdDateTime"]

    var id: String { relationship.id }

    static let properties: [GraphProperty<Self>] = [
        .init("@odata.etag") { .string($0.relationship.etag(at: $0.now)) },
        .init("id") { .string($0.id) },
        .init("displayName") { .string($0.relationship.displayName) },
        .init("duration") { .string($0.relationship.duration.text) },
        .init("customer") { $0.customer },
        .init("customer/tenantId", .selected) { .orNull($0.relationship.customerID) },
        .init("accessDetails") { .accessDetails($0.relationship.roles) },
        .init("status") { .string($0.relationship.status(at: $0.now).rawValue) },
        .init("autoExtendDuration") { $0.relationship.autoExtends ? "P180D" : "PT0S" },
        .init("createdDateTime") { .dateTime($0.relationship.createdAt) },
        .init("lastModifiedDateTime") { .dateTime($0.relationship.lastModified(at: $0.now)) },
        .init("activatedDateTime") { .dateTime($0.isActivated ? $0.relationship.activatedAt : nil) },
        .init("endDateTime") { .dateTime($0.isActivated ? $0.end : nil) },
    ]

    /// The name is the tenant's own, whatever the partner wrote.
    private var customer: JSON {
        guard let id = relationship.customerID else { return .null }
        return ["tenantId": .string(id), "displayName": .optional(world.customer(id)?.name)]
    }

    private var isActivated: Bool { relationship.activatedAt.map { now >= $0 } ?? false }

    private var end: Date? {
        relationship.status(at: now) == .terminated ? relationship.ending?.at : relationship.end(at: now)
    }
}
