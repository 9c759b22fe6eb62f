import Foundation

/// PATCH of a relationship. Before the customer was asked, all of it; while it is active, the extension, and taking
/// Global Administrator away, which takes a while. Source: Microsoft Learn, "Update delegatedAdminRelationship".
struct RelationshipUpdate {
    let call: RelationshipCall
    private let fields: RelationshipFields

    private enum Outcome {
        case same(DelegatedAdminRelationship)
        case changed(DelegatedAdminRelationship)
        case started(RelationshipOperation)
    }

    init(call: RelationshipCall) throws {
        self.call = call
        fields = try RelationshipFields(call.graph.body, partner: call.partner, world: call.world)
    }

    func answer() throws -> GraphAnswer {
        guard !fields.isEmpty else { throw GraphFault.wrong("Nothing to change was sent.") }
        let outcome = try call.change { relationship, partnerships in
            try call.requireMatch(relationship.etag(at: call.now))
            switch relationship.status(at: call.now) {
            case .created: return try changeAll(&relationship, partnerships)
            case .active: return try changeActive(&relationship)
            case let status: throw GraphFault.wrongStatus(status, "changes")
            }
        }
        let id = call.graph.parameter("relationship").lowercased()
        switch outcome {
        case .started(let operation):
            call.changed("relationship \(id): Global Administrator removed")
            return call.accepted(operation, of: id)
        case .changed(let relationship):
            call.changed("relationship \(id) changed")
            return try call.answer(call.show(relationship), in: RelationshipCall.name)
        case .same(let relationship):
            return try call.answer(call.show(relationship), in: RelationshipCall.name)
        }
    }

    private func changeAll(
        _ relationship: inout DelegatedAdminRelationship, _ partnerships: PartnershipState
    ) throws -> Outcome {
        if let name = fields.displayName {
            guard !partnerships.hasName(name, partner: call.partner.tenantID, otherThan: relationship.id) else {
                throw GraphFault.nameTaken
            }
            relationship.displayName = name
        }
        relationship.duration = fields.duration ?? relationship.duration
        relationship.roles = fields.roles ?? relationship.roles
        relationship.autoExtends = fields.autoExtends ?? relationship.autoExtends
        switch fields.recipient {
        case .tenant(let id): relationship.customerID = id
        case .anyone: relationship.customerID = nil
        case nil: break
        }
        try relationship.checkExtension()
        relationship.touch(at: call.now)
        return .changed(relationship)
    }

    private func changeActive(_ relationship: inout DelegatedAdminRelationship) throws -> Outcome {
        let remaining = relationship.roles.filter { $0 != Account.globalAdministrator }
        let keepsRoles = fields.roles.map { Set($0) == Set(relationship.roles) } ?? true
        let losesAdministrator = !keepsRoles && fields.roles.map { Set($0) == Set(remaining) } ?? false
        guard fields.isOnlyAboutActive, keepsRoles || losesAdministrator else {
            throw GraphFault.wrongStatus(
                .active, "other changes than autoExtendDuration and removing the Global Administrator role")
        }
        let extends = fields.autoExtends ?? relationship.autoExtends
        if keepsRoles, extends == relationship.autoExtends { return .same(relationship) }
        relationship.touch(at: call.now)
        relationship.autoExtends = extends
        if losesAdministrator {
            relationship.roles = remaining
            for index in relationship.assignments.indices {
                relationship.assignments[index].remove(role: Account.globalAdministrator, at: call.now)
            }
        }
        try relationship.checkExtension()
        guard losesAdministrator else { return .changed(relationship) }
        let operation = RelationshipOperation(.delegatedAdminRelationshipUpdate, roles: remaining, at: call.now)
        relationship.operations.append(operation)
        return .started(operation)
    }
}
