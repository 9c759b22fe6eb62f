import Foundation

/// A long-running operation as Graph shows it. Source: Microsoft Learn, "delegatedAdminRelationshipOperation resource
/// type".
struct RelationshipOperationObject: GraphObject {
    let operation: RelationshipOperation
    let now: Date
    let showsLateMembers: Bool

    static let typeName = "microsoft.graph.delegatedAdminRelationshipOperation"
    static let isDirectoryObject = false

    var id: String { operation.id }

    static let properties: [GraphProperty<Self>] = [
        .init("id") { .string($0.id) },
        .init("operationType") {
            .member($0.operation.kind.rawValue, unless: $0.operation.kind.isLate && !$0.showsLateMembers)
        },
        .init("status") { .string($0.operation.status(at: $0.now)) },
        .init("data") { .string($0.operation.data) },
        .init("createdDateTime") { .dateTime($0.operation.createdAt) },
        .init("lastModifiedDateTime") { .dateTime($0.operation.lastModified(at: $0.now)) },
    ]
}
