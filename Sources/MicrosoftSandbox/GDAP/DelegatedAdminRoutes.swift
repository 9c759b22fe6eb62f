import Foundation
import HTTPTypes
import Hummingbird

/// Graph's delegated admin relationships, of a partner's tenant only. Source: Microsoft Learn, "Granular delegated admin
/// privileges (GDAP) API overview".
struct DelegatedAdminRoutes {
    let graph: GraphRoutes

    private static let writing = ["DelegatedAdminRelationship.ReadWrite.All"]
    private static let reading = writing + ["DelegatedAdminRelationship.Read.All"]

    func add(to router: Router<SandboxContext>) {
        addRelationships(to: router)
        addAssignments(to: router)
        PartnerTenantRoutes(graph: graph).add(to: router)
    }

    private func addRelationships(to router: Router<SandboxContext>) {
        let path = "tenantRelationships/delegatedAdminRelationships"
        graph.on(
            path, in: router,
            [
                .get: answering(.relationship, Self.reading) { try list($0) },
                .post: answering(.relationship, Self.writing) { try create($0) },
            ])
        graph.on(
            "\(path)/:relationship", in: router,
            [
                .get: answering(.relationship, Self.reading) { try read($0) },
                .patch: answering(.relationship, Self.writing) { try RelationshipUpdate(call: $0).answer() },
                .delete: answering(.relationship, Self.writing) { try delete($0) },
            ])
        let requests = RelationshipRequestCalls()
        graph.on(
            "\(path)/:relationship/requests", in: router,
            [
                .get: answering(.relationshipRequests, Self.reading) { try requests.list($0) },
                .post: answering(.relationshipRequests, Self.writing) { try requests.create($0) },
            ])
        graph.on(
            "\(path)/:relationship/requests/:request", in: router,
            [.get: answering(.relationshipRequests, Self.reading) { try requests.read($0) }])
        let operations = RelationshipOperationCalls()
        graph.on(
            "\(path)/:relationship/operations", in: router,
            [.get: answering(.relationshipOperations, Self.reading) { try operations.list($0) }])
        graph.on(
            "\(path)/:relationship/operations/:operation", in: router,
            [.get: answering(.relationshipOperations, Self.reading) { try operations.read($0) }])
    }

    private func addAssignments(to router: Router<SandboxContext>) {
        let path = "tenantRelationships/delegatedAdminRelationships/:relationship/accessAssignments"
        let assignments = AccessAssignmentCalls()
        graph.on(
            path, in: router,
            [
                .get: answering(.accessAssignments, Self.reading) { try assignments.list($0) },
                .post: answering(.accessAssignments, Self.writing) { try assignments.create($0) },
            ])
        graph.on(
            "\(path)/:assignment", in: router,
            [
                .get: answering(.accessAssignments, Self.reading) { try assignments.read($0) },
                .patch: answering(.accessAssignments, Self.writing) { try assignments.update($0) },
                .delete: answering(.accessAssignments, Self.writing) { try assignments.delete($0) },
            ])
    }

    private func answering(
        _ call: ServiceCall, _ permissions: [String],
        _ handler: @escaping @Sendable (RelationshipCall) throws -> GraphAnswer
    ) -> GraphRoutes.Responder {
        graph.answering(call, permissions) { try handler(RelationshipCall($0, call, graph.sandbox)) }
    }

    private func list(_ call: RelationshipCall) throws -> GraphAnswer {
        let all = graph.sandbox.store.read { $0.partnerships.relationships(of: call.partner.tenantID) }
        return try call.list(all.map(call.show), at: RelationshipCall.path, in: RelationshipCall.name)
    }

    private func create(_ call: RelationshipCall) throws -> GraphAnswer {
        let fields = try RelationshipFields(call.graph.body, partner: call.partner, world: call.world)
        guard let name = fields.displayName, let duration = fields.duration, let roles = fields.roles else {
            throw GraphFault.wrong("A relationship needs displayName, duration and accessDetails.")
        }
        var relationship = DelegatedAdminRelationship(
            partner: call.partner.tenantID, displayName: name, duration: duration, customerID: nil, roles: roles,
            autoExtends: fields.autoExtends ?? false, at: call.now)
        if case .tenant(let id) = fields.recipient { relationship.customerID = id }
        try relationship.checkExtension()
        let made = relationship
        try graph.sandbox.store.update { state in
            guard !state.partnerships.hasName(name, partner: made.partnerTenantID) else { throw GraphFault.nameTaken }
            state.partnerships.relationships.append(made)
        }
        call.changed("relationship \(made.id) created for \(made.customerID ?? "any customer")")
        return try call.answer(
            call.show(made), in: RelationshipCall.name, location: "\(RelationshipCall.path)/\(made.id)")
    }

    private func read(_ call: RelationshipCall) throws -> GraphAnswer {
        try call.answer(call.show(call.relationship()), in: RelationshipCall.name)
    }

    private func delete(_ call: RelationshipCall) throws -> GraphAnswer {
        let id = try call.change { relationship, partnerships in
            try call.requireMatch(relationship.etag(at: call.now))
            let status = relationship.status(at: call.now)
            guard status == .created else { throw GraphFault.wrongStatus(status, "deletion") }
            let id = relationship.id
            partnerships.relationships.removeAll { $0.id == id }
            return id
        }
        call.changed("relationship \(id) deleted")
        return .noContent
    }
}

extension DelegatedAdminRelationship {
    /// Source: Microsoft Learn, "delegatedAdminRelationship resource type": Global Administrator can't be extended.
    func checkExtension() throws(GraphFault) {
        if autoExtends, roles.contains(Account.globalAdministrator) {
            throw .wrong("A relationship with the Global Administrator role can't be extended automatically.")
        }
    }
}
