import Foundation
import Hummingbird

/// Where the answer to an authorization request goes, and how.
struct RedirectTarget: Codable, Sendable {
    enum Mode: String, Codable {
        case query, fragment
    }

    let uri: String
    let mode: Mode
    let state: String?

    /// Throws what must be shown as a page: until the redirect URI is known to be the application's, nothing goes
    /// there.
    init(_ fields: FormFields, application: RegisteredApplication) throws(EntraError) {
        guard let uri = fields["redirect_uri"] else { throw .missing("redirect_uri") }
        guard application.redirectURIs.contains(uri) else { throw .redirectMismatch(uri, application: application.id) }
        self.uri = uri
        mode = fields["response_mode"].flatMap(Mode.init) ?? .query
        state = fields["state"]
    }

    func success(code: String) -> Response {
        redirect([("code", code), ("state", state), ("session_state", UUID().uuidString.lowercased())])
    }

    func failure(_ error: EntraError, _ trace: EntraTrace, base: String) -> Response {
        redirect([
            ("error", error.error), ("error_subcode", error.error == "access_denied" ? "cancel" : nil),
            ("error_description", error.description(trace)), ("error_uri", "\(base)/entra/error?code=\(error.code)"),
            ("state", state),
        ])
    }

    private func redirect(_ parameters: [(String, String?)]) -> Response {
        let query = parameters.compactMap { name, value in value.map { "\(name)=\($0.percentEncoded)" } }.joined(
            separator: "&")
        let separator = mode == .fragment ? "#" : uri.contains("?") ? "&" : "?"
        return .redirect(to: uri + separator + query, status: .found)
    }
}
