import HTTPTypes

/// Accounts, keys, consents and the application.
extension ControlRoutes {
    static let identity: [ControlRoute] = [
        .doing(
            .post, "consents",
            "Consents to the application for a whole tenant, with all permissions that exist; or takes all back",
            [
                "tenant": "an id or a domain",
                "removed": "true: as if the enterprise application were deleted; false when missing",
            ]
        ) {
            let tenant = $0.fields["tenant"] ?? ""
            let isRemoved = try $0.fields.flag("removed") ?? false
            guard try isRemoved ? $0.sandbox.removeConsent(forTenant: tenant) : $0.sandbox.consent(forTenant: tenant)
            else { throw ControlError("tenant: no such tenant") }
        },
        .doing(
            .post, "application/permissions",
            "Leaves permissions out of the application's registration, so that a consent by .default gives less",
            ["withheld": "names with blanks between, in place of those before; empty for none"]
        ) {
            let names = Set(($0.fields["withheld"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init))
            guard try $0.sandbox.withhold(permissions: names) else {
                let known = RegisteredPermissions.names.sorted().joined(separator: ", ")
                throw ControlError("withheld: names of the registration: \(known)")
            }
        },
        .doing(
            .post, "keys", "Rotates the signing keys",
            ["emergency": "true: the old ones count no longer; false when missing"]
        ) { try await $0.sandbox.rotateKeys(emergency: try $0.fields.flag("emergency") ?? false) },
        .doing(
            .post, "accounts", "Something happens to an account",
            ["userName": "its name", "event": oneOf(AccountEvent.self)]
        ) { try apply($0, to: $0.fields["userName"] ?? "") },
        .doing(
            .post, "accounts/:userName", "The same, for JSON", ["event": oneOf(AccountEvent.self)]
        ) { try apply($0, to: $0.parameter("userName")) },
        .doing(
            .post, "application/keys", "Lets the application prove itself with a key",
            ["pem": "a certificate or a public RSA key"]
        ) {
            guard try $0.sandbox.registerClientKey(pem: $0.fields["pem"] ?? "") else {
                throw ControlError("pem: a certificate or a public RSA key")
            }
        },
        .doing(
            .post, "principal-delay", "How many token requests don't see a new service principal (AADSTS650051)",
            ["requests": "0 to 1000"]
        ) {
            let times = Int(try $0.fields.number("requests", in: 0...1000))
            try $0.sandbox.store.update { $0.identity.principalDelay = times }
        },
    ]

    private static func apply(_ call: ControlCall, to userName: String) throws {
        let event = try call.fields.choice("event", of: AccountEvent.self)
        guard let account = call.sandbox.world.account(userName: userName) else {
            throw ControlError("no such account")
        }
        try call.sandbox.store.update { event.apply(to: account, in: &$0.identity) }
    }
}
