public import Foundation

/// One request to one of the services, without anything secret.
public struct LoggedRequest: Sendable {
    /// The sandbox's time at which the request came.
    public let time: Date
    public let method: String
    /// With its query; values that may be secret are replaced by `…`.
    public let path: String
    public let service: SandboxService
    public let status: Int
    /// `MS-RequestId` or `x-ms-request-id` of the response.
    public let requestID: String?
    /// `MS-CorrelationId` or `client-request-id` of the response.
    public let correlationID: String?
    /// The kind of grant, an error's code, a fault that was on.
    public let note: String?

    var json: JSON {
        [
            "time": .string(time.formatted(.iso8601)), "method": .string(method), "path": .string(path),
            "service": .string(service.rawValue), "status": .integer(status), "requestId": .optional(requestID),
            "correlationId": .optional(correlationID), "note": .optional(note),
        ]
    }
}
