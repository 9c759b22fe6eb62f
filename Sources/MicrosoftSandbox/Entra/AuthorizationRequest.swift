/// A request to `/authorize` whose application and redirect URI are right. Source: Microsoft Learn, "Microsoft identity
/// platform and OAuth 2.0 authorization code flow".
struct AuthorizationRequest: Codable, Sendable {
    let target: RedirectTarget
    let clientID: String
    let scopes: RequestedScopes
    let nonce: String?
    let asksForConsent: Bool
    let loginHint: String?
    let challenge: CodeChallenge?

    init(_ fields: FormFields, target: RedirectTarget, clientID: String, tenant: TenantSegment) throws(EntraError) {
        self.target = target
        self.clientID = clientID
        guard let type = fields["response_type"] else { throw .missing("response_type") }
        guard type == "code" else { throw .responseTypeNotEnabled(type) }
        if let mode = fields["response_mode"], mode != target.mode.rawValue {
            throw .invalidParameter("response_mode", mode)
        }
        guard let scope = fields["scope"] else { throw .missing("scope") }
        scopes = try RequestedScopes(scope, tenant: tenant.pathPart)
        nonce = fields["nonce"]
        loginHint = fields["login_hint"]
        challenge = try CodeChallenge(fields)
        switch fields["prompt"] {
        case nil, "login", "select_account": asksForConsent = false
        case "consent": asksForConsent = true
        case "none": throw .noSession
        case let other?: throw .invalidParameter("prompt", other)
        }
    }
}
