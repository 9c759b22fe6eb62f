import HTTPTypes

/// Refusals around delegated administration. Microsoft documents the statuses and, of the texts, only the first; which
/// codes go with them is not documented.
extension GraphFault {
    static let notAdminAgent = GraphFault(
        .forbidden, "Forbidden",
        "The user (principal) does not have the required permissions to perform the specified action on the resource")
    static let relationshipNotFound = GraphFault(.notFound, "NotFound", "The resource could not be found.")
    static let nameTaken = GraphFault(
        .conflict, "Conflict", "A delegated admin relationship with the same displayName already exists.")
    static let groupTaken = GraphFault(
        .conflict, "Conflict", "The access container already has an access assignment in this relationship.")
    static let staleETag = GraphFault(
        .preconditionFailed, "PreconditionFailed", "The If-Match header does not match the current etag.")
    static let etagMissing = wrong("The If-Match header is required.")

    static func wrong(_ message: String) -> GraphFault { GraphFault(.badRequest, "BadRequest", message) }

    static func wrongStatus(_ status: RelationshipStatus, _ action: String) -> GraphFault {
        wrong("A relationship in status '\(status.rawValue)' does not allow \(action).")
    }
}
