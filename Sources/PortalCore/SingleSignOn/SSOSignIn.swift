import Crypto
import Foundation
import PortalKit

/// One sign-in with a broker's provider, from the click to the return. It works once, in the browser that began it.
struct SSOSignIn: Sendable {
    let startHash: [UInt8]
    let brokerID: Key<Broker>
    let purpose: Purpose
    /// Who has to come back; `nil` for whoever it is.
    let userID: Key<User>?
    let browserHash: [UInt8]?
    /// Sealed.
    let secrets: [UInt8]
    /// Of the provider's settings at the start.
    let version: Int
    /// Where it began.
    let host: String
    /// Binds the way back to a branded host to the browser there.
    let nonceHash: [UInt8]?
    let next: String
    let usedAt: Date?
    let expiresAt: Date

    enum Purpose: String, Sendable, SQLConvertible {
        case signIn = "sign-in"
        /// A step-up of somebody who is signed in.
        case confirm
        /// Somebody who is signed in names the own account at the provider.
        case link
    }

    /// What binds the provider's answer to this browser and this try.
    struct Secrets: Codable {
        var state = Token().text
        var nonce = Token().text
        var codeVerifier = Token().text

        /// RFC 7636 §4.2, method S256.
        var codeChallenge: String { Data(SHA256.hash(data: Data(codeVerifier.utf8))).base64URL }
    }

    /// What begins one.
    struct New: Sendable {
        var provider: SSOProvider
        var purpose: Purpose
        var userID: Key<User>?
        var host: String
        var nonce: Token?
        var next: String
    }

    static let cookie = "__Host-gatehouse-sso"
    /// How long a person may take at the provider's page.
    static let lifetime: TimeInterval = 15 * 60
    /// Of one broker under way at a time.
    static let maxOpen = 1_000

    static func sealIdentity(_ startHash: [UInt8]) -> String { "sso_sign_in:\(Data(startHash).base64URL)" }

    fileprivate static let selection: SQL = """
        SELECT start_hash, broker_id, purpose, user_id, browser_hash, secrets, version, host, nonce_hash, next, used_at,
               expires_at FROM sso_sign_in
        """

    fileprivate init(row: Row) throws {
        startHash = try row[0]
        brokerID = try row[1]
        purpose = try row[2]
        userID = try row[3]
        browserHash = try row[4]
        secrets = try row[5]
        version = try row[6]
        host = try row[7]
        nonceHash = try row[8]
        next = try row[9]
        usedAt = try row[10]
        expiresAt = try row[11]
    }
}

extension Portal {
    /// - Returns: the token that names it on the way to the broker's regional address.
    func beginSSO(_ new: SSOSignIn.New) throws -> Token {
        let start = Token()
        let secrets = SSOSignIn.Secrets()
        let sealed = try vault.seal(value: secrets, for: SSOSignIn.sealIdentity(start.hash))
        let now = now
        try database.write { db in
            let broker = new.provider.brokerID
            let open = try db.count(
                "SELECT COUNT(*) FROM sso_sign_in WHERE broker_id = \(broker) AND expires_at > \(now) AND used_at IS NULL"
            )
            // Anybody can begin one, so nobody is refused: the oldest goes, first of those that never reached a browser.
            if open >= SSOSignIn.maxOpen {
                try db.execute(
                    """
                    DELETE FROM sso_sign_in WHERE start_hash IN (
                        SELECT start_hash FROM sso_sign_in
                        WHERE broker_id = \(broker) AND expires_at > \(now) AND used_at IS NULL
                        ORDER BY CASE WHEN browser_hash IS NULL THEN 0 ELSE 1 END, created_at, start_hash
                        LIMIT \(open - SSOSignIn.maxOpen + 1))
                    """)
            }
            try db.execute(
                """
                INSERT INTO sso_sign_in (start_hash, state_hash, broker_id, purpose, user_id, secrets, version, host, nonce_hash,
                    next, created_at, expires_at)
                VALUES (\(start.hash), \(Token(secrets.state).hash), \(broker), \(new.purpose), \(new.userID), \(sealed),
                    \(new.provider.version), \(new.host), \(new.nonce?.hash), \(new.next), \(now), \(now + SSOSignIn.lifetime))
                """)
        }
        return start
    }
}

extension DatabaseConnection {
    mutating func ssoSignIn(start: Token, now: Date) throws -> SSOSignIn? {
        try first(
            "\(SSOSignIn.selection) WHERE start_hash = \(start.hash) AND expires_at > \(now) AND used_at IS NULL",
            SSOSignIn.init(row:))
    }

    /// Also one that has been used or is over, so that its page can say so.
    mutating func ssoSignIn(state: Token, of broker: Key<Broker>) throws -> SSOSignIn? {
        try first(
            "\(SSOSignIn.selection) WHERE state_hash = \(state.hash) AND broker_id = \(broker)", SSOSignIn.init(row:))
    }

    /// - Returns: whether the sign-in is this browser's from now on, or was already.
    mutating func bind(_ signIn: SSOSignIn, to browser: Token) throws -> Bool {
        try execute(
            """
            UPDATE sso_sign_in SET browser_hash = \(browser.hash) WHERE start_hash = \(signIn.startHash)
                AND (browser_hash IS NULL OR browser_hash = \(browser.hash))
            """) == 1
    }

    /// - Returns: whether it was still there to be used: a code is exchanged once.
    mutating func use(_ signIn: SSOSignIn, now: Date) throws -> Bool {
        try execute(
            """
            UPDATE sso_sign_in SET used_at = \(now), secrets = \([UInt8]()) WHERE start_hash = \(signIn.startHash)
                AND used_at IS NULL AND expires_at > \(now)
            """) == 1
    }
}
