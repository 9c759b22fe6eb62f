/// Changes that take a while, to be polled. Source: Microsoft Learn, "List operations" of a delegatedAdminRelationship.
struct RelationshipOperationCalls: Sendable {
    private static let name = "\(RelationshipCall.name)/operations"

    func list(_ call: RelationshipCall) throws -> GraphAnswer {
        let relationship = try call.relationship()
        let path = "\(RelationshipCall.path)/\(relationship.id)/operations"
        return try call.list(relationship.operations.map { show($0, call) }, at: path, in: Self.name)
    }

    func read(_ call: RelationshipCall) throws -> GraphAnswer {
        let id = call.graph.parameter("operation").lowercased()
        guard let operation = try call.relationship().operations.first(where: { $0.id == id }) else {
            throw GraphFault.relationshipNotFound
        }
        return try call.answer(show(operation, call), in: Self.name)
    }

    private func show(_ operation: RelationshipOperation, _ call: RelationshipCall) -> RelationshipOperationObject {
        RelationshipOperationObject(operation: operation, now: call.now, showsLateMembers: call.showsLateMembers)
    }
}
