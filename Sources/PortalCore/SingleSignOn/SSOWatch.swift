import Foundation
import Logging
import PortalKit

/// Ends pauses and suspensions whose time has run out, and asks each provider once a day what it says of itself.
///
/// The requirement is in force from the very moment, whoever watches: rows and the time decide. This writes it down, tells
/// the owners, and takes the rows away.
struct SSOWatch: Sendable {
    private static let checkEvery: TimeInterval = 86_400
    let portal: Portal

    func run() throws {
        let now = portal.now
        let isIdle = try portal.database.read { db in
            try db.count(
                """
                SELECT (SELECT COUNT(*) FROM sso_pause WHERE until <= \(now))
                    + (SELECT COUNT(*) FROM sso_suspension WHERE until <= \(now))
                    + (SELECT COUNT(*) FROM sso_sign_in WHERE expires_at <= \(now))
                    + (SELECT COUNT(*) FROM sso_provider WHERE is_enabled = TRUE AND checked_at <= \(now - Self.checkEvery))
                """) == 0
        }
        guard !isIdle else { return }
        try portal.database.write { db in
            for broker in try db.brokers("SELECT broker_id FROM sso_pause WHERE until <= \(now)") {
                try db.endSSOPause(of: broker, .time, by: "portal", portal.vault, at: now)
            }
            for broker in try db.brokers("SELECT broker_id FROM sso_suspension WHERE until <= \(now)") {
                try db.endSSOSuspension(of: broker, why: "the time ran out", by: "portal", portal.vault, at: now)
            }
            try db.execute("DELETE FROM sso_sign_in WHERE expires_at <= \(now)")
            let due: SQL = """
                SELECT broker_id FROM sso_provider WHERE is_enabled = TRUE AND checked_at <= \(now - Self.checkEvery)
                """
            for broker in try db.brokers(due) { _ = try SSOCheckJob.start(for: broker, by: "portal", &db, at: now) }
        }
    }
}

extension DatabaseConnection {
    fileprivate mutating func brokers(_ sql: SQL) throws -> [Key<Broker>] {
        try query(sql) { try $0[0] }
    }
}
