import Dispatch
import Foundation
import Logging
import ServiceLifecycle

/// Carries out what commands ask of the portal that serves.
package struct AdminServer: ServiceLifecycle.Service {
    private let portal: Portal

    package init(portal: Portal) {
        self.portal = portal
    }

    package func run() async throws {
        portal.deleteStrayCopies()
        let path = portal.configuration.adminSocketPath
        let listener = try AdminSocket.listen(at: path)
        let queue = DispatchQueue(label: "gatehouse.admin")
        let (connections, arrivals) = AsyncStream.makeStream(of: AdminSocket.self)
        let source = DispatchSource.makeReadSource(fileDescriptor: listener, queue: queue)
        source.setEventHandler(
            handler: DispatchWorkItem {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                arrivals.yield(AdminSocket(descriptor: descriptor, seconds: 10))
            })
        source.setCancelHandler(handler: DispatchWorkItem { close(listener) })
        source.resume()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for await connection in connections { group.addTask { await answer(connection) } }
            }
        }
        source.cancel()
        unlink(path)
    }

    /// Reading and writing may wait for the other side, so they do it on a queue of their own.
    private func answer(_ connection: AdminSocket) async {
        do {
            let request = try await offPool { try connection.receive(AdminRequest.self) }
            let answer = await portal.perform(request)
            try await offPool { try connection.send(answer) }
        } catch is AdminSocketClosed {
        } catch {
            portal.logger.warning("a command was not answered", metadata: ["error": "\(error)"])
        }
    }

    private func offPool<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }
}

/// The command line's end of the socket.
package enum AdminClient {
    /// - Returns: `nil` when no portal serves on this state folder.
    package static func ask(_ request: AdminRequest, at socket: String) throws -> AdminAnswer? {
        let connection: AdminSocket
        do {
            connection = try AdminSocket.connect(to: socket, seconds: 600)
        } catch let failure as AdminSocket.Failure where failure.meansNobody {
            return nil
        }
        try connection.send(request)
        return try connection.receive(AdminAnswer.self)
    }

    package static func isServing(at socket: String) throws -> Bool {
        do {
            _ = try AdminSocket.connect(to: socket, seconds: 5)
            return true
        } catch let failure as AdminSocket.Failure where failure.meansNobody {
            return false
        }
    }
}
