import Foundation
import HTTPTypes
import Microsoft
import Synchronization

/// Microsoft at the other end: it gives the planned answer to every request, and keeps the requests.
final class Wire: Sendable {
    struct Sent {
        let request: HTTPRequest
        let body: [UInt8]

        var json: JSON? { try? JSONDecoder().decode(JSON.self, from: Data(body)) }

        func field(_ name: String) -> String? { HTTPField.Name(name).flatMap { request.headerFields[$0] } }
    }

    private let requests = Mutex<[Sent]>([])
    private let answer: @Sendable (HTTPRequest) -> (HTTPResponse, [UInt8])

    init(_ answer: @escaping @Sendable (HTTPRequest) -> (HTTPResponse, [UInt8])) {
        self.answer = answer
    }

    convenience init(
        _ body: String, status: HTTPResponse.Status = .ok, _ fields: [String: String] = [:]
    ) {
        self.init(bytes: Array(body.utf8), status: status, fields)
    }

    convenience init(bytes: [UInt8], status: HTTPResponse.Status = .ok, _ fields: [String: String] = [:]) {
        let response = HTTPResponse(status: status, headerFields: HTTPFields(fields))
        self.init { _ in (response, bytes) }
    }

    var sent: [Sent] { requests.withLock { $0 } }

    var partnerCenter: PartnerCenter { PartnerCenter(baseURL: "https://partner.example/pc", send: send) }
    var graph: Graph { Graph(baseURL: "https://graph.example", send: send) }
    var azure: AzureManagement { AzureManagement(baseURL: "https://azure.example", send: send) }

    private var send: Send {
        { request, body in
            self.requests.withLock { $0.append(Sent(request: request, body: body)) }
            return self.answer(request)
        }
    }
}

extension HTTPFields {
    init(_ fields: [String: String]) {
        self.init()
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { self[name] = value }
        }
    }
}

extension JSON {
    /// Of a literal in a test.
    init(_ text: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }
}

/// The fault with which `work` ends; nil when it ends well.
func faultOf(_ work: () async throws -> Void) async throws -> MicrosoftFault? {
    do {
        try await work()
        return nil
    } catch let fault as MicrosoftFault {
        return fault
    }
}
