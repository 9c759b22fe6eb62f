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

    /// The same, and only to an address of the internet, where `onlyPublic` says so: none of this machine, of internal
    /// networks, of the link, whatever the name resolves to.
    ///
    /// - Throws: ``UpstreamError/notPublic``.
    func send(_ request: HTTPRequest, _ body: [UInt8], onlyPublic: Bool) async throws -> (HTTPResponse, [UInt8])
}

extension Upstream {
    /// For those that resolve no names.
    package func send(_ request: HTTPRequest, _ body: [UInt8], onlyPublic: Bool) async throws -> (HTTPResponse, [UInt8])
    {
        try await send(request, body)
    }
}

package enum UpstreamError: Error, Equatable {
    /// The answer is longer than any that a provider documents.
    case tooLong
    /// The name leads to no address that may be called.
    case notPublic
}

/// The real way out.
package final class HTTPUpstream: Upstream {
    private static let maxAnswerBytes = 16 << 20
    private let client: HTTPClient
    private let longestExchange: Duration

    /// - Parameter longestExchange: from the first byte sent to the last received.
    package init(longestExchange: Duration = .seconds(60)) {
        self.longestExchange = longestExchange
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.configuration)
    }

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(30))
        return configuration
    }

    package func shutdown() async throws {
        try await client.shutdown()
    }

    /// The name is resolved once, and the connection goes to the very address that was judged: a name server that answers
    /// differently the second time gains nothing.
    package func send(_ request: HTTPRequest, _ body: [UInt8], onlyPublic: Bool) async throws -> (HTTPResponse, [UInt8])
    {
        guard onlyPublic else { return try await send(request, body) }
        guard let name = request.authority.flatMap({ URLComponents(string: "https://\($0)")?.host }) else {
            throw UpstreamError.notPublic
        }
        let addresses = try await NameResolver.shared.addresses(of: name)
        guard let address = addresses.first,
            addresses.allSatisfy({ PublicAddress.bytes(of: $0).map(PublicAddress.isPublic) ?? false })
        else { throw UpstreamError.notPublic }
        var configuration = Self.configuration
        configuration.dnsOverride = [name: address]
        let pinned = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result<(HTTPResponse, [UInt8]), any Error>
        do {
            result = .success(try await send(request, body, by: pinned))
        } catch {
            result = .failure(error)
        }
        try await pinned.shutdown()
        return try result.get()
    }

    package func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        try await send(request, body, by: client)
    }

    private func send(
        _ request: HTTPRequest, _ body: [UInt8], by client: HTTPClient
    ) async throws -> (HTTPResponse, [UInt8]) {
        var outgoing = HTTPClientRequest(url: request.url?.absoluteString ?? "")
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headerFields { outgoing.headers.add(name: field.name.rawName, value: field.value) }
        if !body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
        return try await withThrowingTaskGroup(of: (HTTPResponse, [UInt8]).self) { [outgoing] group in
            group.addTask { try await self.exchange(outgoing, by: client) }
            // The client's own limit ends with the head: a body may drip for ever.
            group.addTask { [longestExchange] in
                try await Task.sleep(for: longestExchange)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            return try await group.next() ?? (HTTPResponse(status: .badGateway), [])
        }
    }

    private func exchange(_ outgoing: HTTPClientRequest, by client: HTTPClient) async throws -> (HTTPResponse, [UInt8])
    {
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
