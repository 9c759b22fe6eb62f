import Foundation

/// What the customer's side does about relationships, without its pages, for tests; the same by HTTP is in
/// ``ControlRoutes``.
extension MicrosoftSandbox {
    /// Approves a relationship that waits for it, as the customer's administrator would. Moves nothing else: it becomes
    /// active two seconds later by the sandbox's clock. `customer` is a tenant id or a domain.
    public func approve(relationship id: String, customer: String) throws(RelationshipRefusal) {
        try decide(.approve, about: id, customer: customer)
    }

    /// The customer says no; the relationship is terminated.
    public func reject(relationship id: String, customer: String) throws(RelationshipRefusal) {
        try decide(.reject, about: id, customer: customer)
    }

    /// Ends an active relationship, or takes back a request that waits for approval.
    public func terminate(relationship id: String, customer: String) throws(RelationshipRefusal) {
        try decide(.terminate, about: id, customer: customer)
    }

    /// An active relationship of two years between a customer and its partner, whose AdminAgents have its roles from this
    /// moment on. `roles` are role template ids, by default Directory Readers; `customer` is a tenant id or a domain.
    ///
    /// - Returns: The relationship's id.
    @discardableResult
    public func delegate(roles: [String] = [], in customer: String) throws(RelationshipRefusal) -> String {
        guard let tenant = world.directory(named: customer)?.customer else { throw .noSuchCustomer }
        let roles = roles.isEmpty ? [DirectoryRole.directoryReaders] : roles.map { $0.lowercased() }
        guard roles.allSatisfy({ UUID(uuidString: $0) != nil }) else { throw .noSuchRole }
        let now = now
        let before = now.addingTimeInterval(-2 * DelegatedAdminRelationship.step - AccessAssignment.delay)
        var relationship = DelegatedAdminRelationship(
            partner: tenant.partnerTenantID, displayName: "", duration: RelationshipDuration(days: 730),
            customerID: tenant.id, roles: roles, autoExtends: false, at: before)
        relationship.displayName = "Practice \(relationship.id.prefix(36))"
        relationship.lock(at: before)
        relationship.approve(by: tenant.id, at: before)
        relationship.assignments = [
            AccessAssignment(
                groupID: adminAgents(of: tenant.partnerTenantID), roles: roles,
                at: now.addingTimeInterval(-AccessAssignment.delay))
        ]
        let made = relationship
        try changingState { $0.partnerships.relationships.append(made) }
        return made.id
    }

    func decide(
        _ decision: RelationshipDecision, about id: String, customer: String
    ) throws(RelationshipRefusal) {
        guard let tenant = world.directory(named: customer)?.customer else { throw .noSuchCustomer }
        let now = now
        let refusal = try changingState { state -> RelationshipRefusal? in
            let found = state.partnerships.relationships.firstIndex { $0.id == id.lowercased() }
            guard let index = found else { return .noSuchRelationship }
            return state.partnerships.relationships[index].apply(decision, of: tenant.id, at: now)
        }
        if let refusal { throw refusal }
    }

    /// The id of a partner's group AdminAgents.
    private func adminAgents(of partner: String) -> String { "\(partner.prefix(9))0b01\(partner.dropFirst(13))" }

    private func changingState<Value: Sendable>(
        _ body: (inout SandboxState) -> Value
    ) throws(RelationshipRefusal) -> Value {
        do {
            return try store.update(body)
        } catch {
            throw .notKept("\(error)")
        }
    }
}

/// Why the customer's side can't have what it wants about a relationship.
public enum RelationshipRefusal: Error, Equatable, Sendable {
    case noSuchCustomer, noSuchRelationship, noSuchRole
    /// The relationship is for another customer.
    case otherCustomer
    /// Its status, which does not allow it.
    case wrongStatus(String)
    /// The state could not be written.
    case notKept(String)
}
