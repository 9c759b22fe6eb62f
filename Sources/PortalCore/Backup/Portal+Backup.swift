import Foundation
import PortalKit

extension Portal {
    private static let copyPrefix = "copy-"

    /// A copy of the database as it is at this moment, while everything goes on; looked through before it counts.
    func copyDatabase() throws -> AdminAnswer {
        let path = "\(configuration.stateFolder)/\(Self.copyPrefix)\(newID()).sqlite"
        do {
            try database.copy(to: path)
            let manifest = try DatabaseFile(path: path).manifest(
                release: configuration.release, key: vault.fingerprint, createdAt: now)
            return try AdminAnswer(DatabaseCopy(path: path, manifest: manifest), lines: [])
        } catch {
            unlink(path)
            throw error
        }
    }

    func noteBackup(file: String, _ person: Operator) throws -> AdminAnswer {
        let now = now
        try database.write { db in
            try db.note(.backupAt, at: now)
            try db.audit(person.line("backup.create", "backup:*", ["file": file]), at: now)
        }
        return try AdminAnswer(done: "The backup is in \(file).")
    }

    /// What a command that was killed has left.
    func deleteStrayCopies() {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: configuration.stateFolder)) ?? []
        for file in files where file.hasPrefix(Self.copyPrefix) && file.contains(".sqlite") {
            unlink("\(configuration.stateFolder)/\(file)")
        }
    }
}

extension Database {
    /// Writes all rows into a new file, by a connection that only reads. Writers go on meanwhile.
    func copy(to target: String) throws {
        close(open(target, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
        var connection = try DatabaseConnection(path: path, readOnly: true)
        try connection.execute("VACUUM INTO \(target)")
        let descriptor = open(target, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw AdminProblem("\(target): \(String(cString: strerror(errno))).")
        }
    }
}
