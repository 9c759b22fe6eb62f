import Foundation
import HTTPTypes

/// What came back, with the request that it answers.
struct Answer: Sendable {
    let request: HTTPRequest
    let response: HTTPResponse
    let body: [UInt8]
    let dialect: Dialect

    var status: Int { response.status.code }

    var isSuccess: Bool { (200..<300).contains(status) }

    /// - Throws: ``MicrosoftFault`` with ``MicrosoftFault/Reason/unreadable``.
    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
        do {
            return try MicrosoftJSON.decode(type, from: body)
        } catch {
            throw unreadable("The answer could not be read.")
        }
    }

    /// The answer as a refusal, in whichever form it came.
    func fault() -> MicrosoftFault {
        let words = FaultWords(body)
        return fault(.refused, words, message: words.message.isEmpty ? wordsOfTheHead : words.message)
    }

    /// The answer as one that is not of its documented form. Some refusals come with status 200: their words are kept.
    func unreadable(_ message: String) -> MicrosoftFault {
        let words = FaultWords(body)
        return fault(.unreadable, words, message: words.message.isEmpty ? message : words.message)
    }

    /// The answer can be read, but must not be followed.
    func unusable(_ reason: MicrosoftFault.Reason, _ message: String) -> MicrosoftFault {
        fault(reason, FaultWords(), message: message)
    }

    /// The part of a repeated value that counts: some answers join it to itself by a comma.
    func field(_ name: HTTPField.Name) -> String? {
        response.headerFields[name]?.prefix { $0 != "," }.trimmingCharacters(in: .whitespaces)
    }

    var retryAfter: Duration? { RetryAfter.duration(in: response.headerFields) }

    private func fault(_ reason: MicrosoftFault.Reason, _ words: FaultWords, message: String) -> MicrosoftFault {
        MicrosoftFault(
            reason: reason, status: status, code: words.code, message: String(message.prefix(2_000)),
            time: response.headerFields[.date] ?? words.time,
            requestID: first(field(dialect.requestID), words.requestID, dialect.requestID(sentIn: request)),
            correlationID: first(
                field(dialect.correlationID), words.correlationID, dialect.correlationID(sentIn: request)),
            details: words.details, retryAfter: retryAfter)
    }

    /// Refusals without a body say why in the status line or in `WWW-Authenticate`.
    private var wordsOfTheHead: String {
        [response.status.reasonPhrase, response.headerFields[.wwwAuthenticate] ?? ""]
            .filter { !$0.isEmpty }.joined(separator: "; ")
    }

    private func first(_ values: String?...) -> String {
        values.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? ""
    }
}
