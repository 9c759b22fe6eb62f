import Foundation
import HTTPTypes
import PortalKit

/// Until when a provider has asked us to leave one of its resources alone: a row, so that every job of the connection
/// keeps it, and a restart too.
struct Throttle {
    let connectionID: Key<StoredConnection>
    let realm: String
    let resource: String

    private static let longestWait: TimeInterval = 3_600
    private static let defaultWait: TimeInterval = 10

    /// - Throws: ``ProviderBusy`` while the wait lasts.
    func check(_ portal: Portal) throws {
        let until: Date? = try portal.database.read { db in
            try db.first(
                "SELECT until FROM throttle WHERE connection_id = \(connectionID) AND realm = \(realm) AND resource = \(resource)"
            ) { try $0[0] }
        }
        if let until, until > portal.now { throw ProviderBusy(until: until) }
    }

    /// Keeps the wait that a 429, or a 503 with `Retry-After`, asks for.
    ///
    /// - Throws: ``ProviderBusy`` then.
    func note(_ response: HTTPResponse, _ portal: Portal) throws {
        let now = portal.now
        let asked = response.headerFields[.retryAfter].flatMap { Self.wait(from: $0, now: now) }
        guard response.status.code == 429 || (response.status.code == 503 && asked != nil) else { return }
        // The jitter keeps the jobs of one connection from coming back in one instant.
        let wait = min(asked ?? Self.defaultWait, Self.longestWait) * Double.random(in: 1...1.1)
        let until = now + wait
        try portal.database.write { db in
            try db.execute(
                """
                INSERT INTO throttle (connection_id, realm, resource, until)
                VALUES (\(connectionID), \(realm), \(resource), \(until))
                ON CONFLICT (connection_id, realm, resource) DO UPDATE SET until = excluded.until
                """)
        }
        throw ProviderBusy(until: until)
    }

    /// Seconds or an HTTP date (RFC 9110 §10.2.3); `nil` for anything else, and for the past.
    static func wait(from text: String, now: Date) -> TimeInterval? {
        let seconds = TimeInterval(text) ?? httpDate(text)?.timeIntervalSince(now)
        return seconds.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }

    private static func httpDate(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text)
    }
}
