import Foundation
import Hummingbird

/// Where the answer to an authorization request goes, and how.
struct RedirectTarget: Codable, Sendable {
    enum Mode: String, Codable {
        case query, fragment, form_post
    }

    let uri: String
    let mode: Mode
    let state: String?

    /// Throws what must be shown as a page: until the redirect URI is known to be the application's, nothing goes
    /// there. A mode that doesn't exist, or that may not carry a token, becomes the usual one here and is refused later.
    init(_ fields: FormFields, application: RegisteredApplication) throws(EntraError) {
        guard let uri = fields["redirect_uri"] else { throw .missing("redirect_uri") }
        guard application.redirectURIs.contains(uri) else { throw .redirectMismatch(uri, application: application.id) }
        self.uri = uri
        let givesToken = fields["response_type"]?.split(separator: " ").contains { $0.hasSuffix("token") } ?? false
        let asked = fields["response_mode"].flatMap(Mode.init)
        mode = asked == .query && givesToken ? .fragment : asked ?? (givesToken ? .fragment : .query)
        state = fields["state"]
    }

    func success(code: String?, idToken: String?) -> Response {
        answer([
            ("code", code), ("id_token", idToken), ("state", state), ("session_state", UUID().uuidString.lowercased()),
        ])
    }

    func failure(_ error: EntraError, _ trace: EntraTrace, base: String) -> Response {
        answer([
            ("error", error.error), ("error_subcode", error.error == "access_denied" ? "cancel" : nil),
            ("error_description", error.description(trace)), ("error_uri", "\(base)/entra/error?code=\(error.code)"),
            ("state", state),
        ])
    }

    /// Those without a value are left out.
    func answer(_ parameters: [(name: String, value: String?)]) -> Response {
        let fields = parameters.compactMap { name, value in value.map { (name, $0) } }
        if mode == .form_post { return .page(HandOverPage(action: uri, fields: fields).html) }
        let query = fields.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
        let separator = mode == .fragment ? "#" : uri.contains("?") ? "&" : "?"
        return .redirect(to: uri + separator + query, status: .found)
    }
}
