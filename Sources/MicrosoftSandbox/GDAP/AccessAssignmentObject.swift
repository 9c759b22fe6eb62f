import Foundation

/// An access assignment as Graph shows it. Source: Microsoft Learn, "delegatedAdminAccessAssignment resource type".
struct AccessAssignmentObject: GraphObject {
    let assignment: AccessAssignment
    let now: Date

    static let typeName = "microsoft.graph.delegatedAdminAccessAssignment"
    static let isDirectoryObject = false

    var id: String { assignment.id }

    static let properties: [GraphProperty<Self>] = [
        .init("@odata.etag") { .string($0.assignment.etag(at: $0.now)) },
        .init("id") { .string($0.id) },
        .init("status") { .orNull($0.assignment.status(at: $0.now)?.rawValue) },
        .init("accessContainer") {
            ["accessContainerId": .string($0.assignment.groupID), "accessContainerType": "securityGroup"]
        },
        .init("accessDetails") { .accessDetails($0.assignment.roles) },
        .init("createdDateTime") { .dateTime($0.assignment.createdAt) },
        .init("lastModifiedDateTime") { .dateTime($0.assignment.changedAt) },
    ]
}
