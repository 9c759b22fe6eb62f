import HTTPTypes

/// A customer's administrator who answers a partner's request.
extension PracticePerson {
    public enum Answer: String, Sendable {
        case approve, reject
    }

    /// Opens an invitation's address, signs in and presses a button. Returns the last page as HTML: that the answer was
    /// taken, or why not.
    public func answer(
        _ answer: Answer, invitation address: String, in sandbox: MicrosoftSandbox
    ) async throws -> String {
        var page = try await load(
            HTTPRequest(method: .get, scheme: "http", authority: "sandbox", path: Self.path(address)), [], sandbox)
        for (action, fields) in [
            ("signin", [("account", account), ("password", password)]), ("mfa", [("code", mfaCode)]),
            ("decision", [("decision", answer.rawValue)]),
        ] {
            guard page.contains("action=\"/admin/\(action)\""), let flow = Self.flow(in: page) else { continue }
            var head = HTTPRequest(method: .post, scheme: "http", authority: "sandbox", path: "/admin/\(action)")
            head.headerFields[.contentType] = "application/x-www-form-urlencoded"
            let form = (fields + [("flow", flow)]).map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
            page = try await load(head, Array(form.utf8), sandbox)
        }
        return page
    }

    private func load(_ request: HTTPRequest, _ body: [UInt8], _ sandbox: MicrosoftSandbox) async throws -> String {
        String(decoding: try await sandbox.respond(to: request, body: body).1, as: UTF8.self)
    }

    /// The address without its origin.
    private static func path(_ address: String) -> String {
        guard !address.hasPrefix("/") else { return address }
        let parts = address.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return "/" + (parts.count > 3 ? parts[3] : "")
    }

    private static func flow(in page: String) -> String? {
        page.firstRange(of: "name=\"flow\" value=\"").map { String(page[$0.upperBound...].prefix { $0 != "\"" }) }
    }
}
