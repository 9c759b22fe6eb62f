import Foundation

/// A change that takes a while. Source: Microsoft Learn, "delegatedAdminRelationshipOperation resource type".
struct RelationshipOperation: Codable, Sendable {
    enum Kind: String, Codable {
        case delegatedAdminAccessAssignmentUpdate, delegatedAdminRelationshipUpdate

        /// Whether it stands after the sentinel of its enumeration.
        var isLate: Bool { self == .delegatedAdminRelationshipUpdate }
    }

    let id: String
    let kind: Kind
    /// JSON: the roles as they will be.
    let data: String
    let createdAt: Date

    init(_ kind: Kind, roles: [String], at now: Date) {
        id = UUID().uuidString.lowercased()
        self.kind = kind
        data = String(decoding: JSON.accessDetails(roles).bytes, as: UTF8.self)
        createdAt = now
    }

    private var doneAt: Date { createdAt.addingTimeInterval(AccessAssignment.delay) }

    func status(at now: Date) -> String { now < doneAt ? "running" : "succeeded" }

    func lastModified(at now: Date) -> Date { now < doneAt ? createdAt : doneAt }
}
