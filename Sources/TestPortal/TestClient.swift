import Foundation
package import HTTPTypes
package import Hummingbird
import NIOCore
import Synchronization

/// Keeps cookies for each host and the form token of the last page, as a browser would.
package final class TestClient: Sendable {
    package typealias Answer = @Sendable (Request, _ host: String) async throws -> Response

    private struct State {
        var host: String
        var cookies: [String: [String: String]] = [:]
        var formToken = ""
    }

    private let state: Mutex<State>
    private let answer: Answer

    package init(host: String, answer: @escaping Answer) {
        state = Mutex(State(host: host))
        self.answer = answer
    }

    package var host: String { state.withLock { $0.host } }
    package var formToken: String { state.withLock { $0.formToken } }

    /// In the place of the last page's.
    package func setFormToken(_ token: String) { state.withLock { $0.formToken = token } }

    package func cookie(_ name: String) -> String? { state.withLock { $0.cookies[$0.host]?[name] } }

    package func setCookie(_ name: String, _ value: String) {
        state.withLock { $0.cookies[$0.host, default: [:]][name] = value }
    }

    package func get(_ path: String, _ fields: HTTPFields = [:]) async throws -> TestPage {
        try await send(.get, path, fields, body: nil)
    }

    /// Sends a form with the last page's token and this host as its origin; `fields` overwrite both.
    package func post(
        _ path: String, _ form: [String: String] = [:], token: String? = nil, origin: String? = nil
    ) async throws -> TestPage {
        let csrf = token ?? formToken
        let body = form.merging(["csrf": csrf]) { mine, _ in mine }.map {
            "\(Self.encoded($0.key))=\(Self.encoded($0.value))"
        }
        .joined(separator: "&")
        let fields: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded", .origin: origin ?? "http://\(host):8080",
        ]
        return try await send(.post, path, fields, body: body)
    }

    /// Follows redirects, also to our other hosts, as a browser does with top-level navigation; stops at other addresses.
    package func follow(_ page: TestPage) async throws -> TestPage {
        var page = page
        for _ in 0..<10 {
            guard page.status == .seeOther, let location = page.location else { return page }
            if location.hasPrefix("/") {
                page = try await get(location)
            } else {
                let parts = location.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
                let host = parts[2].split(separator: ":")[0]
                guard host.hasSuffix(".localhost") else { return page }
                state.withLock { $0.host = String(host) }
                page = try await get("/\(parts.count > 3 ? String(parts[3]) : "")")
            }
        }
        return page
    }

    /// Clicks a link, to any of our hosts, and goes on as ``follow(_:)`` does.
    package func open(_ address: some StringProtocol) async throws -> TestPage {
        try await follow(TestPage(status: .seeOther, headers: [.location: String(address)], text: ""))
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields, body: String?) async throws
        -> TestPage
    {
        let (host, cookies) = state.withLock { ($0.host, $0.cookies[$0.host] ?? [:]) }
        var head = HTTPRequest(
            method: method, scheme: "http", authority: "\(host):8080", path: path, headerFields: fields)
        if !cookies.isEmpty {
            head.headerFields[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                separator: "; ")
        }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        let response = try await answer(request, host)
        let collected = Collected()
        try await response.body.write(collected)
        let page = TestPage(status: response.status, headers: response.headers, text: collected.text)
        remember(page, host)
        return page
    }

    private func remember(_ page: TestPage, _ host: String) {
        state.withLock { state in
            for value in page.headers[values: .setCookie] {
                let pair = value.split(separator: ";")[0].split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let isGone = value.contains("Max-Age=0")
                state.cookies[host, default: [:]][String(pair[0])] = isGone ? nil : String(pair[1])
            }
            if let match = page.text.firstMatch(of: /name="csrf" value="([^"]*)"/) {
                state.formToken = String(match.output.1)
            }
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

/// What came back.
package struct TestPage: Sendable {
    package let status: HTTPResponse.Status
    package let headers: HTTPFields
    package let text: String

    package var location: String? { headers[.location] }

    /// What a person reads: without tags, white space as one blank.
    package var words: String {
        let unescaped = text.replacing(/<[^>]*>/, with: " ").replacing("&#39;", with: "'").replacing(
            "&quot;", with: "\""
        )
        .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        return unescaped.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

private final class Collected: ResponseBodyWriter {
    private var buffer = ByteBuffer()

    var text: String { String(buffer: buffer) }

    func write(_ buffer: ByteBuffer) async throws {
        self.buffer.writeImmutableBuffer(buffer)
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
