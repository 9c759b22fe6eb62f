import Foundation
import HTTPTypes

/// A refusal of Microsoft Graph. Source: Microsoft Learn, "Microsoft Graph error responses and resource types".
struct GraphFault: APIFault, Sendable {
    let status: HTTPResponse.Status
    let code: String
    let message: String
    var headers = HTTPFields()

    init(_ status: HTTPResponse.Status, _ code: String, _ message: String, headers: HTTPFields = HTTPFields()) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
    }

    static let tokenMissing = GraphFault(
        .unauthorized, "InvalidAuthenticationToken", "Access token is empty.", headers: [.wwwAuthenticate: "Bearer"])
    static let tokenRefused = GraphFault(
        .unauthorized, "InvalidAuthenticationToken", "Access token validation failure.",
        headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""])
    static let wrongAudience = GraphFault(
        .unauthorized, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.",
        headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""])
    static let denied = GraphFault(
        .forbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    static let unknownPath = GraphFault(
        .badRequest, "BadRequest", "Resource not found for the segment.")
    static let bodyUnreadable = GraphFault(.badRequest, "BadRequest", "Unable to read JSON request payload.")

    static let bodyTooLarge = GraphFault(
        .contentTooLarge, "RequestEntityTooLarge", "The request size exceeds the maximum limit.")

    static func notFound(_ id: String) -> GraphFault {
        GraphFault(
            .notFound, "Request_ResourceNotFound",
            "Resource '\(id)' does not exist or one of its queried reference-property objects are not present.")
    }

    static func badRequest(_ message: String) -> GraphFault { GraphFault(.badRequest, "Request_BadRequest", message) }

    static func throttled(retryAfter: String) -> GraphFault {
        GraphFault(
            .tooManyRequests, "TooManyRequests", "Too many requests.",
            headers: retryAfter.isEmpty ? [:] : [.retryAfter: retryAfter])
    }

    static func unavailable(status: Int, retryAfter: String) -> GraphFault {
        GraphFault(
            HTTPResponse.Status(code: status), status == 503 ? "serviceNotAvailable" : "generalException",
            "The service could not answer.",
            headers: status == 503 && !retryAfter.isEmpty ? [.retryAfter: retryAfter] : [:])
    }

    func json(requestID: String, clientRequestID: String, at date: Date) -> JSON {
        [
            "error": [
                "code": .string(code), "message": .string(message),
                "innerError": [
                    "date": .string(String(date.formatted(.iso8601).dropLast())), "request-id": .string(requestID),
                    "client-request-id": .string(clientRequestID),
                ],
            ]
        ]
    }
}
