import HTML

/// The pages of a sign-in. Their fields: `flow` (hidden), `account`, `password`, `code`, `organization`, and the
/// buttons' `decision` (`accept`, `cancel`).
struct SignInPages {
    let tenant: TenantSegment
    let application: RegisteredApplication

    func signIn(_ flow: String, account: String, problem: String?) -> HTML {
        PageLayout(title: "Sign in").page(
            """
            <h1>Sign in</h1>
            <p>to <strong>\(tenant.name)</strong>, for the application <strong>\(application.name)</strong></p>
            \(alert(problem))
            <form method="post" action="\(url: action("signin"))">
            <input type="hidden" name="flow" value="\(flow)">
            <label for="account">Account</label>
            <input id="account" name="account" type="email" value="\(account)" autocomplete="username" \
            spellcheck="false" required\(attribute: "autofocus", account.isEmpty)\
            \(attribute: "aria-describedby", described(problem))>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" \
            required\(attribute: "autofocus", !account.isEmpty)\(attribute: "aria-describedby", described(problem))>
            \(buttons("Sign in"))
            </form>
            <p class="quiet">Which accounts there are, and their password: <a href="/">the control page</a>.</p>
            """)
    }

    func mfa(_ flow: String, account: Account, problem: String?, typed: String = "") -> HTML {
        PageLayout(title: "Enter code").page(
            """
            <h1>Enter code</h1>
            <p>Signing in as <strong>\(account.userName)</strong>. This account needs a second proof: the six digits \
            that its authenticator app would show. In practice they are always <code>\(World.mfaCode)</code>.</p>
            \(alert(problem))
            <form method="post" action="\(url: action("mfa"))">
            <input type="hidden" name="flow" value="\(flow)">
            <label for="code">Code</label>
            <input id="code" name="code" value="\(typed)" inputmode="numeric" autocomplete="one-time-code" \
            maxlength="10" required autofocus\(attribute: "aria-describedby", described(problem))>
            \(buttons("Verify"))
            </form>
            """)
    }

    func consent(_ flow: String, account: Account, scopes: RequestedScopes) -> HTML {
        PageLayout(title: "Permissions requested").page(
            """
            <h1>Permissions requested</h1>
            <p><strong>\(application.name)</strong> asks \(account.userName) for:</p>
            <ul class="permissions">
            \(each(scopes.permissions) { permission($0.words, of: $0.resource.name, $0.value) })
            \(each(scopes.identity) { permission(RequestedScopes.identityWords[$0] ?? $0, of: "Sign-in", $0) })
            </ul>
            <form method="post" action="\(url: action("consent"))">
            <input type="hidden" name="flow" value="\(flow)">
            \(when(account.mayConsentForOrganization, organizationTick))
            <p class="quiet">Accepting lets the application use your data as its publisher says. You can take it back \
            later.</p>
            <div class="buttons">
            <button class="primary" name="decision" value="accept" autofocus>Accept</button>
            <button name="decision" value="cancel">Cancel</button>
            </div>
            </form>
            """)
    }

    /// Where nothing may go back to the application: its address is unknown, or not to be trusted.
    static func failure(_ error: EntraError, _ trace: EntraTrace) -> HTML {
        PageLayout(title: "Sorry, we can't sign you in").page(
            """
            <h1>Sorry, we can’t sign you in</h1>
            <p role="alert" class="problem">AADSTS\(error.code): \(error.text)</p>
            <dl>
            <dt>Request Id</dt><dd><code>\(trace.traceID)</code></dd>
            <dt>Correlation Id</dt><dd><code>\(trace.correlationID)</code></dd>
            <dt>Timestamp</dt><dd><code>\(trace.timestamp)</code></dd>
            </dl>
            <p class="quiet">Go back to where you came from and start again, or see \
            <a href="/">the control page</a>.</p>
            """)
    }

    private func permission(_ words: String, of source: String, _ scope: String) -> HTML {
        "<li>\(words)<br><span class=\"quiet\">\(source): <code>\(scope)</code></span></li>\n"
    }

    private var organizationTick: HTML {
        """
        <div class="tick">
        <input id="organization" name="organization" type="checkbox" value="yes" aria-describedby="organization-hint">
        <label for="organization">Consent on behalf of your organization</label>
        <p id="organization-hint" class="quiet">If you accept with this tick, the application gets these permissions \
        for all people in your organization, and nobody else there is asked again.</p>
        </div>

        """
    }

    /// The first button is the one that Enter presses.
    private func buttons(_ primary: String) -> HTML {
        """
        <div class="buttons">
        <button class="primary">\(primary)</button>
        <button name="decision" value="cancel" formnovalidate>Cancel</button>
        </div>
        """
    }

    private func alert(_ problem: String?) -> HTML {
        when(problem) { "<p id=\"problem\" class=\"problem\" role=\"alert\">\($0)</p>" }
    }

    private func described(_ problem: String?) -> String? { problem == nil ? nil : "problem" }

    private func action(_ step: String) -> String { "/entra/\(tenant.pathPart)/\(step)" }
}
