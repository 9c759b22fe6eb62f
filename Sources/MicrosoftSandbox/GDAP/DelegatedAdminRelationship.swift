import Foundation

/// A granular delegated admin relationship. Only what somebody did is kept, with its time; the status follows from
/// these times and the clock. Source: Microsoft Learn, "delegatedAdminRelationship resource type".
struct DelegatedAdminRelationship: Codable, Sendable {
    /// How it came to its end before its time.
    struct Ending: Codable, Sendable {
        enum Cause: String, Codable {
            case rejected, withdrawn, terminated
        }

        let cause: Cause
        let at: Date
    }

    /// Two GUIDs joined by a hyphen.
    let id: String
    let partnerTenantID: String
    var displayName: String
    var duration: RelationshipDuration
    /// Nil while any customer may approve it.
    var customerID: String?
    /// Role template ids.
    var roles: [String]
    var autoExtends: Bool
    let createdAt: Date
    var modifiedAt: Date
    var lockedAt: Date?
    var approvedAt: Date?
    /// Set at the approval, moved by extensions.
    var plannedEnd: Date?
    var ending: Ending?
    var revision = 0
    var requests: [RelationshipRequest] = []
    var operations: [RelationshipOperation] = []
    var assignments: [AccessAssignment] = []

    /// How long each passing status lasts: approved, activating, terminationRequested, terminating, expiring. Microsoft
    /// takes up to some minutes.
    static let step: TimeInterval = 1
    static let timeToApprove: TimeInterval = 90 * 86_400
    static let extensionLength: TimeInterval = 180 * 86_400

    init(
        partner: String, displayName: String, duration: RelationshipDuration, customerID: String?, roles: [String],
        autoExtends: Bool, at now: Date
    ) {
        id = "\(UUID().uuidString)-\(UUID().uuidString)".lowercased()
        partnerTenantID = partner
        self.displayName = displayName
        self.duration = duration
        self.customerID = customerID
        self.roles = roles
        self.autoExtends = autoExtends
        createdAt = now
        modifiedAt = now
    }

    func status(at now: Date) -> RelationshipStatus { stage(at: now).status }

    /// The status, and since when.
    func stage(at now: Date) -> (status: RelationshipStatus, since: Date) {
        if let ending {
            guard ending.cause == .terminated else { return (.terminated, ending.at) }
            return Self.passing([.terminationRequested, .terminating, .terminated], from: ending.at, at: now)
        }
        guard let lockedAt else { return (.created, createdAt) }
        guard let approvedAt, let activatedAt, let end = end(at: now) else {
            let lapse = lockedAt.addingTimeInterval(Self.timeToApprove)
            return now < lapse ? (.approvalPending, lockedAt) : (.expired, lapse)
        }
        guard now >= activatedAt else { return Self.passing([.approved, .activating], from: approvedAt, at: now) }
        return now < end ? (.active, activatedAt) : Self.passing([.expiring, .expired], from: end, at: now)
    }

    private static func passing(
        _ statuses: [RelationshipStatus], from start: Date, at now: Date
    ) -> (status: RelationshipStatus, since: Date) {
        let steps = max(0, now.timeIntervalSince(start) / step)
        let index = Int(min(Double(statuses.count - 1), steps))
        return (statuses[index], start.addingTimeInterval(Double(index) * step))
    }

    /// When it becomes or became usable.
    var activatedAt: Date? { approvedAt?.addingTimeInterval(2 * Self.step) }

    /// When it ends: as planned, with all extensions that fell due until `now`.
    func end(at now: Date) -> Date? {
        guard let plannedEnd else { return nil }
        let last = min(now, ending?.at ?? now)
        guard autoExtends, last >= plannedEnd else { return plannedEnd }
        let extensions = (last.timeIntervalSince(plannedEnd) / Self.extensionLength).rounded(.down) + 1
        return plannedEnd.addingTimeInterval(extensions * Self.extensionLength)
    }

    func lastModified(at now: Date) -> Date { max(modifiedAt, stage(at: now).since) }

    /// Another one after each change and with each status.
    func etag(at now: Date) -> String {
        let mark =
            "\(id.suffix(12)).\(revision).\(status(at: now).rawValue).\(Int(end(at: now)?.timeIntervalSince1970 ?? 0))"
        return "W/\"\(Data(mark.utf8).base64EncodedString())\""
    }

    func isActive(at now: Date) -> Bool { status(at: now) == .active }

    /// Nil where no such group has one; those that are being deleted count.
    func assignment(_ id: String, at now: Date) -> AccessAssignment? {
        assignments.first { $0.id == id.lowercased() && $0.status(at: now) != nil }
    }
}

/// What happens to it. Each is to be called only where the status allows it.
extension DelegatedAdminRelationship {
    mutating func touch(at now: Date) {
        plannedEnd = end(at: now)
        modifiedAt = now
        revision += 1
    }

    mutating func lock(at now: Date) {
        touch(at: now)
        lockedAt = now
    }

    mutating func approve(by customer: String, at now: Date) {
        touch(at: now)
        customerID = customer
        approvedAt = now
        plannedEnd = activatedAt?.addingTimeInterval(duration.seconds)
    }

    mutating func end(_ cause: Ending.Cause, at now: Date) {
        touch(at: now)
        ending = Ending(cause: cause, at: now)
    }
}
