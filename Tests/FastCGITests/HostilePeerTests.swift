import FastCGI
import Glibc
import Testing

/// Peers that are broken, slow, gone or hostile: the next request is answered.
@Suite struct HostilePeerTests {
    private static let quick = FastCGITimeLimits(
        head: .milliseconds(400), body: .milliseconds(600), silence: .milliseconds(300)
    )

    private func holders(_ bytes: Int, _ server: TestServer) async throws -> [Peer] {
        let start = Array(Record.request(Record.get("/hello")).prefix(bytes))
        return try await offPool {
            try (0..<6).map { _ in
                let peer = try server.connect()
                peer.send(start)
                return peer
            }
        }
    }

    @Test(arguments: [0, 3, 8, 15, 16, 20, 40])
    func `connections that stop after a few bytes hold up nobody`(bytes: Int) async throws {
        let server = try TestServer(workers: 2, limits: FastCGITimeLimits(head: .seconds(120)))
        let holders = try await holders(bytes, server)
        let begun = ContinuousClock.now
        #expect(try await server.get("/hello").text == "hello")
        #expect(ContinuousClock.now - begun < .seconds(30))
        withExtendedLifetime(holders) {}
        try await server.stop()
    }

    @Test(arguments: [0, 3, 20])
    func `connections that stop after a few bytes are closed at the limit`(bytes: Int) async throws {
        let server = try TestServer(workers: 1, limits: Self.quick)
        let begun = ContinuousClock.now
        for holder in try await holders(bytes, server) {
            let reply = try await offPool { try holder.receive() }
            #expect(reply.output.isEmpty)
        }
        #expect(ContinuousClock.now - begun < .seconds(30))
        try await server.stop()
    }

    @Test func `a request that drips in within the limit is answered`() async throws {
        let server = try TestServer(workers: 1)
        let reply = try await offPool {
            let peer = try server.connect()
            for byte in Record.request(Record.get("/hello")) {
                peer.send([byte])
                usleep(500)
            }
            return try peer.receive()
        }
        #expect(reply.text == "hello")
    }

    @Test func `a body that falls silent is 400`() async throws {
        let server = try TestServer(workers: 1, limits: FastCGITimeLimits(silence: .milliseconds(300)))
        let silent = Record.head(Record.post("/echo", length: 100)) + Record.make(.standardInput, [1, 2, 3])
        #expect(try await server.exchange(silent).status == "400 Bad Request")
    }

    @Test func `a body that drips in is cut at its limit, though it never falls silent`() async throws {
        let server = try TestServer(workers: 1, limits: Self.quick)
        let drops = try await offPool {
            let peer = try server.connect()
            peer.send(Record.head(Record.post("/echo", length: 1_000)))
            var drops = 0
            while drops < 300, !peer.isClosed {
                peer.send(Record.make(.standardInput, [1]))
                drops += 1
                usleep(100_000)
            }
            return drops
        }
        #expect(drops < 300)
        #expect(try await server.get("/hello").text == "hello")
    }

    @Test func `a peer that wants to keep the connection does not hold the worker`() async throws {
        let server = try TestServer(workers: 1)
        let request = Record.head(Record.get("/hello"), keepsConnection: true) + Record.stream(.standardInput, [])
        // The exchange ends only when the server closes.
        #expect(try await server.exchange(request).text == "hello")
        #expect(try await server.exchange(request).text == "hello")
    }

    @Test func `nothing of one request is seen in the next`() async throws {
        let server = try TestServer(workers: 1)
        let two = Record.request(Record.get("/report", [("HTTP_X_FIRST", "1")])) + Record.request(Record.get("/hello"))
        #expect(try await server.exchange(two).text.contains("x-first=1"))
        #expect(try await server.get("/report").text.contains("x-first") == false)
    }

    @Test func `peers that abort in mid-body, are gone or never read leave it serving`() async throws {
        let server = try TestServer(workers: 1, limits: Self.quick)
        for _ in 0..<20 {
            try await offPool {
                let aborting = try server.connect()
                aborting.send(Record.head(Record.post("/echo", length: 50)) + Record.make(.abortRequest))
                let going = try server.connect()
                going.send(Record.request(Record.get("/stream")))
                let halfGoing = try server.connect()
                halfGoing.send(Record.head(Record.post("/echo", length: 50)) + Record.make(.standardInput, [1]))
            }
        }
        let deaf = try await offPool { try server.connect() }
        _ = try await offPool { deaf.send(Record.request(Record.get("/stream"))) }
        #expect(try await server.get("/hello").text == "hello")
    }

    @Test func `variables that break off between two pairs are not taken for complete`() async throws {
        let server = try TestServer(workers: 1, limits: Self.quick)
        let reply = try await offPool {
            let peer = try server.connect()
            peer.send(Record.begin() + Record.make(.parameters, Record.pairs(Record.get("/hello"))))
            shutdown(peer.descriptor, Int32(SHUT_WR))
            return try peer.receive()
        }
        #expect(reply.output.isEmpty)
        #expect(try await server.get("/hello").text == "hello")
    }

    @Test(arguments: [[0xC0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0, 1, 0]] as [[UInt8]])
    func `a claimed length that is not there is refused before anything is allocated`(length: [UInt8]) async throws {
        let server = try TestServer(workers: 1)
        let claim = Record.begin() + Record.stream(.parameters, length + length + [1, 2, 3])
        #expect(try await server.exchange(claim).output.isEmpty)
        #expect(try await server.get("/hello").text == "hello")
    }

    @Test(arguments: [2, 3] as [UInt8])
    func `other roles than responder are refused`(role: UInt8) async throws {
        let server = try TestServer(workers: 1)
        let request = Record.begin(role: role) + Record.stream(.parameters, Record.pairs(Record.get("/hello")))
        #expect(try await server.exchange(request).output.isEmpty)
        #expect(try await server.get("/hello").text == "hello")
    }

    @Test(.timeLimit(.minutes(2))) func `2,000 connections of garbage leave it serving, no descriptor lost`()
        async throws
    {
        let server = try TestServer(workers: 2, limits: Self.quick)
        #expect(try await server.get("/hello").text == "hello")
        let before = try openDescriptors()
        try await offPool {
            var random = SeededGenerator(seed: 20_261_121)
            for _ in 0..<2_000 {
                let peer = try server.connect()
                peer.send(garbage(&random))
            }
        }
        for _ in 0..<10 { #expect(try await server.get("/hello").text == "hello") }
        // Those without a whole head are closed at the limit. Other tests run meanwhile.
        try await eventually { try openDescriptors() < before + 300 }
    }
}
