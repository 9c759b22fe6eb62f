import HTTPTypes
import MicrosoftContract
import Testing

/// Makes calls of one service that must succeed, and knows which documented ones were not made.
struct SuccessfulCalls {
    typealias Send =
        (HTTPRequest.Method, _ path: String, _ json: String?, _ headers: [String: String]) async -> PracticeClient.Reply

    let service: ContractService
    private let document: ContractDocument
    private let send: Send
    private var names: Set<String> = []

    init(_ service: ContractService, _ send: @escaping Send) throws {
        self.service = service
        self.send = send
        document = try ContractDocument(service)
    }

    /// The documented operations that no call was.
    var missing: [String] { document.operationNames.filter { !names.contains($0) } }

    /// `path` is as documented, from its first slash.
    @discardableResult
    mutating func make(
        _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, headers: [String: String] = [:],
        at location: SourceLocation = #_sourceLocation
    ) async -> PracticeClient.Reply {
        let reply = await send(method, path, json, headers)
        #expect((200..<300).contains(reply.status), "\(method) \(path): \(reply.text)", sourceLocation: location)
        if let name = document.operationName(method, path) { names.insert(name) }
        return reply
    }

    mutating func get(_ paths: [String], at location: SourceLocation = #_sourceLocation) async {
        for path in paths { await make(.get, path, at: location) }
    }

    /// The id in the answer, or another member.
    mutating func identifier(
        _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, member: String = "id",
        at location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let reply = await make(method, path, json, at: location)
        return try #require(reply.json[member] as? String, sourceLocation: location)
    }
}
