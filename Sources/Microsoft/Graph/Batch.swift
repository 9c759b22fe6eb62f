import Foundation
public import HTTPTypes

extension Graph {
    /// Sends up to 20 calls in one; each part is answered for itself. "Combine multiple HTTP requests using JSON
    /// batching". It may be repeated when every part may.
    ///
    /// - Returns: an answer for every id that was sent; a part's refusal is its own fault, 429 with
    ///   ``MicrosoftFault/retryAfter`` included, and so is a part that was not answered.
    public func batch(_ parts: [BatchPart]) async throws -> [String: Result<BatchAnswer, MicrosoftFault>] {
        guard (1...20).contains(parts.count), Set(parts.map(\.id)).count == parts.count,
            parts.allSatisfy(\.isSendable)
        else {
            throw MicrosoftFault(
                .unsendable, "A batch has 1 to 20 parts with different ids, each for a path of the service.")
        }
        let whole = try await service.answer(Call(.post, "/v1.0/$batch", body: ["requests": parts]))
        let answers = try whole.read(Answers.self).responses
        let byID = Dictionary(answers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return Dictionary(
            uniqueKeysWithValues: parts.map { part in
                guard let answer = byID[part.id] else {
                    return (part.id, .failure(whole.unusable(.unreadable, "The part \(part.id) was not answered.")))
                }
                return (part.id, judged(answer, whole))
            })
    }

    private func judged(_ part: PartAnswer, _ whole: Answer) -> Result<BatchAnswer, MicrosoftFault> {
        var response = HTTPResponse(status: HTTPResponse.Status(code: min(max(part.status, 100), 999)))
        response.headerFields[.date] = whole.response.headerFields[.date]
        for (name, value) in part.headers ?? [:] {
            if let name = HTTPField.Name(name), let value = value.text ?? value.number?.description {
                response.headerFields[name] = value
            }
        }
        let body = part.body.flatMap { try? service.encoded($0) } ?? []
        let answer = Answer(request: whole.request, response: response, body: body, dialect: service.dialect)
        return answer.isSuccess ? .success(BatchAnswer(answer: answer)) : .failure(answer.fault())
    }

    /// One call of a batch.
    public struct BatchPart: Sendable, Encodable {
        public let id: String
        private let method: String
        private let url: String
        private let headers: [String: String]?
        private let body: JSON?
        private let dependsOn: [String]?

        /// - Parameters:
        ///   - path: below `/v1.0`, with its query, percent-encoded: `/organization`.
        ///   - ids: the parts that have to succeed before; else this one ends with 424.
        public init(
            id: String, _ method: HTTPRequest.Method, _ path: String, body: JSON? = nil,
            dependsOn ids: [String] = []
        ) {
            self.id = id
            self.method = method.rawValue
            url = path
            self.body = body
            headers = body == nil ? nil : ["Content-Type": "application/json"]
            dependsOn = ids.isEmpty ? nil : ids
        }

        fileprivate var isSendable: Bool {
            !id.isEmpty && url.hasPrefix("/") && !url.hasPrefix("//") && !url.contains("..")
                && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        }
    }

    /// The answer to one part, which was a success.
    public struct BatchAnswer: Sendable {
        let answer: Answer

        public var status: Int { answer.status }

        /// - Throws: ``MicrosoftFault`` with ``MicrosoftFault/Reason/unreadable``.
        public func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try answer.read(type)
        }
    }

    /// The first page of a list that a part asked for; the next ones are read by `cursor` of the list's own call.
    public func page<Item: Decodable & Sendable>(
        of type: Item.Type = Item.self, in answer: BatchAnswer
    ) throws -> MicrosoftPage<Item> {
        try page(answer.answer, after: nil)
    }

    private struct Answers: Decodable {
        let responses: [PartAnswer]
    }

    private struct PartAnswer: Decodable {
        let id: String
        let status: Int
        let headers: [String: JSON]?
        let body: JSON?
    }
}
