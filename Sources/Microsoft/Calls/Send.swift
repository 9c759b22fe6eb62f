public import HTTPTypes

/// One authorized request and its answer; who authorizes it, and when it may go, is the caller's business.
public typealias Send = @Sendable (_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8])

extension HTTPField.Name {
    /// Of a name that is a literal here, and so a valid token.
    static func literal(_ name: StaticString) -> HTTPField.Name {
        HTTPField.Name(name.description)!
    }

    static let location = literal("Location")
    static let ifMatch = literal("If-Match")
    static let prefer = literal("Prefer")
}
