import FastCGI
import Foundation
import Hummingbird
import ServiceLifecycle

/// A real server on a socket of its own. It is cancelled with its last reference.
final class TestServer: Sendable {
    let path: String
    let log = TestLog()
    let gate = Gate()
    private let directory: TemporaryDirectory?
    private let group: ServiceGroup
    private let running: Task<Void, any Error>

    convenience init(
        workers: Int = 2, maxBodyBytes: Int = 1_000_000, limits: FastCGITimeLimits = FastCGITimeLimits()
    ) throws {
        let directory = try TemporaryDirectory()
        try self.init(
            on: .bind(path: directory.socket), path: directory.socket, in: directory, workers: workers,
            maxBodyBytes: maxBodyBytes, limits: limits
        )
    }

    init(
        on listener: FastCGIListener, path: String, in directory: TemporaryDirectory? = nil, workers: Int = 2,
        maxBodyBytes: Int = 1_000_000, limits: FastCGITimeLimits = FastCGITimeLimits()
    ) throws {
        self.path = path
        self.directory = directory
        let server = FastCGIServer(
            listener: listener, responder: testResponder(gate: gate), workers: workers, maxBodyBytes: maxBodyBytes,
            limits: limits, logger: log.logger
        )
        let group = ServiceGroup(services: [server], logger: log.logger)
        self.group = group
        running = Task { try await group.run() }
    }

    deinit { running.cancel() }

    /// Returns once no further connection is accepted.
    func beginShutdown() async throws {
        await group.triggerGracefulShutdown()
        try await eventually { self.log.lines.contains { $0.contains("stopping") } }
    }

    func stop() async throws {
        try await beginShutdown()
        try await running.value
    }

    func cancel() async {
        running.cancel()
        _ = await running.result
    }

    func connect() throws -> Peer { try Peer(path) }

    /// Connects, sends, and takes what comes until the server closes.
    func exchange(_ bytes: [UInt8]) async throws -> Reply {
        try await offPool {
            let peer = try self.connect()
            let isTaken = peer.send(bytes)
            var reply = try peer.receive()
            reply.wasReset = reply.wasReset || !isTaken
            return reply
        }
    }

    func get(_ target: String, _ more: [(String, String)] = []) async throws -> Reply {
        try await exchange(Record.request(Record.get(target, more)))
    }
}
