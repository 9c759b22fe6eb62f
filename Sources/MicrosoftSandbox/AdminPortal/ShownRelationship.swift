import Foundation

/// A relationship in words for people.
struct ShownRelationship {
    let relationship: DelegatedAdminRelationship
    let partner: String
    let now: Date

    var roles: [String] { relationship.roles.map(DirectoryRole.name) }

    var isActive: Bool { relationship.isActive(at: now) }
    var isWaiting: Bool { relationship.status(at: now) == .approvalPending }

    var length: String {
        let days = Int((relationship.duration.seconds / 86_400).rounded())
        return days == 1 ? "1 day from your approval" : "\(days) days from your approval"
    }

    var continuation: String {
        relationship.autoExtends
            ? "It goes on for another 180 days, again and again, until you or the partner ends it."
            : "It ends by itself."
    }

    var state: String {
        switch relationship.status(at: now) {
        case .created: "Not sent yet"
        case .approvalPending: "Waits for your answer"
        case .approved, .activating: "Being set up"
        case .active: "Active"
        case .expiring, .expired: relationship.approvedAt == nil ? "Not answered in time" : "Expired"
        case .terminationRequested, .terminating: "Being removed"
        case .terminated: relationship.ending?.cause == .rejected ? "Rejected" : "Ended"
        }
    }

    /// Empty before the approval.
    var end: String {
        let end = relationship.status(at: now) == .terminated ? relationship.ending?.at : relationship.end(at: now)
        guard relationship.approvedAt != nil, let end else { return "" }
        return end.formatted(
            Date.FormatStyle(
                date: .long, time: .omitted, locale: Locale(identifier: "en_GB"), timeZone: .gmt))
    }
}
