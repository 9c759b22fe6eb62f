import Foundation
import PortalKit

/// A person's authenticator app, and the recovery codes that are left.
struct SecondFactor: Sendable {
    let totp: TOTP
    let since: Date
    /// The last step whose code was used.
    let usedStep: Int
    let recoveryHashes: [String]

    /// What proved it.
    enum Proof: String, Sendable {
        case app
        case recoveryCode = "recovery code"
    }

    static func sealIdentity(_ user: Key<User>) -> String { "portal_user.totp:\(user)" }
}

extension DatabaseConnection {
    mutating func hasSecondFactor(_ user: Key<User>) throws -> Bool {
        try count("SELECT COUNT(*) FROM portal_user WHERE id = \(user) AND totp IS NOT NULL") > 0
    }

    mutating func secondFactor(of user: Key<User>, _ vault: Vault) throws -> SecondFactor? {
        let found = try first(
            "SELECT totp, totp_since, totp_step, recovery FROM portal_user WHERE id = \(user) AND totp IS NOT NULL"
        ) { row in
            try (row[0] as [UInt8], row[1] as Date, row[2] as Int, row[3] as JSONColumn<[String]>)
        }
        guard let (sealed, since, step, recovery) = found else { return nil }
        guard let totp = TOTP(text: try vault.open(sealed, for: SecondFactor.sealIdentity(user))) else {
            throw Vault.Failure.unreadable
        }
        return SecondFactor(totp: totp, since: since, usedStep: step, recoveryHashes: recovery.value)
    }

    /// Switches it on, with the step whose code has proved it.
    mutating func set(_ totp: TOTP, provedBy step: Int, of user: Key<User>, _ vault: Vault, at now: Date) throws {
        try execute(
            """
            UPDATE portal_user SET totp = \(try vault.seal(totp.text, for: SecondFactor.sealIdentity(user))),
                totp_since = \(now), totp_step = \(step) WHERE id = \(user)
            """)
    }

    mutating func set(_ codes: [RecoveryCode], of user: Key<User>) throws {
        try execute(
            "UPDATE portal_user SET recovery = \(JSONColumn(codes.map(\.storedHash))) WHERE id = \(user)")
    }

    /// Uses up the code that was typed.
    ///
    /// - Returns: `nil` when it is wrong, or was used before.
    mutating func use(_ typed: String, of user: Key<User>, _ vault: Vault, at now: Date) throws -> SecondFactor.Proof? {
        guard let factor = try secondFactor(of: user, vault) else { return nil }
        if let step = factor.totp.step(of: typed, at: now, after: factor.usedStep) {
            try execute("UPDATE portal_user SET totp_step = \(step) WHERE id = \(user)")
            return .app
        }
        guard let code = RecoveryCode(typed: typed), factor.recoveryHashes.contains(code.storedHash) else { return nil }
        let left = factor.recoveryHashes.filter { $0 != code.storedHash }
        try execute("UPDATE portal_user SET recovery = \(JSONColumn(left)) WHERE id = \(user)")
        return .recoveryCode
    }

    /// For a person who has lost the app and the codes: a password alone signs in again, and whoever needs a second factor
    /// sets a new one up then. Ends the person's sessions, and tells the person.
    ///
    /// - Parameter line: who does it; action and object are filled in.
    /// - Returns: whether there was one.
    @discardableResult
    mutating func clearSecondFactor(of user: User, as line: AuditLine, _ vault: Vault, at now: Date) throws -> Bool {
        var line = line
        line.action = "user.second-factor.clear"
        guard try removeSecondFactor(of: user, as: line, at: now) else { return false }
        try endSessions(of: user.id)
        try tell(user, .secondFactorCleared, vault, at: now)
        return true
    }

    /// - Returns: whether there was one.
    mutating func removeSecondFactor(of user: User, as line: AuditLine, at now: Date) throws -> Bool {
        guard try hasSecondFactor(user.id) else { return false }
        try execute(
            """
            UPDATE portal_user SET totp = NULL, totp_since = NULL, totp_step = 0, recovery = '[]' WHERE id = \(user.id)
            """)
        try dropFreshRecoveryCodes(of: user.id)
        var line = line
        line.object = "user:\(user.id)"
        try audit(line, at: now)
        return true
    }
}

extension RecoveryCode {
    fileprivate var storedHash: String { Data(hash).base64URL }
}
