import Foundation

/// An exclusive lock on a file, held until the process ends or the value goes away.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``DatabaseError/busy`` when another process holds it.
    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw DatabaseError.engine(code: errno, message: "\(path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw DatabaseError.busy
        }
    }

    deinit {
        close(descriptor)
    }
}
