import Crypto
import Foundation
import PortalKit

/// A line in a person's own list of sign-ins.
struct OwnSession: Sendable {
    let tokenHash: [UInt8]
    let host: String
    let stage: Session.Stage
    let method: Session.Method
    let startedAt: Date
    let seenAt: Date
    let address: String
    let browser: BrowserName

    /// Names it on its person's page. Neither the cookie nor what the database keeps of it.
    var id: String { Data(SHA256.hash(data: Data(tokenHash))).prefix(12).base64URL }
}

extension DatabaseConnection {
    /// The living ones, the latest first.
    mutating func sessions(of user: Key<User>, _ limits: SessionLimits, now: Date) throws -> [OwnSession] {
        try query(
            """
            SELECT token_hash, host, stage, method, created_at, seen_at, address, agent FROM session
            WHERE user_id = \(user) AND expires_at > \(now) AND seen_at > \(now - limits.idle)
            ORDER BY seen_at DESC, token_hash
            """
        ) { row in
            try OwnSession(
                tokenHash: row[0], host: row[1], stage: row[2], method: row[3], startedAt: row[4], seenAt: row[5],
                address: row[6], browser: BrowserName(userAgent: row[7]))
        }
    }
}
