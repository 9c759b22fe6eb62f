import HTML

/// The pages of a sign-in, whatever it is for.
struct SignInPages {
    let tenant: TenantSegment
    let application: RegisteredApplication
    /// Whether the person comes to redeem an invitation of the tenant, and not for the application.
    var isRedemption = false

    func signIn(_ flow: String, account: String, problem: EntraError?) -> HTML {
        PageLayout(title: "Sign in").page(
            """
            <h1>Sign in</h1>
            <p>\(reason)</p>
            \(FormPieces.alert(problem))
            <form method="post" action="\(url: action("signin"))">
            <input type="hidden" name="flow" value="\(flow)">
            <label for="account">Account</label>
            <input id="account" name="account" type="email" value="\(account)" autocomplete="username" \
            spellcheck="false" required\(attribute: "autofocus", account.isEmpty)\
            \(attribute: "aria-describedby", FormPieces.described(problem))>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" \
            required\(attribute: "autofocus", !account.isEmpty)\
            \(attribute: "aria-describedby", FormPieces.described(problem))>
            \(FormPieces.buttons("Sign in"))
            </form>
            <p class="quiet">Which accounts there are, and their password: <a href="/">the control page</a>.</p>
            """)
    }

    func mfa(_ flow: String, account: Account, problem: EntraError?, typed: String = "") -> HTML {
        PageLayout(title: "Enter code").page(
            """
            <h1>Enter code</h1>
            <p>Signing in as <strong>\(account.userName)</strong>. This account needs a second proof: the six digits \
            that its authenticator app would show. In practice they are always <code>\(World.mfaCode)</code>.</p>
            \(FormPieces.alert(problem))
            <form method="post" action="\(url: action("mfa"))">
            <input type="hidden" name="flow" value="\(flow)">
            \(FormPieces.codeField(typed, problem))
            \(FormPieces.buttons("Verify"))
            </form>
            """)
    }

    /// For somebody who has no second proof yet.
    func mfaSetUp(_ flow: String, account: Account, problem: EntraError?, typed: String = "") -> HTML {
        PageLayout(title: "Set up a second proof").page(
            """
            <h1>Set up a second proof</h1>
            <p>Your organization needs more than the password of <strong>\(account.userName)</strong>. You do this \
            once; from then on every sign-in asks for a code.</p>
            <ol>
            <li>Open an authenticator app. Here you need none: pretend.</li>
            <li>Add an account there with this key: <code>PRAC TICE ONLY 2345</code>.</li>
            <li>Type the six digits that the app would show. In practice they are always \
            <code>\(World.mfaCode)</code>.</li>
            </ol>
            \(FormPieces.alert(problem))
            <form method="post" action="\(url: action("mfa-setup"))">
            <input type="hidden" name="flow" value="\(flow)">
            \(FormPieces.codeField(typed, problem))
            \(FormPieces.buttons("Set up and go on"))
            </form>
            """)
    }

    /// Where nothing may go back to the application: its address is unknown, or not to be trusted.
    static func failure(_ error: EntraError, _ trace: EntraTrace) -> HTML {
        PageLayout(title: "Sorry, we can't sign you in").page(
            """
            <h1>Sorry, we can’t sign you in</h1>
            <p role="alert" class="problem">AADSTS\(error.code): \(error.text)</p>
            \(details(trace))
            <p class="quiet">Go back to where you came from and start again, or see \
            <a href="/">the control page</a>.</p>
            """)
    }

    static func details(_ trace: EntraTrace) -> HTML {
        """
        <dl>
        <dt>Request Id</dt><dd><code>\(trace.traceID)</code></dd>
        <dt>Correlation Id</dt><dd><code>\(trace.correlationID)</code></dd>
        <dt>Timestamp</dt><dd><code>\(trace.timestamp)</code></dd>
        </dl>
        """
    }

    private var reason: HTML {
        if isRedemption {
            return "with the account that was invited, to accept the invitation of <strong>\(tenant.name)</strong>"
        }
        return "to <strong>\(tenant.name)</strong>, for the application <strong>\(application.name)</strong>"
    }

    private func action(_ step: String) -> String { "/entra/\(tenant.pathPart)/\(step)" }
}
