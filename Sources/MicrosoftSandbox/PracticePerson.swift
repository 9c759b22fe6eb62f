import HTTPTypes

/// Somebody who goes through a sandbox's sign-in pages in memory, so that a test of a portal gets its code as a
/// browser would bring it.
public struct PracticePerson: Sendable {
    public var account: String
    public var password: String
    public var mfaCode: String
    /// Whether the consent page is answered with Accept, and with its tick.
    public var consents: Bool
    public var consentsForOrganization: Bool

    public init(
        _ account: String = "admin@acmecloud.example", password: String = "gatehouse-practice",
        mfaCode: String = "123456",
        consents: Bool = true, consentsForOrganization: Bool = false
    ) {
        self.account = account
        self.password = password
        self.mfaCode = mfaCode
        self.consents = consents
        self.consentsForOrganization = consentsForOrganization
    }

    /// The page at which it did not go on, as HTML.
    public struct Stuck: Error {
        public let status: Int
        public let page: String
    }

    /// Opens an address of `/authorize`, `/adminconsent` or an invitation and fills in page after page; who has no second
    /// proof yet sets one up. Returns the address that the browser is led to in the end; for `response_mode=form_post`
    /// with the posted fields as its query. Throws ``Stuck`` on an error page, where a page comes twice, and where a page
    /// has no button that this person would press.
    public func signIn(at address: String, in sandbox: MicrosoftSandbox) async throws -> String {
        var (response, body) = try await sandbox.respond(to: request(.get, path(of: address)))
        var seen: Set<String> = []
        while response.status == .ok {
            let page = String(decoding: body, as: UTF8.self)
            guard let action = value(after: "action=\"", in: page) else { break }
            guard action.hasPrefix("/") else { return "\(Self.unescaped(action))?\(encoded(hiddenFields(of: page)))" }
            guard let answers = answers(to: action, page), seen.insert(action).inserted else { break }
            var head = request(.post, action)
            head.headerFields[.contentType] = "application/x-www-form-urlencoded"
            let form = encoded(hiddenFields(of: page) + answers)
            (response, body) = try await sandbox.respond(to: head, body: Array(form.utf8))
        }
        guard let location = response.headerFields[.location] else {
            throw Stuck(status: response.status.code, page: String(decoding: body, as: UTF8.self))
        }
        return location
    }

    /// Nil when the page has no such button.
    private func answers(to action: String, _ page: String) -> [(String, String)]? {
        switch action.split(separator: "/").last {
        case "signin": return [("account", account), ("password", password)]
        case "mfa", "mfa-setup": return [("code", mfaCode)]
        default:
            let decision = consents ? "accept" : "cancel"
            guard page.contains("name=\"decision\" value=\"\(decision)\"") else { return nil }
            return [("decision", decision)] + (consentsForOrganization ? [("organization", "yes")] : [])
        }
    }

    private func hiddenFields(of page: String) -> [(String, String)] {
        page.split(separator: "<input type=\"hidden\" ").dropFirst().compactMap { field in
            guard let name = value(after: "name=\"", in: String(field)),
                let value = value(after: "value=\"", in: String(field))
            else { return nil }
            return (name, Self.unescaped(value))
        }
    }

    private func encoded(_ fields: [(String, String)]) -> String {
        fields.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    private func request(_ method: HTTPRequest.Method, _ path: String) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "http", authority: "sandbox", path: path)
    }

    /// The address without its origin.
    private func path(of address: String) -> String {
        guard !address.hasPrefix("/") else { return address }
        return "/" + address.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).joined()
    }

    private func value(after marker: String, in page: String) -> String? {
        guard let start = page.firstRange(of: marker)?.upperBound else { return nil }
        return String(page[start...].prefix { $0 != "\"" })
    }
}
