import Foundation
import PortalKit

/// What a person typed into a form that could not be carried out yet: the session had ended, the address was the wrong one,
/// or the person has to prove first who it is. Kept sealed for some minutes, and sent by the person, who finds it after the
/// detour.
struct HeldForm: Sendable {
    let path: String
    let fields: [String: String]

    /// Binds a form to a browser that is not signed in.
    static let cookie = "__Host-gatehouse-held"
    static let lifetime: TimeInterval = 15 * 60
    /// One person's forms at a time, and the size of each.
    static let maxOfPerson = 20
    static let maxBytes = 256_000
    /// Strangers' forms at a time, and the size of each.
    static let maxOfStrangers = 200
    static let maxStrangersBytes = 64_000

    /// Passwords and codes are typed again.
    static let neverKept: Set = [
        "csrf", "held", "password", "current", "code", ConfirmRoutes.password, ConfirmRoutes.code,
    ]

    /// The one person or the one browser that may take it.
    enum Holder: Sendable {
        case person(Key<User>)
        case browser(Token)
    }

    fileprivate static func identity(_ token: Token) -> String { "held_form:\(Data(token.hash).base64URL)" }
}

extension Portal {
    /// - Returns: the token that names it; `nil` when it is too long, or strangers have left too many.
    func hold(_ form: HeldForm, for holder: HeldForm.Holder) throws -> Token? {
        let token = Token()
        let fields = form.fields.filter { !HeldForm.neverKept.contains($0.key) }
        let sealed = try vault.seal(value: fields, for: HeldForm.identity(token))
        let now = now
        return try database.write { db in
            var user: Key<User>?
            var browser: [UInt8]?
            switch holder {
            case .person(let id):
                user = id
                guard sealed.count <= HeldForm.maxBytes else { return nil }
                try db.execute(
                    """
                    DELETE FROM held_form WHERE user_id = \(id) AND token_hash NOT IN (
                        SELECT token_hash FROM held_form WHERE user_id = \(id) ORDER BY created_at DESC, token_hash
                        LIMIT \(HeldForm.maxOfPerson - 1))
                    """)
            case .browser(let nonce):
                browser = nonce.hash
                let others = try db.count(
                    "SELECT COUNT(*) FROM held_form WHERE user_id IS NULL AND expires_at > \(now)")
                guard others < HeldForm.maxOfStrangers, sealed.count <= HeldForm.maxStrangersBytes else { return nil }
            }
            try db.execute(
                """
                INSERT INTO held_form (token_hash, user_id, browser_hash, path, fields, created_at, expires_at)
                VALUES (\(token.hash), \(user), \(browser), \(form.path), \(sealed), \(now), \(now + HeldForm.lifetime))
                """)
            return token
        }
    }

    /// The form, if it is this person's or this browser's.
    func heldForm(_ token: Token, for user: Key<User>, browser: Token?) throws -> HeldForm? {
        let now = now
        let found = try database.read { db in
            try db.first(
                """
                SELECT path, fields FROM held_form WHERE token_hash = \(token.hash) AND expires_at > \(now)
                    AND (user_id = \(user) OR browser_hash = \(browser?.hash))
                """
            ) { row in try (row[0] as String, row[1] as [UInt8]) }
        }
        guard let (path, sealed) = found else { return nil }
        return HeldForm(
            path: path, fields: try vault.open([String: String].self, sealed, for: HeldForm.identity(token)))
    }
}

extension DatabaseConnection {
    mutating func drop(heldForm token: Token) throws {
        try execute("DELETE FROM held_form WHERE token_hash = \(token.hash)")
    }
}
