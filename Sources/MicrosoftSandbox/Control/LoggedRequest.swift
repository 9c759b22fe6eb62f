public import Foundation

/// One request to one of the services, without anything secret.
public struct LoggedRequest: Sendable {
    /// The sandbox's time at which the request came.
    public let time: Date
    public let method: String
    /// With its query; values that may be secret are replaced by `…`.
    public let path: String
    public let service: SandboxService
    /// Nil for a path that is no call.
    public let call: ServiceCall?
    public let status: Int
    /// What the request itself brought to be told from others, and from its own repetition: `MS-RequestId` or
    /// `client-request-id`.
    public let idempotencyKey: String?
    /// `MS-RequestId` or `x-ms-request-id` of the response.
    public let requestID: String?
    /// `MS-CorrelationId` or `client-request-id` of the response.
    public let correlationID: String?
    /// The kind of grant, an error's code, a fault that was on.
    public let note: String?
    /// What became another by it, in words.
    public let changes: [String]

    var json: JSON {
        [
            "time": .string(time.formatted(.iso8601)), "method": .string(method), "path": .string(path),
            "service": .string(service.rawValue), "call": .optional(call?.rawValue), "status": .integer(status),
            "idempotencyKey": .optional(idempotencyKey), "requestId": .optional(requestID),
            "correlationId": .optional(correlationID), "note": .optional(note), "changes": .strings(changes),
        ]
    }
}
