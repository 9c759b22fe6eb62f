import Foundation
import HTTPTypes

/// How a service names a call, in requests and in answers.
struct Dialect: Sendable {
    /// In the answer: Microsoft's id of the request.
    let requestID: HTTPField.Name
    /// In the answer: the id by which Microsoft's logs bind calls together.
    let correlationID: HTTPField.Name
    /// In the request: the id of the call that makes a repetition the same call, where there is one.
    private let sentRequestID: HTTPField.Name?
    /// In the request: new for each call.
    private let sentCorrelationID: HTTPField.Name
    private let constants: HTTPFields

    func fields(requestID: UUID?) -> HTTPFields {
        var fields = constants
        if let sentRequestID { fields[sentRequestID] = Self.text(requestID ?? UUID()) }
        fields[sentCorrelationID] = Self.text(UUID())
        return fields
    }

    /// What was sent, where the answer doesn't say it.
    func correlationID(sentIn request: HTTPRequest) -> String { request.headerFields[sentCorrelationID] ?? "" }

    func requestID(sentIn request: HTTPRequest) -> String {
        sentRequestID.flatMap { request.headerFields[$0] } ?? ""
    }

    private static func text(_ id: UUID) -> String { id.uuidString.lowercased() }

    /// Microsoft Learn: "Partner Center REST headers".
    static let partnerCenter = Dialect(
        requestID: .literal("MS-RequestId"), correlationID: .literal("MS-CorrelationId"),
        sentRequestID: .literal("MS-RequestId"), sentCorrelationID: .literal("MS-CorrelationId"),
        constants: [.literal("X-Locale"): "en-US"])

    /// Microsoft Learn: "Microsoft Graph error responses and resource types".
    static let graph = Dialect(
        requestID: .literal("request-id"), correlationID: .literal("client-request-id"), sentRequestID: nil,
        sentCorrelationID: .literal("client-request-id"), constants: [:])

    /// Microsoft Learn: "Azure Resource Manager: request and response headers".
    static let azure = Dialect(
        requestID: .literal("x-ms-request-id"), correlationID: .literal("x-ms-correlation-request-id"),
        sentRequestID: nil, sentCorrelationID: .literal("x-ms-client-request-id"), constants: [:])
}
