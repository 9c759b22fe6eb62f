import Crypto
import Foundation

/// What the audit is chained with. It lies in the database sealed by the vault, so that whoever has the database alone can't
/// write lines that fit, and so that the vault's key can be changed without breaking the chains.
struct AuditKey: Sendable {
    static let row = "audit_key"
    private static let sealIdentity = "installation:audit_key"

    private let key: SymmetricKey

    /// - Throws: ``Vault/Failure/unreadable`` when it was sealed with another key.
    init(sealed: String, _ vault: Vault) throws {
        guard let bytes = Data(base64URL: sealed),
            let text = Data(base64URL: try vault.open(Array(bytes), for: Self.sealIdentity))
        else { throw Vault.Failure.unreadable }
        key = SymmetricKey(data: text)
    }

    /// A new one, as the database keeps it.
    static func make(_ vault: Vault) throws -> String {
        let key = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        return Data(try vault.seal(key.base64URL, for: sealIdentity)).base64URL
    }

    /// The same sealed anew, after the vault's key has changed.
    static func resealed(_ sealed: String, _ old: Vault, _ new: Vault) throws -> String {
        let bytes = Data(base64URL: sealed) ?? Data()
        return Data(try new.seal(try old.open(Array(bytes), for: sealIdentity), for: sealIdentity)).base64URL
    }

    /// HMAC-SHA256 over parts of any content, each with its length.
    func code(_ parts: [[UInt8]?]) -> [UInt8] {
        var mac = HMAC<SHA256>(key: key)
        for part in parts {
            mac.update(data: Data((part.map { "\($0.count):" } ?? "-").utf8))
            if let part { mac.update(data: Data(part)) }
        }
        return Array(mac.finalize())
    }
}

extension DatabaseConnection {
    /// The installation's key, made at the first start.
    mutating func auditKey(_ vault: Vault) throws -> AuditKey {
        let name = AuditKey.row
        if let sealed: String = try first("SELECT value FROM installation WHERE name = \(name)", { try $0[0] }) {
            return try AuditKey(sealed: sealed, vault)
        }
        let sealed = try AuditKey.make(vault)
        try execute("INSERT INTO installation (name, value) VALUES (\(name), \(sealed))")
        let key = try AuditKey(sealed: sealed, vault)
        try startBegunChains(key)
        return key
    }

    mutating func hasAuditKey() throws -> Bool {
        try count("SELECT COUNT(*) FROM installation WHERE name = \(AuditKey.row)") > 0
    }
}
