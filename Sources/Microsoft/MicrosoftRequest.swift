import Foundation
public import HTTPTypes

/// One authorized request and its answer; who authorizes it, and when it may go, is the caller's business.
public typealias Send = @Sendable (_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8])

/// Microsoft's answers as bytes: some begin with a byte-order mark (visible in Partner Center's own samples).
enum MicrosoftJSON {
    static func decode<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) throws -> Value {
        try JSONDecoder().decode(
            type, from: Data(body.starts(with: [0xef, 0xbb, 0xbf]) ? body.dropFirst(3) : body[...]))
    }
}

extension HTTPField.Name {
    /// Of a name that is a literal here, and so a valid token.
    static func literal(_ name: StaticString) -> HTTPField.Name {
        HTTPField.Name(name.description)!
    }
}
