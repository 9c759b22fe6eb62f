import Hummingbird

/// What `/control` does to accounts, keys and the application: forms and JSON, as ``ControlRoutes`` answers them.
struct IdentityControls {
    let sandbox: MicrosoftSandbox

    func add(to control: RouterGroup<SandboxContext>) {
        let routes = ControlRoutes(sandbox: sandbox)
        control.post("keys", use: routes.acting { try await sandbox.rotateKeys(emergency: $0["emergency"] == "true") })
        control.post(
            "accounts",
            use: routes.acting { try apply(try $0.choice("event", of: AccountEvent.self), to: $0["userName"] ?? "") })
        control.post("accounts/:userName") { request, context in
            let name = context.parameters.get("userName")?.percentDecoded() ?? ""
            return try await routes.acting { try apply(try $0.choice("event", of: AccountEvent.self), to: name) }(
                request, context)
        }
        control.post(
            "application/keys",
            use: routes.acting { fields in
                guard try sandbox.registerClientKey(pem: fields["pem"] ?? "") else {
                    throw ControlError("pem: a certificate or a public RSA key")
                }
            })
        control.post(
            "principal-delay",
            use: routes.acting { fields in
                let times = Int(try fields.number("requests", in: 0...1000))
                try sandbox.store.update { $0.identity.principalDelay = times }
            })
    }

    private func apply(_ event: AccountEvent, to userName: String) throws {
        guard let account = sandbox.world.account(userName: userName) else { throw ControlError("no such account") }
        try sandbox.store.update { event.apply(to: account, in: &$0.identity) }
    }
}
