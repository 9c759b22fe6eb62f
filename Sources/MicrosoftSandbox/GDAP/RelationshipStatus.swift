/// Source: Microsoft Learn, "delegatedAdminRelationship resource type". A status never goes back.
enum RelationshipStatus: String, Codable, Sendable {
    case created, approvalPending, approved, activating, active
    case expiring, expired
    case terminationRequested, terminating, terminated
}
