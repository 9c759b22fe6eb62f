import Foundation

/// A state folder is for practice or for real work, from its first start on: the demo accounts have well-known passwords, and
/// real credentials must not reach the sandbox.
enum Installation {
    struct OtherMode: Error, CustomStringConvertible {
        let isPractice: Bool

        var description: String {
            isPractice
                ? "This state folder was made in practice mode. Set GATEHOUSE_STATE to another folder for real work."
                : "This state folder holds real work. Set GATEHOUSE_STATE to another folder for practice mode."
        }
    }
}

extension Installation {
    /// What a restore has left to be audited.
    static let pendingRestore = "restore-to-audit"

    /// As ``DatabaseConnection/note(_:at:)`` keeps it: microseconds since 1970.
    static func time(_ text: String) -> Date? {
        Int64(text).map { Date(timeIntervalSince1970: Double($0) / 1_000_000) }
    }

    /// Times that the installation remembers.
    enum Fact: String {
        case backupAt = "backup-at"
        case restoredAt = "restored-at"
    }
}

extension DatabaseConnection {
    mutating func note(_ fact: Installation.Fact, at now: Date) throws {
        try keep(fact.rawValue, "\(Int64(now.timeIntervalSince1970 * 1_000_000))")
    }

    mutating func time(of fact: Installation.Fact) throws -> Date? {
        try kept(fact.rawValue).flatMap { Installation.time($0) }
    }

    mutating func keep(_ name: String, _ value: String) throws {
        try execute(
            "INSERT INTO installation (name, value) VALUES (\(name), \(value)) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        )
    }

    mutating func kept(_ name: String) throws -> String? {
        try first("SELECT value FROM installation WHERE name = \(name)") { try $0[0] }
    }

    /// The database names its key, so that another one, or a new one, never seals anything in it.
    mutating func claim(key: String, file: String) throws {
        guard let known = try kept("key") else { return try keep("key", key) }
        guard known == key else {
            throw Vault.Failure.keyFile(
                "\(file) is not the key of this database: it is \(key), and the database's secrets are sealed with \(known). Restore the right key file from your backup."
            )
        }
    }

    /// - Throws: ``Installation/OtherMode`` when the folder is of the other kind.
    mutating func claim(isPractice: Bool) throws {
        let mode = isPractice ? "practice" : "real"
        try execute("INSERT INTO installation (name, value) VALUES ('mode', \(mode)) ON CONFLICT (name) DO NOTHING")
        let kept: String? = try first("SELECT value FROM installation WHERE name = 'mode'") { try $0[0] }
        guard kept == mode else { throw Installation.OtherMode(isPractice: !isPractice) }
    }
}
