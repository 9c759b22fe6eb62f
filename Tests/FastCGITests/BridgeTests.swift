import FastCGI
import Foundation
import Testing

private let bridge = "/usr/bin/cgi-fcgi"

/// Against somebody else's FastCGI client: Debian's libfcgi-bin.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: bridge), "needs cgi-fcgi, of Debian's libfcgi-bin"))
struct BridgeTests {
    @Test func `cgi-fcgi gets a page`() async throws {
        #expect(try await run([("REQUEST_METHOD", "GET"), ("REQUEST_URI", "/hello")]).text == "hello")
    }

    @Test func `cgi-fcgi posts a body`() async throws {
        let variables = [("REQUEST_METHOD", "POST"), ("REQUEST_URI", "/echo"), ("CONTENT_LENGTH", "11")]
        #expect(try await run(variables, input: "from a pipe").text == "from a pipe")
    }

    private func run(_ variables: [(String, String)], input text: String = "") async throws -> Reply {
        let server = try TestServer()
        return try await offPool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: bridge)
            process.arguments = ["-bind", "-connect", server.path]
            process.environment = Dictionary(uniqueKeysWithValues: variables)
            let (input, output) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
            try input.fileHandleForWriting.close()
            let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return Reply(output: Array(bytes))
        }
    }
}
