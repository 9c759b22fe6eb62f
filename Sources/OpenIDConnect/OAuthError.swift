import Foundation

/// A refusal of a token endpoint (RFC 6749 §5.2), with the members that Microsoft identity platform adds
/// ("Handle errors and exceptions", Microsoft Learn, read 2026-11). Decide on ``error`` and ``suberror``; the numbers choose
/// help texts.
public struct OAuthError: Error, Sendable, Equatable {
    public let status: Int
    /// `invalid_grant`, `interaction_required`, …; empty when the answer was not of this form.
    public let error: String
    public let description: String
    public let suberror: String?
    public let codes: [Int]
    public let time: String?
    public let traceID: String?
    public let correlationID: String?

    /// Reads an answer; one that is not of this form becomes an error without words.
    public init(status: Int, body: [UInt8]) {
        let fields = try? JSONDecoder().decode(Fields.self, from: Data(body))
        self.status = status
        error = fields?.error ?? ""
        description = fields?.error_description ?? ""
        suberror = fields?.suberror
        codes = fields?.error_codes ?? []
        time = fields?.timestamp
        traceID = fields?.trace_id
        correlationID = fields?.correlation_id
    }

    /// From the query of a redirect (RFC 6749 §4.1.2.1).
    public init(error: String, description: String) {
        status = 0
        self.error = error
        self.description = description
        suberror = nil
        codes = []
        time = nil
        traceID = nil
        correlationID = nil
    }

    private struct Fields: Decodable {
        let error: String
        let error_description: String?
        let suberror: String?
        let error_codes: [Int]?
        let timestamp: String?
        let trace_id: String?
        let correlation_id: String?
    }
}
