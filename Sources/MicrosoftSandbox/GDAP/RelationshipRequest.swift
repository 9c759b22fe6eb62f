import Foundation

/// Something that one side asked for. Source: Microsoft Learn, "delegatedAdminRelationshipRequest resource type".
struct RelationshipRequest: Codable, Sendable {
    enum Action: String, Codable {
        case lockForApproval, approve, terminate, reject

        /// Whether it stands after the sentinel of its enumeration, so that only callers who ask for such members see it.
        var isLate: Bool { self == .reject }
    }

    let id: String
    let action: Action
    let createdAt: Date

    init(_ action: Action, at now: Date) {
        id = UUID().uuidString.lowercased()
        self.action = action
        createdAt = now
    }

    private var doneAt: Date { createdAt.addingTimeInterval(DelegatedAdminRelationship.step) }

    /// `created` stands in the answer to the POST only.
    func status(at now: Date) -> String { now < doneAt ? "pending" : "succeeded" }

    func lastModified(at now: Date) -> Date { now < doneAt ? createdAt : doneAt }
}
