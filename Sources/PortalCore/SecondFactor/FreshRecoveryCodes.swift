import Foundation
import PortalKit

/// Recovery codes that were just made, kept sealed until their person has seen them: at most ten minutes.
enum FreshRecoveryCodes {
    static let lifetime: TimeInterval = 10 * 60
    static func sealIdentity(_ user: Key<User>) -> String { "fresh_recovery_codes:\(user)" }
}

extension DatabaseConnection {
    /// New codes in the place of all earlier ones, to be shown next.
    mutating func makeRecoveryCodes(of user: Key<User>, _ vault: Vault, at now: Date) throws {
        let codes = RecoveryCode.set()
        try set(codes, of: user)
        let sealed = try vault.seal(value: codes.map(\.text), for: FreshRecoveryCodes.sealIdentity(user))
        try execute(
            """
            INSERT INTO fresh_recovery_codes (user_id, codes, expires_at)
            VALUES (\(user), \(sealed), \(now + FreshRecoveryCodes.lifetime))
            ON CONFLICT (user_id) DO UPDATE SET codes = excluded.codes, expires_at = excluded.expires_at
            """)
    }

    mutating func freshRecoveryCodes(of user: Key<User>, _ vault: Vault, at now: Date) throws -> [RecoveryCode] {
        let sealed = try first(
            "SELECT codes FROM fresh_recovery_codes WHERE user_id = \(user) AND expires_at > \(now)"
        ) { try $0[0] as [UInt8] }
        guard let sealed else { return [] }
        return try vault.open([String].self, sealed, for: FreshRecoveryCodes.sealIdentity(user)).compactMap(
            RecoveryCode.init(typed:))
    }

    mutating func dropFreshRecoveryCodes(of user: Key<User>) throws {
        try execute("DELETE FROM fresh_recovery_codes WHERE user_id = \(user)")
    }
}
