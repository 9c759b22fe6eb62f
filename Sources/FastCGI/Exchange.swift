import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A request from its variables to the last byte of the answer: the same over FastCGI and CGI.
struct Exchange<Responder: HTTPResponder>
where Responder.Context: RequestContext, Responder.Context.Source == FastCGIRequestContextSource {
    private let responder: Responder
    private let maxBodyBytes: Int
    private let logger: Logger
    private var names = HeaderFieldNames()

    init(_ responder: Responder, maxBodyBytes: Int, logger: Logger) {
        self.responder = responder
        self.maxBodyBytes = maxBodyBytes
        self.logger = logger
    }

    /// Throws when the answer could not be sent whole: ``PeerGone``, or what the body's own closure has thrown.
    mutating func answer(over transport: some Transport) async throws {
        var logger = logger
        logger[metadataKey: "hb.request.id"] = .stringConvertible(RequestID())
        var isHead = false
        let response: Response
        do throws(RequestRefusal) {
            let head = try RequestHead(transport.environment, names: &names)
            isHead = head.request.method == .head
            let body = try transport.readBody(length: head.contentLength, limit: maxBodyBytes)
            response = await respond(to: Request(head: head.request, body: .init(buffer: body)), head.variables, logger)
        } catch {
            transport.discardBody()
            logger.info("request refused", metadata: ["reason": "\(error)"])
            response = error.response
        }
        try await send(response, isHead: isHead, over: transport)
    }

    private func respond(to request: Request, _ variables: CGIVariables, _ logger: Logger) async -> Response {
        do {
            return try await withLogger(logger) { logger in
                let source = FastCGIRequestContextSource(logger: logger, variables: variables)
                return try await responder.respond(to: request, context: Responder.Context(source: source))
            }
        } catch {
            logger.error("the responder has thrown", metadata: ["error": "\(String(reflecting: error))"])
            return .plainText("Internal server error.\n", status: .internalServerError)
        }
    }

    private func send(_ response: Response, isHead: Bool, over transport: some Transport) async throws {
        let length = response.body.contentLength
        // RFC 9110, 6.4.1 and 8.6.
        let isBodiless = response.status.kind == .informational || [.noContent, .notModified].contains(response.status)
        var head = Array("Status: \(response.status)\r\n".utf8)
        head.reserveCapacity(1_024)
        for field in response.headers where !(isBodiless && field.name == .contentLength) {
            head += field.name.rawName.utf8
            head += ": ".utf8
            field.withUnsafeBytesOfValue { head += $0 }
            head += "\r\n".utf8
        }
        if let length, !isBodiless, !response.headers.contains(.contentLength) {
            head += "content-length: \(length)\r\n".utf8
        }
        head += "\r\n".utf8
        try head.withUnsafeBytes { try transport.write($0) }
        guard !isHead, !isBodiless, length != 0 else { return }
        try await response.body.write(BodyWriter(transport: transport, flushesEachWrite: length == nil))
    }
}
