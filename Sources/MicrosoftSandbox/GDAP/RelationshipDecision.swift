import Foundation

/// What a customer may do about a relationship.
enum RelationshipDecision: String, CaseIterable, Codable {
    case approve, reject, terminate
}

extension DelegatedAdminRelationship {
    /// Whether this customer is the one that is asked, or may be.
    func isFor(_ customer: String) -> Bool { customerID == nil || customerID == customer }

    /// Nil when it is done.
    mutating func apply(_ decision: RelationshipDecision, of customer: String, at now: Date) -> RelationshipRefusal? {
        guard isFor(customer) else { return .otherCustomer }
        let status = status(at: now)
        switch (decision, status) {
        case (.approve, .approvalPending):
            approve(by: customer, at: now)
            requests.append(RelationshipRequest(.approve, at: now))
        case (.reject, .approvalPending):
            end(.rejected, at: now)
            requests.append(RelationshipRequest(.reject, at: now))
        case (.terminate, .approvalPending):
            end(.withdrawn, at: now)
        case (.terminate, .active):
            end(.terminated, at: now)
            requests.append(RelationshipRequest(.terminate, at: now))
        default:
            return .wrongStatus(status.rawValue)
        }
        return nil
    }
}
