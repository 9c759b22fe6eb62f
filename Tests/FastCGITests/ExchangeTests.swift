import FastCGI
import Testing

/// What a well-behaved web server sees.
@Suite struct ExchangeTests {
    @Test func `a page is answered with its status, its fields and its length`() async throws {
        let server = try TestServer()
        let reply = try await server.get("/hello")
        #expect(reply.head.first == "Status: 200 OK")
        #expect(reply.fields("Content-Length") == ["5"])
        #expect(reply.text == "hello")
        #expect(reply.isWhole)
    }

    @Test func `a body of 300 kB comes back byte for byte, whatever the padding of its records`() async throws {
        let body = (0..<300_000).map(streamedByte)
        let server = try TestServer()
        for padding: UInt8 in [0, 1, 255] {
            let head = Record.head(Record.post("/echo", length: body.count), padding: padding)
            let reply = try await server.exchange(head + Record.stream(.standardInput, body, padding: padding))
            #expect(reply.body == body)
        }
    }

    @Test func `a body that the handler does not read is taken off the connection all the same`() async throws {
        let server = try TestServer()
        let request = Record.request(Record.post("/ignore", length: 500_000), body: .init(repeating: 7, count: 500_000))
        let reply = try await server.exchange(request)
        #expect(reply.text == "ignored")
        #expect(!reply.wasReset)
    }

    @Test func `HEAD has the fields of GET and no body`() async throws {
        let server = try TestServer()
        let reply = try await server.get("/hello", [("REQUEST_METHOD", "HEAD")])
        #expect(reply.status == "200 OK")
        #expect(reply.fields("Content-Length") == ["5"])
        #expect(reply.body.isEmpty)
        #expect(reply.isWhole)
    }

    @Test func `a status without content has neither body nor length`() async throws {
        let server = try TestServer()
        let reply = try await server.get("/empty")
        #expect(reply.status == "204 No Content")
        #expect(reply.fields("Content-Length") == [])
    }

    @Test func `5 MB are streamed exactly`() async throws {
        let server = try TestServer()
        let reply = try await server.get("/stream")
        #expect(reply.fields("Content-Length") == [])
        let body = reply.body
        #expect(body.count == streamedBytes)
        #expect(body.indices.allSatisfy { body[$0] == streamedByte($0) })
    }

    @Test func `the first part of a stream arrives before the second is made`() async throws {
        let server = try TestServer()
        let begun = ContinuousClock.now
        let first = try await offPool {
            let peer = try server.connect()
            peer.send(Record.request(Record.get("/drip")))
            return Reply(records: Array(try peer.receiveSome() ?? []))
        }
        #expect(first.text == "first")
        #expect(ContinuousClock.now - begun < .seconds(20))
    }

    @Test func `what a handler throws is a bare 500, and a line in the log`() async throws {
        let server = try TestServer()
        let reply = try await server.get("/throw")
        #expect(reply.status == "500 Internal Server Error")
        #expect(reply.text == "Internal server error.\n")
        #expect(server.log.lines.contains { $0.hasPrefix("error ") && $0.contains("HandlerFailure") })
    }

    @Test func `an answer that breaks off is not ended as if it were whole`() async throws {
        let server = try TestServer(workers: 1)
        #expect(try await server.get("/break").isWhole == false)
        #expect(try await server.get("/hello").text == "hello")
    }

    @Test func `line breaks in a status or a value never start another field`() async throws {
        let server = try TestServer()
        let reply = try await server.get("/fields")
        #expect(reply.status?.hasPrefix("299 Fine") == true)
        #expect(reply.fields("X-Status") == [])
        #expect(reply.fields("X-Value") == [])
        #expect(reply.text == "x")
    }

    @Test func `fields of the same name stay apart`() async throws {
        let server = try TestServer()
        #expect(try await server.get("/two-cookies").fields("Set-Cookie") == ["a=1", "b=2"])
    }

    @Test func `each request has an id of its own`() async throws {
        let server = try TestServer()
        let ids = [try await server.get("/id").text, try await server.get("/id").text]
        #expect(ids[0] != ids[1] && !ids[0].isEmpty)
    }

    @Test func `a handler that waits on other tasks gets its answer`() async throws {
        let server = try TestServer(workers: 1)
        #expect(try await server.get("/hop").text == "3")
    }

    @Test func `requests are answered side by side, one for each worker`() async throws {
        let server = try TestServer(workers: 3)
        async let one = server.get("/gated")
        async let two = server.get("/gated")
        async let three = server.get("/gated")
        try await server.gate.holds(3)
        server.gate.open()
        #expect(try await [one.text, two.text, three.text] == ["passed", "passed", "passed"])
    }
}
