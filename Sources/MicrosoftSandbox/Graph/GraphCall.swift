import Foundation
import HTTPTypes
import Hummingbird

/// One authenticated request to Microsoft Graph.
struct GraphCall: Sendable {
    let request: Request
    let context: SandboxContext
    let token: AccessToken
    /// The tenant that the token is for, which is the one that is read and changed.
    let directory: Directory
    let query: FormFields
    let body: JSON

    func parameter(_ name: String) -> String { context.parameters.get(name)?.percentDecoded() ?? "" }

    /// The address that the caller used for the API, without its version: what next links begin with.
    func link(_ path: String, base: String) -> String { "\(base)/graph/v1.0\(path)" }
}

/// What a call gives.
struct GraphAnswer: Sendable {
    var status = HTTPResponse.Status.ok
    /// Nil for an answer without a body.
    var json: JSON?
    var headers = HTTPFields()

    static let noContent = GraphAnswer(status: .noContent, json: nil)

    /// 201 with `Location`.
    static func created(_ json: JSON, at location: String? = nil) -> GraphAnswer {
        GraphAnswer(status: .created, json: json, headers: location.map { [.location: $0] } ?? [:])
    }
}
