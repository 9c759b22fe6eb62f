import HTTPTypes

/// The application after it proved to be itself. Source: Microsoft Learn, "Microsoft identity platform application
/// authentication certificate credentials" and "OAuth 2.0 authorization code flow".
struct AuthenticatedClient: Sendable {
    /// As `appidacr` holds it.
    enum Proof: String, Sendable {
        case secret = "1"
        case certificate = "2"
    }

    let application: RegisteredApplication
    let proof: Proof

    init(application: RegisteredApplication, proof: Proof) {
        self.application = application
        self.proof = proof
    }

    /// By a secret in the body or in HTTP Basic, or by an assertion. Throws `unauthorized_client` or `invalid_client`.
    init(_ fields: FormFields, headers: HTTPFields, tenant: TenantSegment, sandbox: MicrosoftSandbox)
        throws(EntraError)
    {
        let application = sandbox.world.application
        let basic = headers[.authorization].flatMap(BasicCredentials.init)
        let assertion = try fields["client_assertion"].map { text throws(EntraError) in
            guard fields["client_assertion_type"] == ClientAssertion.type else {
                throw .missing("client_assertion_type")
            }
            return try ClientAssertion(text)
        }
        guard let id = fields["client_id"] ?? basic?.id ?? assertion?.issuer else { throw .missing("client_id") }
        guard id.lowercased() == application.id else { throw .applicationNotFound(id, in: tenant.pathPart) }
        if let assertion {
            try assertion.check(for: application, in: sandbox)
            self.init(application: application, proof: .certificate)
            return
        }
        guard let secret = fields["client_secret"] ?? basic?.secret else { throw .secretMissing }
        guard secret == application.secret else { throw .wrongSecret }
        self.init(application: application, proof: .secret)
    }
}
