import FastCGI
import Glibc
import Testing

@Suite struct StoppingTests {
    @Test(.timeLimit(.minutes(1))) func `idle workers end by themselves`() async throws {
        let server = try TestServer(workers: 8)
        #expect(try await server.get("/hello").text == "hello")
        try await server.stop()
    }

    @Test func `a request under way is answered, one that comes later is not accepted`() async throws {
        let server = try TestServer(workers: 1)
        async let underWay = server.get("/gated")
        try await server.gate.holds(1)
        try await server.beginShutdown()
        let late = try await offPool {
            let peer = try server.connect()
            peer.send(Record.request(Record.get("/hello")))
            return peer
        }
        server.gate.open()
        #expect(try await underWay.text == "passed")
        try await server.stop()
        #expect(!late.hasBytes)
    }

    @Test func `a connection that was accepted while its head was still incomplete is answered`() async throws {
        let server = try TestServer(workers: 1)
        let request = Record.request(Record.get("/hello"))
        let peer = try await offPool {
            let peer = try server.connect()
            peer.send(Array(request.dropLast(30)))
            return peer
        }
        async let underWay = server.get("/gated")
        try await server.gate.holds(1)
        try await server.beginShutdown()
        try await offPool { _ = peer.send(Array(request.suffix(30))) }
        server.gate.open()
        #expect(try await underWay.text == "passed")
        let reply = try await offPool { try peer.receive() }
        #expect(reply.text == "hello")
        try await server.stop()
    }

    @Test func `connections that wait in the queue of a held socket are answered by the next process`() async throws {
        let directory = try TemporaryDirectory()
        let holder = try FastCGIListener.bind(path: directory.socket)
        let first = try TestServer(on: holder, path: directory.socket)
        #expect(try await first.get("/hello").text == "hello")
        try await first.stop()
        let early = try await offPool {
            let peer = try Peer(directory.socket)
            peer.send(Record.request(Record.get("/hello")))
            return peer
        }
        let second = try TestServer(on: holder, path: directory.socket)
        let reply = try await offPool { try early.receive() }
        #expect(reply.text == "hello")
        try await second.stop()
    }

    @Test func `cancelled, it ends at once, whatever is under way`() async throws {
        let server = try TestServer(workers: 3)
        let waitingForTheHandler = try await offPool { try server.connect() }
        let notReading = try await offPool { try server.connect() }
        let notSending = try await offPool { try server.connect() }
        try await offPool {
            waitingForTheHandler.send(Record.request(Record.get("/forever")))
            notReading.send(Record.request(Record.get("/stream")))
            notSending.send(Record.head(Record.post("/echo", length: 5)))
        }
        try await Task.sleep(for: .milliseconds(300))
        let begun = ContinuousClock.now
        await server.cancel()
        #expect(ContinuousClock.now - begun < .seconds(8))
        withExtendedLifetime((waitingForTheHandler, notReading, notSending)) {}
    }
}
