import Foundation
import HTTPTypes

/// What is asked of a service, before it is sent.
struct Call: Sendable {
    let method: HTTPRequest.Method
    let target: Target
    var fields: [HTTPField.Name: String] = [:]
    /// JSON, when there is any.
    var body: (any Encodable & Sendable)?
    /// What makes a repeated call the same call, where the service knows such a thing.
    var requestID: UUID?

    enum Target: Sendable {
        case path(Path, Query)
        /// As Microsoft gave it: followed unchanged, and only below the service's own base URL.
        case link(String)
    }

    init(
        _ method: HTTPRequest.Method, _ path: Path, _ query: Query = [:], fields: [HTTPField.Name: String] = [:],
        body: (any Encodable & Sendable)? = nil, requestID: UUID? = nil
    ) {
        self.init(method, .path(path, query), fields: fields, body: body, requestID: requestID)
    }

    init(
        _ method: HTTPRequest.Method, _ target: Target, fields: [HTTPField.Name: String] = [:],
        body: (any Encodable & Sendable)? = nil, requestID: UUID? = nil
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.requestID = requestID
    }

    static func get(_ path: Path, _ query: Query = [:], fields: [HTTPField.Name: String] = [:]) -> Call {
        Call(.get, path, query, fields: fields)
    }
}
