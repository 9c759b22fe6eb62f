import AsyncHTTPClient
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing

@testable import PortalCore

/// The real way out, over real sockets: what a bad network and a bad server do to it (security checks 95, 96, 104).
@Suite struct UpstreamTests {
    @Test func `an answer comes as it is, whatever its status`() async throws {
        try await withServer { port in
            let (response, body) = try await Self.get("http://127.0.0.1:\(port)/teapot")
            #expect(response.status.code == 418)
            #expect(String(decoding: body, as: UTF8.self) == "short")
        }
    }

    @Test func `104: a redirect is an answer and is not followed`() async throws {
        try await withServer { port in
            let (response, _) = try await Self.get("http://127.0.0.1:\(port)/away")
            #expect(response.status == .found)
            #expect(response.headerFields[.location] == "http://127.0.0.1:\(port)/teapot")
        }
    }

    @Test(arguments: ["drip", "silent"])
    func `95: an answer that does not end in its time is no answer`(path: String) async throws {
        try await withServer { port in
            await #expect(throws: HTTPClientError.deadlineExceeded) {
                try await Self.get("http://127.0.0.1:\(port)/\(path)", within: .seconds(1))
            }
        }
    }

    @Test func `96: an answer that grows too long is told from none`() async throws {
        try await withServer { port in
            await #expect(throws: UpstreamError.tooLong) { try await Self.get("http://127.0.0.1:\(port)/endless") }
        }
    }

    @Test func `95: an answer that breaks off is no answer`() async throws {
        try await withServer { port in
            await #expect { try await Self.get("http://127.0.0.1:\(port)/broken") } throws: {
                ($0 as? HTTPClientError) != .deadlineExceeded
            }
        }
    }

    @Test(arguments: ["http://127.0.0.1:1/", "http://nowhere.invalid/", "https://127.0.0.1:1/"])
    func `95: an address where nobody is gives an error`(address: String) async throws {
        await #expect(throws: (any Error).self) { try await Self.get(address, within: .seconds(5)) }
    }

    private static func get(
        _ address: String, within limit: Duration = .seconds(60)
    ) async throws -> (HTTPResponse, [UInt8]) {
        let upstream = HTTPUpstream(longestExchange: limit)
        let result: Result<(HTTPResponse, [UInt8]), any Error>
        do {
            let request = HTTPRequest(method: .get, url: try #require(URL(string: address)))
            result = .success(try await upstream.send(request, []))
        } catch {
            result = .failure(error)
        }
        try await upstream.shutdown()
        return try result.get()
    }

    private func withServer(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: Self.router(), configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in found.yield(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "upstream") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            try await body(port)
            group.cancelAll()
        }
    }

    private struct Cut: Error {}

    private static func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("teapot") { _, _ in
            Response(status: .init(code: 418), body: .init(byteBuffer: ByteBuffer(string: "short")))
        }
        router.get("away") { request, _ in
            Response(status: .found, headers: [.location: "http://\(request.head.authority ?? "")/teapot"])
        }
        router.get("silent") { _, _ in
            try await Task.sleep(for: .seconds(30))
            return Response(status: .ok)
        }
        router.get("drip") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    for _ in 0..<600 {
                        try await writer.write(ByteBuffer(string: "."))
                        try await Task.sleep(for: .milliseconds(50))
                    }
                    try await writer.finish(nil)
                })
        }
        router.get("broken") { _, _ in
            Response(
                status: .ok,
                body: .init(contentLength: 100) { writer in
                    try await writer.write(ByteBuffer(string: "half"))
                    throw Cut()
                })
        }
        router.get("endless") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    let piece = ByteBuffer(repeating: 0x61, count: 1 << 20)
                    for _ in 0..<64 { try await writer.write(piece) }
                    try await writer.finish(nil)
                })
        }
        return router
    }
}
