import Foundation
import PortalKit

/// A database file that nobody works on: a copy, or one that is to be restored.
struct DatabaseFile {
    let path: String

    /// What a backup of this file says of itself.
    ///
    /// - Throws: ``AdminProblem`` when the file is not sound.
    func manifest(release: String, key: String, createdAt: Date) throws -> BackupManifest {
        let (migrations, mode, lines, jobs) = try read { db in
            try db.refuseUnsound(path)
            return (
                try db.query("SELECT name FROM migration ORDER BY rowid") { try $0[0] as String },
                try db.first("SELECT value FROM installation WHERE name = 'mode'") { try $0[0] as String },
                try db.count("SELECT COUNT(*) FROM audit"),
                try db.count("SELECT COUNT(*) FROM job WHERE finished_at IS NULL")
            )
        }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
        return BackupManifest(
            release: release, createdAt: createdAt, isPractice: mode == "practice", migrations: migrations, key: key,
            databaseBytes: size?.intValue ?? 0, sha256: try BackupFile.digest(of: path), auditLines: lines,
            openJobs: jobs)
    }

    func read<T>(_ body: (inout DatabaseConnection) throws -> T) throws -> T {
        var connection = try DatabaseConnection(path: path, readOnly: true)
        return try body(&connection)
    }

    /// All of `body`'s changes or none; without a journal beside the file afterwards.
    func write(_ body: (inout DatabaseConnection) throws -> Void) throws {
        var connection = try DatabaseConnection(path: path, readOnly: false)
        try connection.run(
            script:
                "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
        )
        try connection.transaction("BEGIN IMMEDIATE", body)
    }
}

extension DatabaseConnection {
    /// - Throws: ``AdminProblem`` with the first thing that SQLite finds.
    mutating func refuseUnsound(_ path: String) throws {
        let findings = try query("PRAGMA integrity_check") { try $0[0] as String }
        guard findings == ["ok"] else {
            throw AdminProblem("\(path) is damaged: \(findings.first ?? "nothing was found in it").")
        }
        if let table = try first("PRAGMA foreign_key_check", { try $0[0] as String }) {
            throw AdminProblem("\(path) is damaged: a row of \(table) refers to one that is not there.")
        }
    }
}
