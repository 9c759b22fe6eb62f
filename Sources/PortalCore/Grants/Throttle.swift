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
    /// In a row; from then on every further failure doubles the pause.
    private static let failuresBeforePause = 5
    private static let shortestPause: TimeInterval = 30
    private static let longestPause: TimeInterval = 600

    /// - Throws: ``ProviderBusy`` while a wait or a pause lasts.
    /// - Returns: how often the resource has failed in a row.
    func check(_ portal: Portal) throws -> Int {
        let known: (until: Date, failures: Int)? = try portal.database.read { db in
            try db.first(
                "SELECT until, failures FROM throttle WHERE connection_id = \(connectionID) AND realm = \(realm) AND resource = \(resource)"
            ) { (try $0[0], try $0[1]) }
        }
        guard let known else { return 0 }
        if known.until > portal.now {
            throw ProviderBusy(until: known.until, cause: known.failures > 0 ? .failing : .asked)
        }
        return known.failures
    }

    /// Keeps the wait that a 429, or a 503 with `Retry-After`, asks for, and counts failures.
    ///
    /// - Throws: ``ProviderBusy`` when the provider asks us to wait.
    func note(_ response: HTTPResponse, failuresBefore: Int, _ portal: Portal) throws {
        let now = portal.now
        let asked = response.headerFields[.retryAfter].flatMap { Self.wait(from: $0, now: now) }
        guard response.status.code == 429 || (response.status.code == 503 && asked != nil) else {
            if response.status.kind == .serverError {
                try noteFailure(failuresBefore: failuresBefore, portal)
            } else if failuresBefore > 0 {
                try keep(until: now, failures: 0, portal)
            }
            return
        }
        // The jitter keeps the jobs of one connection from coming back in one instant.
        let wait = min(asked ?? Self.defaultWait, Self.longestWait) * Double.random(in: 1...1.1)
        try keep(until: now + wait, failures: 0, portal)
        throw ProviderBusy(until: now + wait)
    }

    /// No answer, or one of 5xx. Several in a row make a pause for every job of the connection.
    func noteFailure(failuresBefore: Int, _ portal: Portal) throws {
        let failures = failuresBefore + 1
        let further = failures - Self.failuresBeforePause
        let pause = further < 0 ? 0 : min(Self.longestPause, Self.shortestPause * pow(2, Double(min(further, 10))))
        try keep(until: portal.now + pause, failures: failures, portal)
    }

    private func keep(until: Date, failures: Int, _ portal: Portal) throws {
        try portal.database.write { db in
            try db.execute(
                """
                INSERT INTO throttle (connection_id, realm, resource, until, failures)
                VALUES (\(connectionID), \(realm), \(resource), \(until), \(failures))
                ON CONFLICT (connection_id, realm, resource)
                DO UPDATE SET until = excluded.until, failures = excluded.failures
                """)
        }
    }

    /// Seconds or an HTTP date (RFC 9110 §10.2.3); `nil` for anything else, and for the past.
    static func wait(from text: String, now: Date) -> TimeInterval? {
        let seconds = TimeInterval(text) ?? httpDate(text)?.timeIntervalSince(now)
        return seconds.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }

    /// RFC 9110 §5.6.7, its preferred form.
    static func httpDate(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text)
    }
}
