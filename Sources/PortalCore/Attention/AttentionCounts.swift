import Foundation
import Synchronization

/// The last counts by scope, so that a page does not compute the list for a number in its menu. The list itself is never
/// kept.
final class AttentionCounts: Sendable {
    /// Some causes come with the time alone.
    private static let lifetime: TimeInterval = 60

    private struct Entry {
        var version: Int
        var at: Date
        var permissions: [Permission]
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// What the items ask for, if nothing has changed since they were counted.
    func permissions(_ scope: String, version: Int, now: Date) -> [Permission]? {
        entries.withLock { entries in
            guard let entry = entries[scope], entry.version == version,
                abs(now.timeIntervalSince(entry.at)) < Self.lifetime
            else { return nil }
            return entry.permissions
        }
    }

    func keep(_ permissions: [Permission], _ scope: String, version: Int, now: Date) {
        entries.withLock { $0[scope] = Entry(version: version, at: now, permissions: permissions) }
    }
}
