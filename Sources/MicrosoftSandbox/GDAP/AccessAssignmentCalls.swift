import Foundation
import HTTPTypes

/// Giving a relationship's roles to security groups of the partner. Source: Microsoft Learn, "Create accessAssignments",
/// "Update delegatedAdminAccessAssignment" and "Delete delegatedAdminAccessAssignment".
struct AccessAssignmentCalls: Sendable {
    private static let name = "\(RelationshipCall.name)/accessAssignments"

    func list(_ call: RelationshipCall) throws -> GraphAnswer {
        let relationship = try call.relationship()
        let path = "\(RelationshipCall.path)/\(relationship.id)/accessAssignments"
        let assignments = relationship.assignments.filter { $0.status(at: call.now) != nil }
        return try call.list(assignments.map { show($0, call) }, at: path, in: Self.name)
    }

    func read(_ call: RelationshipCall) throws -> GraphAnswer {
        guard let assignment = try call.relationship().assignment(call.graph.parameter("assignment"), at: call.now)
        else { throw GraphFault.relationshipNotFound }
        return try call.answer(show(assignment, call), in: Self.name)
    }

    private func show(_ assignment: AccessAssignment, _ call: RelationshipCall) -> AccessAssignmentObject {
        AccessAssignmentObject(assignment: assignment, now: call.now)
    }

    func create(_ call: RelationshipCall) throws -> GraphAnswer {
        let members = try call.graph.body.properties()
        guard members.map(\.name).allSatisfy(["accessContainer", "accessDetails"].contains) else {
            throw GraphFault.wrong("An access assignment is made of accessContainer and accessDetails.")
        }
        let container = call.graph.body["accessContainer"]
        guard let group = container["accessContainerId"].text?.lowercased(), UUID(uuidString: group) != nil,
            container["accessContainerType"] == "securityGroup"
        else { throw GraphFault.wrong("The accessContainer must be a securityGroup with its id.") }
        let roles = try RelationshipFields.roles(call.graph.body["accessDetails"])
        let isKnownGroup = call.sandbox.groupExists(group, in: call.partner.tenantID)
        let assignment = AccessAssignment(groupID: group, roles: roles, at: call.now)
        let id = try call.change { relationship, _ in
            try requireActive(relationship, call)
            guard isKnownGroup else { throw GraphFault.wrong("The access container does not exist.") }
            try requireRoles(roles, of: relationship)
            let isTaken = relationship.assignments.contains { $0.groupID == group && $0.status(at: call.now) != nil }
            guard !isTaken else { throw GraphFault.groupTaken }
            relationship.assignments.append(assignment)
            return relationship.id
        }
        call.changed("relationship \(id): access assignment \(assignment.id) for group \(group) created")
        return try call.answer(
            show(assignment, call), in: Self.name,
            location: "\(RelationshipCall.path)/\(id)/accessAssignments/\(assignment.id)")
    }

    func update(_ call: RelationshipCall) throws -> GraphAnswer {
        let members = try call.graph.body.properties()
        guard members.map(\.name) == ["accessDetails"] else {
            throw GraphFault.wrong("Only accessDetails of an access assignment can be changed.")
        }
        let roles = try RelationshipFields.roles(call.graph.body["accessDetails"])
        let (relationshipID, assignment, operation) = try change(call) { assignment, relationship in
            try requireRoles(roles, of: relationship)
            guard Set(assignment.roles) != Set(roles) else {
                return (relationship.id, assignment, RelationshipOperation?.none)
            }
            assignment.change(roles: roles, at: call.now)
            let operation = RelationshipOperation(.delegatedAdminAccessAssignmentUpdate, roles: roles, at: call.now)
            relationship.operations.append(operation)
            return (relationship.id, assignment, operation)
        }
        guard let operation else {
            return try call.answer(show(assignment, call), in: Self.name)
        }
        call.changed("relationship \(relationshipID): access assignment \(assignment.id) changed")
        return call.accepted(operation, of: relationshipID)
    }

    func delete(_ call: RelationshipCall) throws -> GraphAnswer {
        let (relationshipID, id) = try change(call) { assignment, relationship in
            assignment.delete(at: call.now)
            return (relationship.id, assignment.id)
        }
        call.changed("relationship \(relationshipID): access assignment \(id) deleted")
        return .noContent
    }

    /// The assignment that the address names: there, unchanged since the caller read it, not already being deleted.
    private func change<Value: Sendable>(
        _ call: RelationshipCall, _ body: (inout AccessAssignment, inout DelegatedAdminRelationship) throws -> Value
    ) throws -> Value {
        try call.change { relationship, _ in
            let id = call.graph.parameter("assignment").lowercased()
            guard let index = relationship.assignments.firstIndex(where: { $0.id == id }),
                let status = relationship.assignments[index].status(at: call.now)
            else { throw GraphFault.relationshipNotFound }
            var assignment = relationship.assignments[index]
            try call.requireMatch(assignment.etag(at: call.now))
            try requireActive(relationship, call)
            guard status != .deleting else { throw GraphFault.wrong("The access assignment is being deleted.") }
            let value = try body(&assignment, &relationship)
            relationship.assignments[index] = assignment
            return value
        }
    }

    private func requireActive(
        _ relationship: DelegatedAdminRelationship, _ call: RelationshipCall
    ) throws(GraphFault) {
        let status = relationship.status(at: call.now)
        guard status == .active else { throw .wrongStatus(status, "access assignments") }
    }

    private func requireRoles(
        _ roles: [String], of relationship: DelegatedAdminRelationship
    ) throws(GraphFault) {
        guard Set(roles).isSubset(of: relationship.roles) else {
            throw .wrong("The roles of an access assignment must be among those of the relationship.")
        }
    }
}
