import FastCGI
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

struct HandlerFailure: Error {}

let streamedBytes = 5_000_000

/// Byte number `index` of the stream.
func streamedByte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: index &* 31 &+ index >> 8) }

/// A handler for each thing that a transport can get wrong.
func testResponder(gate: Gate) -> some HTTPResponder<TestContext> {
    let router = Router(context: TestContext.self, options: .autoGenerateHeadEndpoints)
    router.get("hello") { _, _ in "hello" }
    router.post("echo") { request, _ in
        Response(status: .ok, body: .init(byteBuffer: try await request.body.collect(upTo: .max)))
    }
    router.post("ignore") { _, _ in "ignored" }
    router.get("report") { request, context in
        let (head, variables) = (request.head, context.variables)
        let fields = request.headers.map { "\($0.name.rawName)=\($0.value)" }.sorted()
        let lines = [
            "scheme=\(head.scheme ?? "-") authority=\(head.authority ?? "-") path=\(head.path ?? "-")",
            "server=\(variables.serverName) remote=\(variables.remoteAddress) https=\(variables.isHTTPS)",
        ]
        return (lines + fields).joined(separator: "\n")
    }
    router.get("stream") { _, _ in
        Response(
            status: .ok,
            body: .init { writer in
                for start in stride(from: 0, to: streamedBytes, by: 50_000) {
                    try await writer.write(ByteBuffer(bytes: (start..<start + 50_000).map(streamedByte)))
                }
                try await writer.finish(nil)
            })
    }
    router.get("drip") { _, _ in
        Response(
            status: .ok,
            body: .init { writer in
                try await writer.write(ByteBuffer(string: "first"))
                try await Task.sleep(for: .seconds(60))
                try await writer.write(ByteBuffer(string: "second"))
                try await writer.finish(nil)
            })
    }
    router.get("break") { _, _ in
        Response(
            status: .ok,
            body: .init(contentLength: 100) { writer in
                try await writer.write(ByteBuffer(string: "half of it"))
                throw HandlerFailure()
            })
    }
    router.get("gated") { _, _ in
        try await gate.pass()
        return "passed"
    }
    router.get("forever") { _, _ in
        try await Task.sleep(for: .seconds(600))
        return "never"
    }
    router.get("throw") { _, _ -> String in throw HandlerFailure() }
    router.get("empty") { _, _ in Response(status: .noContent) }
    router.get("fields") { _, _ in
        Response(
            status: .init(code: 299, reasonPhrase: "Fine\r\nX-Status: injected"),
            headers: [.setCookie: "a=1", .location: "/next\r\nX-Value: injected"],
            body: .init(byteBuffer: ByteBuffer(string: "x"))
        )
    }
    router.get("two-cookies") { _, _ in
        var fields = HTTPFields()
        fields.append(HTTPField(name: .setCookie, value: "a=1"))
        fields.append(HTTPField(name: .setCookie, value: "b=2"))
        return Response(status: .ok, headers: fields)
    }
    router.get("id") { _, context in context.id }
    router.get("hop") { _, _ in
        async let slept: Void = Task.sleep(for: .milliseconds(1))
        async let elsewhere = Task.detached { 3 }.value
        try await slept
        return "\(await elsewhere)"
    }
    return router.buildResponder()
}
