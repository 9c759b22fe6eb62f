import Foundation

/// A request as Graph shows it. Source: Microsoft Learn, "delegatedAdminRelationshipRequest resource type".
struct RelationshipRequestObject: GraphObject {
    let request: RelationshipRequest
    let now: Date
    let showsLateMembers: Bool
    /// In the answer to the POST.
    var isNew = false

    static let typeName = "microsoft.graph.delegatedAdminRelationshipRequest"
    static let isDirectoryObject = false

    var id: String { request.id }

    static let properties: [GraphProperty<Self>] = [
        .init("id") { .string($0.id) },
        .init("action") {
            .member($0.request.action.rawValue, unless: $0.request.action.isLate && !$0.showsLateMembers)
        },
        .init("status") { .string($0.isNew ? "created" : $0.request.status(at: $0.now)) },
        .init("createdDateTime") { .dateTime($0.request.createdAt) },
        .init("lastModifiedDateTime") { .dateTime($0.request.lastModified(at: $0.now)) },
    ]
}
