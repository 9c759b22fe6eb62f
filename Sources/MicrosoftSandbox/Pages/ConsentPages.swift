import HTML

/// The pages on which somebody gives an application permissions, or can't.
struct ConsentPages {
    let tenant: TenantSegment
    let application: RegisteredApplication

    func consent(_ flow: String, user: TenantUser, scopes: RequestedScopes) -> HTML {
        let delegated = user.relation == .delegatedAdministrator
        return PageLayout(title: "Permissions requested").page(
            """
            <h1>Permissions requested</h1>
            <p><strong>\(application.name)</strong> asks \(user.account.userName) for:</p>
            <ul class="permissions">
            \(FormPieces.permissions(scopes.permissions(application.permissions)))
            \(each(scopes.identity) {
                FormPieces.permission(RequestedScopes.identityWords[$0] ?? $0, of: "Sign-in", $0)
            })
            </ul>
            <form method="post" action="\(url: action)">
            <input type="hidden" name="flow" value="\(flow)">
            \(when(user.mayConsentForOrganization && !delegated, organizationTick))
            \(when(delegated, "<p>You accept for all of <strong>\(user.directory.name)</strong>.</p>"))
            <p class="quiet">Accepting lets the application use your data as its publisher says. You can take it back \
            later.</p>
            \(FormPieces.decision())
            </form>
            """)
    }

    /// For somebody who is asked for what only an administrator may give.
    func administratorNeeded(_ flow: String, user: TenantUser, permissions: [ResourceScope]) -> HTML {
        PageLayout(title: "Need admin approval").page(
            """
            <h1>Need admin approval</h1>
            <p role="alert" class="problem">AADSTS90094: <strong>\(application.name)</strong> needs permissions in \
            \(user.directory.name) that only an administrator can give. You signed in as \
            \(user.account.userName).</p>
            <ul class="permissions">
            \(FormPieces.permissions(permissions))
            </ul>
            <p>Ask an administrator to give them, then sign in again.</p>
            \(backForm(flow, "Go back without giving permissions"))
            """)
    }

    /// For an administrator who is asked to consent for everybody.
    func adminConsent(_ flow: String, user: TenantUser, request: AdminConsentRequest) -> HTML {
        PageLayout(title: "Permissions requested for your organization").page(
            """
            <h1>Permissions requested: review for your organization</h1>
            <p><strong>\(application.name)</strong> asks for permissions in \
            <strong>\(user.directory.name)</strong>. You signed in as \(user.account.userName).</p>
            \(when(!request.application.isEmpty, ownPermissions(request)))
            \(when(!request.delegated.isEmpty, delegatedPermissions(request)))
            <form method="post" action="\(url: action)">
            <input type="hidden" name="flow" value="\(flow)">
            <p class="quiet">If you accept, the application gets these permissions for all people in your \
            organization, and nobody there is asked again. You can take it back later.</p>
            \(FormPieces.decision(isFocused: false))
            </form>
            """)
    }

    private func ownPermissions(_ request: AdminConsentRequest) -> HTML {
        """
        <h2>What it may do by itself, with nobody signed in</h2>
        <ul class="permissions">
        \(each(request.application) { FormPieces.permission($0.words, of: $0.resource.name, $0.value) })
        </ul>
        """
    }

    private func delegatedPermissions(_ request: AdminConsentRequest) -> HTML {
        """
        <h2>What it may do as a person who is signed in</h2>
        <p class="quiet">Never more than that person may do.</p>
        <ul class="permissions">
        \(FormPieces.permissions(request.delegated))
        </ul>
        """
    }

    /// For somebody who was asked to consent for everybody and is no administrator.
    func notAnAdministrator(_ flow: String, user: TenantUser, _ error: EntraError, _ trace: EntraTrace) -> HTML {
        PageLayout(title: "Need admin approval").page(
            """
            <h1>Need admin approval</h1>
            <p role="alert" class="problem">AADSTS\(error.code): \(error.text)</p>
            <p>You signed in as <strong>\(user.account.userName)</strong>, who is no administrator of \
            \(user.directory.name). Open the link again and sign in as an administrator there, or go back.</p>
            \(SignInPages.details(trace))
            \(backForm(flow, "Go back without giving permissions"))
            """)
    }

    private func backForm(_ flow: String, _ words: String) -> HTML {
        """
        <form method="post" action="\(url: action)">
        <input type="hidden" name="flow" value="\(flow)">
        <div class="buttons"><button name="decision" value="cancel">\(words)</button></div>
        </form>
        """
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

    private var action: String { "/entra/\(tenant.pathPart)/consent" }
}
