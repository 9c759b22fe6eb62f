import Foundation
import Synchronization

/// The portal's rows: one file, one process, one writer.
///
/// SQLite 3.40 loses data when two connections write or checkpoint at once. So one process owns the file by an exclusive
/// lock, one connection writes and alone checkpoints, and the readers are opened read-only.
final class Database: Sendable {
    private let writer: Mutex<DatabaseConnection>
    private let readers: [Reader]
    private let lock: FileLock
    let path: String

    /// Opens or creates the file, and brings its schema up to date.
    ///
    /// - Throws: ``DatabaseError/busy`` when another process owns the file.
    init(path: String, readers count: Int = 4) throws {
        self.path = path
        lock = try FileLock(path: path + ".lock")
        // SQLite gives its journal the mode of the file, so that is set before there is a journal.
        close(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
        chmod(path, 0o600)
        var writer = try DatabaseConnection(path: path, readOnly: false)
        try writer.run(
            script: """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = ON;
                PRAGMA secure_delete = ON;
                """)
        guard try writer.count("PRAGMA synchronous") == 2, try writer.count("PRAGMA foreign_keys") == 1 else {
            throw DatabaseError.engine(
                code: 0, message: "\(path): this SQLite does not keep synchronous and foreign_keys.")
        }
        try writer.migrate()
        readers = try (0..<count).map { _ in try Reader(path: path) }
        self.writer = Mutex(writer)
    }

    /// Lets every connection write and check the audit's chains.
    func set(_ key: AuditKey) {
        writer.withLock { $0.auditKey = key }
        for reader in readers { reader.connection.withLock { $0.auditKey = key } }
    }

    /// One consistent view of the rows. `body` has no effect outside and awaits nothing.
    func read<T: Sendable>(_ body: (inout DatabaseConnection) throws -> T) throws -> T {
        for reader in readers {
            if let value = try reader.connection.withLockIfAvailable({ try $0.transaction("BEGIN", body) }) {
                return value
            }
        }
        return try readers[0].connection.withLock { try $0.transaction("BEGIN", body) }
    }

    /// All of `body`'s changes, on the disk when this returns, or none. `body` may run twice.
    @discardableResult
    func write<T: Sendable>(_ body: (inout DatabaseConnection) throws -> T) throws -> T {
        try writer.withLock { try $0.transaction("BEGIN IMMEDIATE", body) }
    }

    /// Takes what the journal holds into the file, and cuts the journal: what was deleted is then nowhere any more.
    ///
    /// - Returns: whether it was; not while somebody reads an earlier view.
    func cutJournal() throws -> Bool {
        try writer.withLock { try $0.count("PRAGMA wal_checkpoint(TRUNCATE)") } == 0
    }
}

/// A connection that can't write and so can't checkpoint either.
private final class Reader: Sendable {
    let connection: Mutex<DatabaseConnection>

    init(path: String) throws {
        let opened = try DatabaseConnection(path: path, readOnly: true)
        guard opened.isReadOnly else { throw DatabaseError.engine(code: 0, message: "\(path): a reader could write.") }
        connection = Mutex(opened)
    }
}
