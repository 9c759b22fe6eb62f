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
    /// - Returns: whether the resource failed the last time.
    func check(_ portal: Portal) throws -> Bool {
        let known: (until: Date, failures: Int)? = try portal.database.read { db in
            try db.first(
                "SELECT until, failures FROM throttle WHERE connection_id = \(connectionID) AND realm = \(realm) AND resource = \(resource)"
            ) { (try $0[0], try $0[1]) }
        }
        guard let known else { return false }
        if known.until > portal.now {
            throw ProviderBusy(until: known.until, cause: known.failures > 0 ? .failing : .asked)
        }
        return known.failures > 0
    }

    /// Keeps the wait that a 429, or a 503 with `Retry-After`, asks for, and counts failures. Calls of one resource overlap:
    /// none of them shortens a wait that another was told of.
    ///
    /// - Throws: ``ProviderBusy`` when the provider asks us to wait.
    func note(_ response: HTTPResponse, hadFailed: Bool, _ portal: Portal) throws {
        let now = portal.now
        let theirs = response.headerFields[.date].flatMap(Date.init(httpField:)) ?? now
        let asked = response.headerFields[.retryAfter].flatMap { Self.wait(from: $0, now: theirs) }
        guard response.status.code == 429 || (response.status.code == 503 && asked != nil) else {
            if response.status.kind == .serverError { return try noteFailure(portal) }
            if hadFailed { try forgetFailures(portal) }
            return
        }
        // The jitter keeps the jobs of one connection from coming back in one instant.
        let wait = min(asked ?? Self.defaultWait, Self.longestWait) * Double.random(in: 1...1.1)
        let until = now + wait
        try portal.database.write { db in
            try db.execute(
                """
                INSERT INTO throttle (connection_id, realm, resource, until, failures)
                VALUES (\(connectionID), \(realm), \(resource), \(until), 0)
                ON CONFLICT (connection_id, realm, resource) DO UPDATE SET failures = 0,
                    until = CASE WHEN throttle.until > excluded.until THEN throttle.until ELSE excluded.until END
                """)
        }
        throw ProviderBusy(until: until)
    }

    /// No answer, or one of 5xx. Several in a row make a pause for every job of the connection.
    func noteFailure(_ portal: Portal) throws {
        let now = portal.now
        try portal.database.write { db in
            let failures: Int =
                try db.first(
                    """
                    INSERT INTO throttle (connection_id, realm, resource, until, failures)
                    VALUES (\(connectionID), \(realm), \(resource), \(now), 1)
                    ON CONFLICT (connection_id, realm, resource) DO UPDATE SET failures = throttle.failures + 1
                    RETURNING failures
                    """
                ) { try $0[0] } ?? 1
            let further = failures - Self.failuresBeforePause
            guard further >= 0 else { return }
            let pause = min(Self.longestPause, Self.shortestPause * pow(2, Double(min(further, 10))))
            try db.execute(
                """
                UPDATE throttle SET until = \(now + pause)
                WHERE connection_id = \(connectionID) AND realm = \(realm) AND resource = \(resource)
                    AND until < \(now + pause)
                """)
        }
    }

    private func forgetFailures(_ portal: Portal) throws {
        try portal.database.write { db in
            try db.execute(
                "UPDATE throttle SET failures = 0 WHERE connection_id = \(connectionID) AND realm = \(realm) AND resource = \(resource)"
            )
        }
    }

    /// Seconds or an HTTP date (RFC 9110 §10.2.3), which counts from the answer's own `Date`: our clock may be off; `nil` for anything else, and for the past.
    static func wait(from text: String, now: Date) -> TimeInterval? {
        let seconds = TimeInterval(text) ?? Date(httpField: text)?.timeIntervalSince(now)
        return seconds.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }
}
