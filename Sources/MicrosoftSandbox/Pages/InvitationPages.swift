import HTML

/// The pages of a guest who redeems an invitation.
struct InvitationPages {
    let tenant: TenantSegment

    func review(_ flow: String, guest: Guest) -> HTML {
        PageLayout(title: "Review permissions").page(
            """
            <h1>Review permissions</h1>
            <p><strong>\(tenant.name)</strong> invited <strong>\(guest.email)</strong> as a guest, and would like \
            to:</p>
            <ul class="permissions">
            <li>Sign you in</li>
            <li>Read your name, email address and photo</li>
            <li>Keep a record of what you do there</li>
            </ul>
            <form method="post" action="\(url: "/entra/\(tenant.pathPart)/consent")">
            <input type="hidden" name="flow" value="\(flow)">
            <p class="quiet">Accept only if you trust \(tenant.name). You can leave the organization at any time.</p>
            \(FormPieces.decision())
            </form>
            """)
    }

    func wrongAccount(_ account: String, invited: String, again: String) -> HTML {
        PageLayout(title: "This invitation is for another account").page(
            """
            <h1>This invitation is for another account</h1>
            <p><strong>\(tenant.name)</strong> invited <strong>\(invited)</strong>. You signed in as \
            <strong>\(account)</strong>, so nothing was accepted.</p>
            <p><a href="\(url: again)">Sign in as \(invited)</a>, or ask who invited you to invite \(account).</p>
            """)
    }

    static let declined = PageLayout(title: "You didn’t accept").page(
        """
        <h1>You didn’t accept</h1>
        <p>You are not a guest of the organization that invited you. The link in the invitation still works if you \
        change your mind. You can close this page.</p>
        """)
}
