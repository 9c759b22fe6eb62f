import AsyncHTTPClient
import Foundation
package import HTTPTypes
import NIOCore
import NIOHTTP1

/// How requests leave the machine.
package protocol Upstream: Sendable {
    /// Follows no redirect.
    ///
    /// - Throws: when there was no answer, or too long a one.
    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8])
}

package enum UpstreamError: Error {
    /// The answer is longer than any that a provider documents.
    case tooLong
}

/// The real way out.
package final class HTTPUpstream: Upstream {
    private static let maxAnswerBytes = 16 << 20
    private let client: HTTPClient
    private let longestExchange: Duration

    /// - Parameter longestExchange: from the first byte sent to the last received.
    package init(longestExchange: Duration = .seconds(60)) {
        self.longestExchange = longestExchange
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(30))
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    package func shutdown() async throws {
        try await client.shutdown()
    }

    package func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        var outgoing = HTTPClientRequest(url: request.url?.absoluteString ?? "")
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headerFields { outgoing.headers.add(name: field.name.rawName, value: field.value) }
        if !body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
        return try await withThrowingTaskGroup(of: (HTTPResponse, [UInt8]).self) { [outgoing] group in
            group.addTask { try await self.exchange(outgoing) }
            // The client's own limit ends with the head: a body may drip for ever.
            group.addTask { [longestExchange] in
                try await Task.sleep(for: longestExchange)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            return try await group.next() ?? (HTTPResponse(status: .badGateway), [])
        }
    }

    private func exchange(_ outgoing: HTTPClientRequest) async throws -> (HTTPResponse, [UInt8]) {
        let answer = try await client.execute(outgoing, timeout: .seconds(60))
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let status = HTTPResponse.Status(code: Int(answer.status.code), reasonPhrase: answer.status.reasonPhrase)
        let content: ByteBuffer
        do {
            content = try await answer.body.collect(upTo: Self.maxAnswerBytes)
        } catch is NIOTooManyBytesError {
            throw UpstreamError.tooLong
        }
        return (HTTPResponse(status: status, headerFields: fields), Array(content.readableBytesView))
    }
}
