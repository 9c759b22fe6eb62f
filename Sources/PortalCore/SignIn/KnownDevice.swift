import Foundation
import PortalKit

/// A browser that a person has signed in with. It opens nothing: its person is only not slowed down by what strangers try.
enum KnownDevice {
    static let cookie = "__Host-gatehouse-device"
    static let lifetime: TimeInterval = 90 * 86_400
    /// The newest ones are remembered.
    static let perPerson = 20
}

extension DatabaseConnection {
    /// Whether somebody with this address has signed in with the browser that holds the token.
    mutating func isKnown(_ device: Token, of email: String, now: Date) throws -> Bool {
        try count(
            """
            SELECT COUNT(*) FROM known_device JOIN portal_user ON portal_user.id = user_id
            WHERE token_hash = \(device.hash) AND email = \(email) AND seen_at > \(now - KnownDevice.lifetime)
            """) > 0
    }

    mutating func remember(_ device: Token, of user: Key<User>, now: Date) throws {
        try execute(
            """
            INSERT INTO known_device (token_hash, user_id, seen_at) VALUES (\(device.hash), \(user), \(now))
            ON CONFLICT (token_hash, user_id) DO UPDATE SET seen_at = excluded.seen_at
            """)
        try execute(
            """
            DELETE FROM known_device WHERE user_id = \(user) AND token_hash NOT IN (
                SELECT token_hash FROM known_device WHERE user_id = \(user) ORDER BY seen_at DESC, token_hash
                LIMIT \(KnownDevice.perPerson))
            """)
    }

    mutating func forgetDevices(of user: Key<User>) throws {
        try execute("DELETE FROM known_device WHERE user_id = \(user)")
    }

    mutating func deleteOldDevices(now: Date) throws {
        try execute("DELETE FROM known_device WHERE seen_at <= \(now - KnownDevice.lifetime)")
    }
}
