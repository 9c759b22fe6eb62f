import Crypto
import Foundation

/// A backup's file: a line that says what it is, a line of JSON, and the database.
///
/// The database can be had without this program too: `tail -n +3 FILE > gatehouse.sqlite`.
package struct BackupFile {
    private static let mark = Data("gatehouse backup\n".utf8)
    private static let chunk = 1 << 20
    package let path: String

    package init(path: String) { self.path = path }

    /// Writes a copy of the database into the file: under another name first, which takes the final one only when all of it
    /// is on the disk and reads back as it was written.
    package func write(_ copy: DatabaseCopy, replacing: Bool) throws {
        guard replacing || !FileManager.default.fileExists(atPath: path) else {
            throw AdminProblem("\(path) is there already. Choose another name, or add --replace.")
        }
        let partial = path + ".partial"
        unlink(partial)
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw AdminProblem("\(path) can't be written: \(String(cString: strerror(errno))).")
        }
        let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try output.write(contentsOf: Self.mark + encoder.encode(copy.manifest) + Data("\n".utf8))
            let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: copy.path))
            while let part = try input.read(upToCount: Self.chunk), !part.isEmpty { try output.write(contentsOf: part) }
            try output.synchronize()
            _ = try BackupFile(path: partial).verifiedManifest()
            guard rename(partial, path) == 0 else {
                throw AdminProblem("\(path): \(String(cString: strerror(errno))).")
            }
            Self.synchronizeFolder(of: path)
        } catch {
            unlink(partial)
            throw error
        }
    }

    /// Reads the file to its end.
    ///
    /// - Throws: ``AdminProblem`` for what is no whole backup of a kind that this release knows.
    package func verifiedManifest() throws -> BackupManifest {
        let (manifest, input) = try opened()
        var hash = SHA256()
        var bytes = 0
        while let part = try input.read(upToCount: Self.chunk), !part.isEmpty {
            hash.update(data: part)
            bytes += part.count
        }
        guard bytes == manifest.databaseBytes, hash.finalize().hexadecimal == manifest.sha256 else {
            throw AdminProblem("\(path) is damaged: its checksum is not the one that it names. Take another backup.")
        }
        return manifest
    }

    /// Writes the database alone, for its owner only.
    func extract(to target: String) throws {
        let (_, input) = try opened()
        unlink(target)
        let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw AdminProblem("\(target): \(String(cString: strerror(errno))).") }
        let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        while let part = try input.read(upToCount: Self.chunk), !part.isEmpty { try output.write(contentsOf: part) }
        try output.synchronize()
    }

    static func digest(of path: String) throws -> String {
        let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        var hash = SHA256()
        while let part = try input.read(upToCount: chunk), !part.isEmpty { hash.update(data: part) }
        return hash.finalize().hexadecimal
    }

    /// So that a new name outlives a power cut.
    static func synchronizeFolder(of path: String) {
        let folder = open(
            URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// The manifest, and a handle that stands at the first byte of the database.
    private func opened() throws -> (BackupManifest, FileHandle) {
        guard let input = FileHandle(forReadingAtPath: path) else {
            throw AdminProblem("\(path) can't be read.")
        }
        var head = try input.read(upToCount: 1 << 16) ?? Data()
        guard head.starts(with: Self.mark) else { throw AdminProblem("\(path) is no backup of Gatehouse.") }
        head = head.dropFirst(Self.mark.count)
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let end = head.firstIndex(of: UInt8(ascii: "\n")),
            let manifest = try? decoder.decode(BackupManifest.self, from: head[..<end]),
            manifest.format == BackupManifest.presentFormat
        else { throw AdminProblem("\(path) is damaged, or was made by a newer release.") }
        try input.seek(toOffset: UInt64(end + 1))
        return (manifest, input)
    }
}

extension Sequence<UInt8> {
    var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
