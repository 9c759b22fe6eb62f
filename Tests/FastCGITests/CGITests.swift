@testable import FastCGI
import Foundation
import Glibc
import Testing

@Suite struct CGITests {
    @Test func `a page is written to the output descriptor`() async throws {
        let reply = try await run(Record.get("/hello"))
        #expect(reply.head.first == "Status: 200 OK")
        #expect(reply.fields("Content-Length") == ["5"])
        #expect(reply.text == "hello")
    }

    @Test func `the environment's other variables do not become header fields`() async throws {
        let more = [("PATH", "/bin"), ("HTTP_PROXY", "http://evil.test"), ("HTTP_X", "1")]
        let reply = try await run(Record.get("/report", more))
        #expect(reply.text.split(separator: "\n").dropFirst(2) == ["x=1"])
    }

    @Test func `only CONTENT_LENGTH bytes are read, and input that stays open is no obstacle`() async throws {
        let variables = Record.post("/echo", length: 4)
        #expect(try await run(variables, input: Array("body and more".utf8)).text == "body")
        #expect(try await run(variables, input: Array("body".utf8), closesInput: false).text == "body")
    }

    @Test func `a body that ends early is 400, one above the limit is 413`() async throws {
        #expect(try await run(Record.post("/echo", length: 9), input: Array("body".utf8)).status == "400 Bad Request")
        #expect(try await run(Record.post("/echo", length: 2_000), maxBodyBytes: 1_000).status?.prefix(3) == "413")
    }

    @Test func `5 MB are streamed exactly`() async throws {
        let body = try await run(Record.get("/stream")).body
        #expect(body.count == streamedBytes)
        #expect(body.indices.allSatisfy { body[$0] == streamedByte($0) })
    }

    @Test func `a reader that has gone is an error, not the end of the process`() async throws {
        signal(SIGPIPE, SIG_IGN)
        let output = Pipe()
        try output.fileHandleForReading.close()
        await #expect(throws: PeerGone.self) {
            try await respond(Record.get("/stream"), input: Pipe(), output: output, maxBodyBytes: 1_000)
        }
    }

    private func run(
        _ variables: [(String, String)], input bytes: [UInt8] = [], closesInput: Bool = true,
        maxBodyBytes: Int = 1_000_000
    ) async throws -> Reply {
        let (input, output) = (Pipe(), Pipe())
        try input.fileHandleForWriting.write(contentsOf: bytes)
        if closesInput { try input.fileHandleForWriting.close() }
        let reader = output.fileHandleForReading
        async let written = offPool { try reader.readToEnd() ?? Data() }
        try await respond(variables, input: input, output: output, maxBodyBytes: maxBodyBytes)
        try output.fileHandleForWriting.close()
        return Reply(output: Array(try await written))
    }

    private func respond(_ variables: [(String, String)], input: Pipe, output: Pipe, maxBodyBytes: Int) async throws {
        let environment = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: variables.count + 1)
        defer {
            for index in variables.indices { free(environment[index]) }
            environment.deallocate()
        }
        for (index, (name, value)) in variables.enumerated() { environment[index] = strdup("\(name)=\(value)") }
        environment[variables.count] = nil
        let process = CGIProcess(
            environment: environment,
            input: input.fileHandleForReading.fileDescriptor,
            output: output.fileHandleForWriting.fileDescriptor
        )
        // It blocks, and the other tests need their threads.
        let thread = try ThreadExecutor.start()
        defer { thread.finish() }
        try await withTaskExecutorPreference(thread) {
            try await respondAsCGI(
                testResponder(gate: Gate()), over: process, logger: TestLog().logger, maxBodyBytes: maxBodyBytes
            )
        }
    }
}
