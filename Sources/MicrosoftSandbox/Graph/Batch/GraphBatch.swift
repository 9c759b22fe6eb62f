import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `/$batch`. Source: Microsoft Learn, "Combine multiple HTTP requests using JSON batching". Each part is judged alone,
/// with the caller's token.
struct GraphBatch: Sendable {
    let sandbox: MicrosoftSandbox
    /// Answers the calls that may stand in a batch.
    let responder: RouterResponder<SandboxContext>

    private struct Outcome {
        let status: HTTPResponse.Status
        var headers: [JSON.Member] = []
        let body: JSON
    }

    /// The answers come in the reverse of the order in which they were asked for: callers match them by id.
    func answer(_ call: GraphCall) async throws -> GraphAnswer {
        let parts = try BatchPart.all(in: call.body)
        var outcomes: [String: Outcome] = [:]
        var waiting = parts
        while !waiting.isEmpty {
            let ready = waiting.filter { part in part.dependsOn.allSatisfy { outcomes[$0] != nil } }
            for part in ready {
                let hasFailed = part.dependsOn.contains { (outcomes[$0]?.status.code ?? 500) >= 400 }
                outcomes[part.id] = hasFailed ? failedDependency(call) : try await outcome(of: part, call)
            }
            waiting.removeAll { outcomes[$0.id] != nil }
        }
        let responses = parts.reversed().compactMap { part in
            outcomes[part.id].map { outcome -> JSON in
                [
                    "id": .string(part.id), "status": .integer(outcome.status.code),
                    "headers": .object(outcome.headers), "body": outcome.body,
                ]
            }
        }
        return GraphAnswer(json: ["responses": .array(responses)])
    }

    private func outcome(of part: BatchPart, _ call: GraphCall) async throws -> Outcome {
        var head = HTTPRequest(
            method: part.method, scheme: call.request.head.scheme, authority: call.request.head.authority,
            path: "/graph/v1.0\(part.path)")
        head.headerFields = part.headers
        head.headerFields[.authorization] = call.request.headers[.authorization]
        let bytes = part.body.isAbsent || part.body == .null ? [] : part.body.bytes
        let context = SandboxContext(logger: call.context.logger)
        let response = try await responder.respond(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: bytes))), context: context)
        let collector = BodyCollector()
        try await response.body.write(collector)
        call.context.note.add("\(part.id): \(context.note.call?.rawValue ?? "unknown") \(response.status.code)")
        for change in context.note.changes { call.context.note.changed(change) }
        return Outcome(
            status: response.status,
            headers: response.headers.map { .init($0.name.rawName, .string($0.value)) },
            body: collector.bytes.isEmpty ? .absent : JSON(collector.bytes) ?? .null)
    }

    private func failedDependency(_ call: GraphCall) -> Outcome {
        let fault = GraphFault(
            .init(code: 424), "FailedDependency", "A request that this one depends on has failed.")
        let id = UUID().uuidString.lowercased()
        let clientID = call.request.headers[.clientRequestID] ?? id
        return Outcome(
            status: fault.status,
            body: fault.json(requestID: id, clientRequestID: clientID, at: sandbox.now))
    }
}
