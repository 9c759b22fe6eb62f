/// A request to `/authorize` whose application and redirect URI are right. Source: Microsoft Learn, "Microsoft identity
/// platform and OAuth 2.0 authorization code flow" and "OpenID Connect on the Microsoft identity platform".
struct AuthorizationRequest: Codable, Sendable {
    let target: RedirectTarget
    let clientID: String
    let version: EndpointVersion
    let responseType: ResponseType
    let scopes: RequestedScopes
    let nonce: String?
    let asksForConsent: Bool
    /// By a claims challenge, or at the old endpoint by `amr_values=mfa`.
    let asksForMFA: Bool
    let loginHint: String?
    let challenge: CodeChallenge?
    let claims: RequestedClaims

    init(
        _ fields: FormFields, target: RedirectTarget, clientID: String, tenant: TenantSegment, version: EndpointVersion
    ) throws(EntraError) {
        self.target = target
        self.clientID = clientID
        self.version = version
        guard let type = fields["response_type"] else { throw .missing("response_type") }
        guard let responseType = ResponseType(type) else { throw .responseTypeNotEnabled(type) }
        self.responseType = responseType
        if let mode = fields["response_mode"] {
            if responseType.givesIDToken, mode == RedirectTarget.Mode.query.rawValue { throw .queryWithToken }
            guard mode == target.mode.rawValue else { throw .invalidParameter("response_mode", mode) }
        }
        scopes = try RequestedScopes(fields, tenant: tenant.pathPart, version: version)
        nonce = fields["nonce"]
        if responseType.givesIDToken {
            guard scopes.asksForIDToken else { throw .openIDMissing }
            guard nonce != nil else { throw .missing("nonce") }
        }
        loginHint = fields["login_hint"]
        challenge = try CodeChallenge(fields)
        claims = try RequestedClaims(fields["claims"])
        asksForMFA = claims.isChallenge || version == .v1 && fields["amr_values"] == "mfa"
        switch fields["prompt"] {
        case nil, "login", "select_account": asksForConsent = false
        case "consent": asksForConsent = true
        case "none": throw .noSession
        case let other?: throw .invalidParameter("prompt", other)
        }
    }
}
