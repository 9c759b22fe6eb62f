import HTML

/// Who can sign in, and what happens to accounts.
struct PeopleSection {
    let sandbox: MicrosoftSandbox

    var html: HTML {
        let world = sandbox.world
        return """
            <h2>Who can sign in</h2>
            <p>Every password is <code>\(World.password)</code>, every MFA code <code>\(World.mfaCode)</code>. Each \
            customer has people too, by any of its domains:</p>
            <ul>\(each(examples(world)) { "<li>\(ControlPieces.code($0.userName)): \($0.purpose)</li>" })</ul>
            \(ControlPieces.table("Accounts", ["Account", "Partner", "What for"], world.accounts.map { account in
                [
                    ControlPieces.code(account.userName), "\(world.partner(account.tenantID)?.name ?? "")",
                    "\(account.purpose)",
                ]
            }))
            \(events)
            <h2>Partners</h2>
            \(ControlPieces.table(
                "Partners", ["Partner", "Microsoft ID (tenant)", "Domains", "Customers"], world.partners.map {
                    [
                        "\($0.name)", ControlPieces.code($0.tenantID), "\($0.domains.joined(separator: ", "))",
                        "\($0.customers.count)",
                    ]
                }))
            """
    }

    private func examples(_ world: World) -> [Account] { world.partners[0].customers[0].people }

    private var events: HTML {
        """
        <p>What happens to an account’s refresh tokens: a change of the password by its owner leaves them alive; a \
        reset by an administrator and revoked sessions end them (AADSTS50173); a disabled account gets nothing \
        (AADSTS50057).</p>
        <form method="post" action="/control/accounts" class="row">
        <div><label for="userName">Account</label>\
        <input id="userName" name="userName" type="email" spellcheck="false" required></div>
        <div><label for="event">What happens</label><select id="event" name="event">
        \(ControlPieces.options(of: AccountEvent.self))</select></div>
        <button>Let it happen</button>
        </form>
        """
    }
}
