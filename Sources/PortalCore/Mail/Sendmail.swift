import Foundation
import PortalKit

/// The program that takes the portal's mail, and from then on answers for it.
struct Sendmail: Sendable {
    var path: String
    var timeLimit: Duration = .seconds(30)

    /// Hands a message over, for one recipient.
    ///
    /// The end of the portal does not cut it off: whether it went through must be known.
    ///
    /// - Throws: ``Problem`` when the program is not there, refuses, or does not end in time.
    func take(_ message: String, to recipient: MailAddress, envelope: String) async throws {
        let outcome = await Task { await run(message, recipient, envelope) }.value
        if let problem = outcome { throw problem }
    }

    /// Message and complaints are files without a name, not pipes: a program that reads or writes as it likes neither blocks us
    /// nor is blocked.
    private func run(_ message: String, _ recipient: MailAddress, _ envelope: String) async -> Problem? {
        do {
            let input = try FileHandle.withoutName(holding: Data(message.utf8))
            let complaints = try FileHandle.withoutName(holding: Data())
            let process = Process()
            process.executableURL = URL(filePath: path)
            process.arguments = ["-i", "-f", envelope, "--", recipient.description]
            process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
            process.standardInput = input
            process.standardOutput = FileHandle.nullDevice
            process.standardError = complaints
            let wasStopped = try await ended(process)
            guard process.terminationReason == .exit, process.terminationStatus == 0 else {
                if wasStopped {
                    return Self.problem("It did not end within \(timeLimit.components.seconds) seconds, and was stopped.")
                }
                try complaints.seek(toOffset: 0)
                let said = String(decoding: try complaints.read(upToCount: 10_000) ?? Data(), as: UTF8.self).plainLine
                return Self.problem("It ended with \(process.terminationStatus)\(said.isEmpty ? "" : ": \(said)").")
            }
            return nil
        } catch {
            return Self.problem("\(path) could not be run: \(error.localizedDescription)")
        }
    }

    /// Starts the program and waits for its end, for as long as ``timeLimit``.
    ///
    /// - Returns: whether it had to be stopped.
    private func ended(_ process: Process) async throws -> Bool {
        let clock = Task { [timeLimit] in
            try await Task.sleep(for: timeLimit)
            kill(process.processIdentifier, SIGKILL)
            return true
        }
        do {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in continuation.resume() }
                do {
                    try process.run()
                } catch {
                    process.terminationHandler = nil
                    continuation.resume(throwing: error)
                }
            }
        } catch {
            clock.cancel()
            throw error
        }
        clock.cancel()
        // Cancelled in its sleep, it has stopped nothing.
        return (try? await clock.value) ?? false
    }

    private static func problem(_ what: String) -> Problem {
        Problem(
            title: "The mail program did not take the message", explanation: what,
            nextStep: "Look at the mail program of the portal's machine, then press Retry.",
            actor: .portalAdministrator, remedy: .retry)
    }
}

extension FileHandle {
    /// A file that is nowhere but in memory, to be read from its start.
    fileprivate static func withoutName(holding data: Data) throws -> FileHandle {
        let name = "/gatehouse-\(newID())"
        let number = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard number >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        shm_unlink(name)
        let file = FileHandle(fileDescriptor: number, closeOnDealloc: true)
        try file.write(contentsOf: data)
        try file.seek(toOffset: 0)
        return file
    }
}
