import FastCGI
import Testing

/// Requests that never reach a handler.
@Suite struct RefusalTests {
    @Test func `a body above the limit is 413, one at the limit is answered`() async throws {
        let server = try TestServer(maxBodyBytes: 1_000)
        let above = Record.request(Record.post("/echo", length: 400_000), body: .init(repeating: 1, count: 400_000))
        let reply = try await server.exchange(above)
        #expect(reply.status?.hasPrefix("413") == true)
        #expect(reply.isWhole && !reply.wasReset)
        let exact = Record.request(Record.post("/echo", length: 1_000), body: .init(repeating: 1, count: 1_000))
        #expect(try await server.exchange(exact).body.count == 1_000)
    }

    @Test(arguments: [("100", 99), ("99", 100), ("0", 5), ("", 5), ("5", 0)])
    func `a body that is not as long as it says is 400`(claimed: String, sent: Int) async throws {
        let server = try TestServer()
        let variables = Record.get("/echo", [("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", claimed)])
        let reply = try await server.exchange(Record.request(variables, body: .init(repeating: 1, count: sent)))
        #expect(reply.status == "400 Bad Request")
        #expect(reply.isWhole)
    }

    @Test(arguments: [
        ("CONTENT_LENGTH", "-1", "400"), ("CONTENT_LENGTH", "+1", "400"), ("CONTENT_LENGTH", "1e3", "400"),
        ("CONTENT_LENGTH", "0x10", "400"), ("CONTENT_LENGTH", " 5", "400"), ("CONTENT_LENGTH", "٥", "400"),
        ("CONTENT_LENGTH", "99999999999999999999999", "413"), ("CONTENT_LENGTH", "9223372036854775807", "413"),
        ("REQUEST_METHOD", "GET /", "400"), ("REQUEST_METHOD", "GÉT", "400"),
        ("REQUEST_URI", "http://host.test/hello", "400"), ("REQUEST_URI", "*", "400"), ("REQUEST_URI", "hello", "400"),
        ("REQUEST_URI", "/a b", "400"), ("REQUEST_URI", "/a\u{1}", "400"), ("REQUEST_URI", "/é", "400"),
        ("REQUEST_URI", "/a#b", "400"), ("HTTP_HOST", "a b", "400"), ("HTTP_HOST", "a\r\nb", "400"),
    ])
    func `a variable that can't be right is refused`(name: String, value: String, status: String) async throws {
        let server = try TestServer(workers: 1)
        #expect(try await server.get("/hello", [(name, value)]).status?.prefix(3) == status[...])
    }

    @Test(arguments: ["REQUEST_METHOD", "REQUEST_URI"])
    func `a request without method or target is 400`(missing: String) async throws {
        let server = try TestServer(workers: 1)
        let variables = Record.get("/hello").filter { $0.0 != missing }
        #expect(try await server.exchange(Record.request(variables)).status == "400 Bad Request")
    }

    @Test func `100 header fields are answered, 101 or 40 kB of them are 431`() async throws {
        let server = try TestServer(workers: 1)
        let fields = (1...100).map { ("HTTP_X_\($0)", "v") }
        #expect(try await server.get("/hello", fields).status == "200 OK")
        #expect(try await server.get("/hello", fields + [("HTTP_X_101", "v")]).status?.prefix(3) == "431")
        let long = [("HTTP_COOKIE", String(repeating: "c", count: 40_000))]
        #expect(try await server.get("/hello", long).status?.prefix(3) == "431")
    }

    @Test func `100,000 variables cost a closed connection and nothing else`() async throws {
        let server = try TestServer(workers: 1)
        let many = (0..<100_000).map { ("HTTP_X_\($0)", "v") }
        #expect(try await server.get("/hello", many).output.isEmpty)
        #expect(try await server.get("/hello").text == "hello")
    }

    @Test func `a refused request's body is read to its end, so that the answer arrives`() async throws {
        let server = try TestServer(workers: 1)
        let variables = Record.get("*", [("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", "900000")])
        let reply = try await server.exchange(Record.request(variables, body: .init(repeating: 1, count: 900_000)))
        #expect(reply.status == "400 Bad Request")
        #expect(reply.isWhole && !reply.wasReset)
    }
}
