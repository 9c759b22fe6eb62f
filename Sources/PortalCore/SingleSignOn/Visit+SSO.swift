import HTML
import PortalKit

extension Visit {
    /// The part of a person's own page about the account at the broker's provider; nothing where there is none.
    func ssoAccount() throws -> HTML {
        guard let broker = session.broker, user.organizationID == nil else { return HTML() }
        let (provider, subject) = try portal.database.read { db in
            try (
                db.ssoProvider(of: broker.id),
                db.first("SELECT subject FROM sso_identity WHERE user_id = \(user.id)") { try $0[0] as String }
            )
        }
        guard let provider, provider.isEnabled else { return HTML() }
        let content: HTML =
            if let subject {
                "<p>\(stateBadge(.good, "Linked")) Your account at \(provider.name) is \(code(subject)). An owner can end the link.</p>"
            } else {
                """
                <p>\(stateBadge(.idle, "Not linked")) You can sign in at \(provider.name) too. Link your account there; a verified \
                e-mail address links it at the first sign-in by itself.</p>
                \(postButton(
                    "Link my account", action: "/account/sso", csrfToken: session.formToken, hidden: [("next", "/account")]))
                """
            }
        return section("Single sign-on", id: "single-sign-on", panel(content))
    }
}
