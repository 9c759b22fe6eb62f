import Foundation
import HTTPTypes
import Microsoft
import Testing

/// A call of a client as the documentation shows it: the request that has to go out, and an answer of the documented form.
struct SampleCall: Sendable, CustomTestStringConvertible {
    let name: String
    let method: HTTPRequest.Method
    /// Without the base URL; `{id}` is the id that the call was made with.
    let path: String
    /// JSON; nil when the request has no body.
    let body: String?
    let fields: [String: String]
    let status: HTTPResponse.Status
    let answerFields: [String: String]
    let answer: String
    let run: @Sendable (Wire, _ id: String) async throws -> Void

    init(
        _ name: String, _ method: HTTPRequest.Method, _ path: String, body: String? = nil,
        fields: [String: String] = [:], status: HTTPResponse.Status = .ok, answerFields: [String: String] = [:],
        answer: String, run: @escaping @Sendable (Wire, _ id: String) async throws -> Void
    ) {
        self.name = name
        self.method = method
        self.path = path
        self.body = body
        self.fields = fields
        self.status = status
        self.answerFields = answerFields
        self.answer = answer
        self.run = run
    }

    var testDescription: String { name }

    var wire: Wire { Wire(answer, status: status, answerFields) }

    static let id = "cccccccc-0000-4000-8000-000000000001"
    static let key = UUID(uuid: (0xee, 0xee, 0xee, 0xee, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1))
    static let keyText = "eeeeeeee-0000-4000-8000-000000000001"

    static let all = partnerCenter + graph + azure
}
