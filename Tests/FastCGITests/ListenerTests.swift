import FastCGI
import Foundation
import Glibc
import Testing

@Suite struct ListenerTests {
    @Test func `a socket of our own can be used by owner and group only`() throws {
        let directory = try TemporaryDirectory()
        let listener = try FastCGIListener.bind(path: directory.socket)
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.socket)
        #expect(attributes[.posixPermissions] as? Int == 0o660)
        withExtendedLifetime(listener) {}
    }

    @Test func `the socket file of a process that has ended is replaced, that of a living one is not`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.socket
        var living: FastCGIListener? = try .bind(path: path)
        #expect(throws: FastCGIError.pathInUse(path)) { try FastCGIListener.bind(path: path) }
        withExtendedLifetime(living) {}
        living = nil
        // A child process that another test has just forked holds the socket too, until it becomes another program.
        var replaced: FastCGIListener?
        for _ in 0..<200 where replaced == nil {
            replaced = try? .bind(path: path)
            try await Task.sleep(for: .milliseconds(10))
        }
        let server = try TestServer(on: #require(replaced), path: path)
        #expect(try await server.get("/hello").text == "hello")
    }

    @Test func `a file that is no socket is left alone`() throws {
        let directory = try TemporaryDirectory()
        #expect(FileManager.default.createFile(atPath: directory.socket, contents: Data("precious".utf8)))
        #expect(throws: FastCGIError.system(call: "bind", code: EADDRINUSE)) {
            try FastCGIListener.bind(path: directory.socket)
        }
        #expect(FileManager.default.contents(atPath: directory.socket) == Data("precious".utf8))
    }

    @Test func `a path that is too long is refused by name`() {
        let path = "/tmp/" + String(repeating: "x", count: 200)
        #expect(throws: FastCGIError.pathTooLong(path, limit: 107)) { try FastCGIListener.bind(path: path) }
    }

    @Test func `an inherited socket is served, and outlives the server`() async throws {
        let directory = try TemporaryDirectory()
        let held = try listeningSocket(directory.socket)
        defer { close(held) }
        #expect(FastCGIListener.isInherited(descriptor: held))
        for _ in 0..<2 {
            let server = try TestServer(on: .inherited(descriptor: held), path: directory.socket)
            #expect(try await server.get("/hello").text == "hello")
            try await server.stop()
        }
        #expect(FastCGIListener.isInherited(descriptor: held))
    }

    @Test func `what is not a listening socket is not inherited`() throws {
        let pipe = Pipe()
        let unconnected = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(unconnected) }
        for descriptor in [pipe.fileHandleForReading.fileDescriptor, unconnected, 9_999] {
            #expect(!FastCGIListener.isInherited(descriptor: descriptor))
            #expect(throws: FastCGIError.notListening(descriptor: descriptor)) {
                try FastCGIListener.inherited(descriptor: descriptor)
            }
        }
    }

    /// As a holder such as spawn-fcgi makes it: blocking.
    private func listeningSocket(_ path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try #require(withSocketAddress(path) { bind(descriptor, $0, $1) } == 0 && listen(descriptor, 16) == 0)
        return descriptor
    }
}
