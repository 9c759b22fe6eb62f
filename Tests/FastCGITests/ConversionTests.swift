import FastCGI
import Testing

/// CGI variables as a handler sees them.
@Suite struct ConversionTests {
    @Test(
        arguments: [
            ([("HTTP_ACCEPT_LANGUAGE", "de")], "accept-language=de"),
            ([("HTTP_X", "a=b=c")], "x=a=b=c"),
            ([("HTTP_X_LONG_NAME", "v")], "x-long-name=v"),
            ([("HTTP_COOKIE", "a=1; b=2")], "cookie=a=1; b=2"),
            ([("HTTP_X_UTF8", "naïve")], "x-utf8=naïve"),
            ([("HTTP_X_LINES", "a\r\nb")], "x-lines=a  b"),
            ([("HTTP_X_TWICE", "1"), ("HTTP_X_TWICE", "2")], "x-twice=1\nx-twice=2"),
            ([("CONTENT_TYPE", "text/plain"), ("HTTP_CONTENT_TYPE", "other")], "Content-Type=text/plain"),
            // Not header fields: httpoxy, what has a variable of its own, what the web server has done, what is empty.
            ([("HTTP_PROXY", "http://evil.test")], ""),
            ([("HTTP_Proxy", "http://evil.test")], ""),
            ([("HTTP_TRANSFER_ENCODING", "chunked")], ""),
            ([("HTTP_CONTENT_LENGTH", "7")], ""),
            ([("HTTP_X_EMPTY", "")], ""),
            ([("HTTP_", "nameless")], ""),
            ([("HTTP_X Y", "no name")], ""),
            ([("HTTPX_Y", "no field")], ""),
            ([("PATH", "/usr/bin")], ""),
        ] as [([(String, String)], String)])
    func `header fields`(variables: [(String, String)], expected: String) async throws {
        let server = try TestServer(workers: 1)
        let lines = try await server.get("/report", variables).text.split(separator: "\n").dropFirst(2)
        #expect(lines.joined(separator: "\n") == expected)
    }

    @Test(
        arguments: [
            ([], "scheme=http authority=host.test path=/report"),
            (
                [("HTTP_HOST", "first.test"), ("HTTP_HOST", "second.test")],
                "scheme=http authority=first.test path=/report"
            ),
            ([("HTTP_host", "other.test")], "scheme=http authority=host.test path=/report"),
            ([("REQUEST_URI", "/report?q=%2F&r=1")], "scheme=http authority=host.test path=/report?q=%2F&r=1"),
            ([("HTTPS", "on")], "scheme=https authority=host.test path=/report"),
            ([("HTTPS", "off")], "scheme=http authority=host.test path=/report"),
            ([("REQUEST_SCHEME", "https")], "scheme=https authority=host.test path=/report"),
        ] as [([(String, String)], String)])
    func `request line`(variables: [(String, String)], expected: String) async throws {
        let server = try TestServer(workers: 1)
        let text = try await server.get("/report", variables).text
        #expect(text.split(separator: "\n").first.map(String.init) == expected)
    }

    @Test func `the rest of the variables reach the context`() async throws {
        let server = try TestServer(workers: 1)
        let text = try await server.get("/report", [("HTTPS", "on")]).text
        #expect(text.split(separator: "\n")[1] == "server=server.test remote=192.0.2.7 https=true")
        let bare = Record.get("/report").filter { !["SERVER_NAME", "REMOTE_ADDR", "HTTP_HOST"].contains($0.0) }
        let reply = try await server.exchange(Record.request(bare))
        #expect(reply.text == "scheme=http authority=- path=/report\nserver= remote= https=false")
    }

    @Test func `a flood of new names does not mix names up`() async throws {
        let server = try TestServer(workers: 1)
        for round in 0..<5 {
            let variables = (0..<40).map { ("HTTP_X_\(round)_\($0)", "\($0)") }
            let lines = Set(try await server.get("/report", variables).text.split(separator: "\n").map(String.init))
            for number in 0..<40 { #expect(lines.contains("x-\(round)-\(number)=\(number)")) }
        }
    }
}
