import Foundation

/// The consent of a customer's administrator to this portal's application, on a page of Microsoft (Microsoft Learn: "Admin
/// consent on the Microsoft identity platform", read 2026-11).
public struct AdminConsent: Sendable {
    private let authority: String
    private let applicationID: String

    public init(_ settings: MicrosoftSettings) {
        authority = settings.endpoints.authority
        applicationID = settings.applicationID
    }

    /// Where the administrator is sent.
    ///
    /// - Parameters:
    ///   - tenant: an id or a domain, or `organizations`; never `common`.
    ///   - scope: for example `https://graph.microsoft.com/.default`.
    ///   - redirectURI: as it is registered.
    ///   - state: comes back unchanged; bind it to the session.
    public func address(tenant: String, scope: String, redirectURI: String, state: String) -> String {
        let query = [
            ("client_id", applicationID), ("scope", scope), ("redirect_uri", redirectURI), ("state", state),
        ]
        return "\(authority)/\(Self.encoded(tenant))/v2.0/adminconsent?"
            + query.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    /// What came back with the redirect. Anybody can forge it: hold ``state`` against the session, and believe in a consent
    /// only when a token of that tenant could be had.
    public struct Answer: Sendable, Equatable {
        public let state: String
        public let outcome: Outcome
    }

    public enum Outcome: Sendable, Equatable {
        /// By the answer's own word; the tenant is a hint.
        case granted(tenant: String)
        case refused(error: String, description: String)
        /// It has neither an error nor what a consent has.
        case unreadable
    }

    /// - Parameter query: decoded. An error counts before anything else, since a refusal says `admin_consent=True` too.
    public static func read(_ query: [String: String]) -> Answer {
        Answer(state: query["state"] ?? "", outcome: outcome(query))
    }

    private static func outcome(_ query: [String: String]) -> Outcome {
        if let error = query["error"] {
            return .refused(error: error, description: query["error_description"] ?? "")
        }
        guard query["admin_consent"]?.lowercased() == "true", let tenant = query["tenant"], !tenant.isEmpty else {
            return .unreadable
        }
        return .granted(tenant: tenant)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(
            withAllowedCharacters: CharacterSet(
                charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")) ?? ""
    }
}
