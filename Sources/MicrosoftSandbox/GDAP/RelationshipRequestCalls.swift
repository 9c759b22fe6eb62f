import Foundation
import HTTPTypes
import Hummingbird

/// What a partner asks for about a relationship: to have it approved, or to end it. Source: Microsoft Learn, "Create
/// requests".
struct RelationshipRequestCalls: Sendable {
    private static let name = "\(RelationshipCall.name)/requests"

    func list(_ call: RelationshipCall) throws -> GraphAnswer {
        let relationship = try call.relationship()
        let path = "\(RelationshipCall.path)/\(relationship.id)/requests"
        return try call.list(relationship.requests.map { show($0, call) }, at: path, in: Self.name)
    }

    func read(_ call: RelationshipCall) throws -> GraphAnswer {
        let id = call.graph.parameter("request").lowercased()
        guard let request = try call.relationship().requests.first(where: { $0.id == id }) else {
            throw GraphFault.relationshipNotFound
        }
        return try call.answer(show(request, call), in: Self.name)
    }

    /// `If-Match` is not asked for, but heeded where it comes.
    func create(_ call: RelationshipCall) throws -> GraphAnswer {
        let action = try action(call.graph.body)
        let request = RelationshipRequest(action, at: call.now)
        let id = try call.change { relationship, _ in
            if call.graph.request.headers[.ifMatch] != nil {
                try call.requireMatch(relationship.etag(at: call.now))
            }
            let status = relationship.status(at: call.now)
            switch (action, status) {
            case (.lockForApproval, .created): relationship.lock(at: call.now)
            case (.terminate, .active): relationship.end(.terminated, at: call.now)
            default: throw GraphFault.wrongStatus(status, action.rawValue)
            }
            relationship.requests.append(request)
            return relationship.id
        }
        call.changed("relationship \(id): \(action.rawValue)")
        return try call.answer(
            show(request, call, isNew: true), in: Self.name,
            location: "\(RelationshipCall.path)/\(id)/requests/\(request.id)")
    }

    private func show(
        _ request: RelationshipRequest, _ call: RelationshipCall, isNew: Bool = false
    ) -> RelationshipRequestObject {
        RelationshipRequestObject(
            request: request, now: call.now, showsLateMembers: call.showsLateMembers, isNew: isNew)
    }

    private func action(_ body: JSON) throws(GraphFault) -> RelationshipRequest.Action {
        let members = try body.properties()
        let action = members.first { $0.name == "action" }?.value.text.flatMap(RelationshipRequest.Action.init)
        switch action {
        case .lockForApproval, .terminate:
            guard members.count == 1 else { throw .wrong("A request has the property action only.") }
            return action ?? .terminate
        case .approve, .reject: throw .wrong("This action is for indirect resellers only.")
        case nil: throw .wrong("The action must be lockForApproval or terminate.")
        }
    }
}
