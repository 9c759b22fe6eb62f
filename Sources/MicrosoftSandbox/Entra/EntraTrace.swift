import Foundation
import HTTPTypes
import Hummingbird

/// The ids under which a call can be looked up: one made here, one that the client may choose (`client-request-id`).
struct EntraTrace: Sendable {
    let traceID: String
    let correlationID: String
    /// "yyyy-MM-dd HH:mm:ssZ", UTC.
    let timestamp: String

    init(_ request: Request, now: Date) {
        traceID = UUID().uuidString.lowercased()
        correlationID =
            request.headers[.clientRequestID].flatMap { UUID(uuidString: $0)?.uuidString.lowercased() }
            ?? UUID().uuidString.lowercased()
        timestamp = now.formatted(.iso8601.dateTimeSeparator(.space))
    }

    var headers: HTTPFields {
        [.entraRequestID: traceID, .clientRequestID: correlationID]
    }
}
