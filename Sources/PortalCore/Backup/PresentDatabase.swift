import CSQLite
import Foundation
import PortalKit

/// The database that a restore replaces. Whoever calls holds its lock.
///
/// Whenever the process is killed, there is a whole database under the name: the earlier one with all that was acknowledged,
/// or the restored one.
struct PresentDatabase {
    let path: String
    private static let journals = ["-wal", "-shm"]

    var holdsRows: Bool { Self.size(path) > 0 || Self.size(path + "-wal") > 0 }

    /// Gives the database a second name that tells when. It keeps its own until ``replace(by:)``.
    ///
    /// - Returns: the second name.
    func keepAside(now: Date) throws -> String {
        let isWhole = try emptyJournal()
        let stamp = now.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: false).timeSeparator(.omitted))
        let target = try freeName("\(path).before-\(stamp)")
        // What can't be read is kept as it is, with its journal.
        for suffix in isWhole ? [""] : [""] + Self.journals
        where FileManager.default.fileExists(atPath: path + suffix) {
            guard link(path + suffix, target + suffix) == 0 else { throw Self.problem(path + suffix) }
            try Self.synchronize(target + suffix)
        }
        BackupFile.synchronizeFolder(of: path)
        return target
    }

    /// In one step. A journal of the earlier database would be taken for the new one's, so it goes before; by now it holds
    /// nothing, or is kept aside.
    func replace(by staging: String) throws {
        for suffix in Self.journals where unlink(path + suffix) != 0 && errno != ENOENT {
            throw Self.problem(path + suffix)
        }
        BackupFile.synchronizeFolder(of: path)
        guard rename(staging, path) == 0 else { throw Self.problem(path) }
        BackupFile.synchronizeFolder(of: path)
    }

    /// Takes what the journal holds into the file.
    ///
    /// - Returns: `false` for a database that is damaged.
    private func emptyJournal() throws -> Bool {
        // SQLite would delete the journal of a file without rows.
        guard Self.size(path) > 0 else { return false }
        do {
            var connection = try DatabaseConnection(path: path, readOnly: false)
            try connection.run(script: "PRAGMA synchronous = FULL")
            _ = try connection.count("SELECT COUNT(*) FROM sqlite_master")
            guard try connection.count("PRAGMA wal_checkpoint(TRUNCATE)") == 0 else { throw DatabaseError.busy }
        } catch DatabaseError.engine(let code, _) where [SQLITE_CORRUPT, SQLITE_NOTADB].contains(code & 0xff) {
            return false
        } catch DatabaseError.busy {
            throw AdminProblem("Another program has \(path) open. End it first.")
        }
        guard Self.size(path + "-wal") == 0 else {
            throw AdminProblem("\(path)-wal could not be taken into the database. Nothing was changed.")
        }
        return true
    }

    private func freeName(_ name: String) throws -> String {
        let names = [name] + (2...99).map { "\(name)-\($0)" }
        guard let free = names.first(where: { !FileManager.default.fileExists(atPath: $0) }) else {
            throw AdminProblem("\(name) is there already. Try again in a second.")
        }
        return free
    }

    private static func size(_ path: String) -> Int {
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
        return size?.intValue ?? 0
    }

    private static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw problem(path) }
    }

    private static func problem(_ path: String) -> AdminProblem {
        AdminProblem("\(path): \(String(cString: strerror(errno))).")
    }
}
