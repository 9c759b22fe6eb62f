import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import UnixSignals

/// Over the network. Hummingbird's `Application` would put the machine's time into every `Date`; here it is the sandbox's, or
/// what a fault made of it.
extension MicrosoftSandbox {
    /// What one request may bring. The rest is read and thrown away, so that whoever sends before reading gets the refusal.
    private static let largestBody = 16 << 20

    /// Serves until SIGTERM or SIGINT; requests under way are answered first. `onListening` gets the address.
    public func run(onListening: @escaping @Sendable (String) async -> Void = { _ in }) async throws {
        guard ["127.0.0.1", "::1", "localhost"].contains(configuration.host) else {
            throw SandboxError.notLoopback(host: configuration.host)
        }
        do {
            let server = try server { await onListening(configuration.base) }
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
                    gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
            try await group.run()
        } catch let error as IOError {
            guard error.errnoCode == EADDRINUSE else {
                let reason = String(cString: strerror(error.errnoCode))
                throw SandboxError.portRefused(host: configuration.host, port: configuration.port, reason: reason)
            }
            throw SandboxError.portInUse(host: configuration.host, port: configuration.port)
        }
    }

    private func server(onListening: @escaping @Sendable () async -> Void) throws -> any Service {
        let responder = buildRouter().buildResponder()
        return try HTTPServerBuilder.http1().buildServer(
            configuration: ServerConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup, logger: logger
        ) { request, writer, channel in
            let source = ApplicationRequestContextSource(channel: channel, logger: logger)
            var response = try await answer(request, responder, SandboxContext(source: source))
            if response.headers[.date] == nil {
                response.headers[.date] = clock.now.httpField
            }
            try await writer.write(response: response.head, body: response.body)
        } onServerRunning: { _ in
            await onListening()
        }
    }

    private func answer(
        _ request: Request, _ responder: RouterResponder<SandboxContext>, _ context: SandboxContext
    ) async throws -> Response {
        var bytes = ByteBuffer()
        var length = 0
        for try await part in request.body {
            length += part.readableBytes
            if length <= Self.largestBody { bytes.writeImmutableBuffer(part) }
        }
        guard length <= Self.largestBody else { return Response(status: .contentTooLarge) }
        do {
            return try await responder.respond(
                to: Request(head: request.head, body: RequestBody(buffer: bytes)), context: context)
        } catch let error as any HTTPResponseError {
            return try error.response(from: request, context: context)
        } catch {
            logger.error("a request failed", metadata: ["error": "\(error)"])
            return Response(status: .internalServerError)
        }
    }
}
