import HTML
import PortalKit

func forgottenPasswordPage(_ visit: PublicVisit, _ token: Token, email: String = "", problem: String? = nil) -> HTML {
    visit.entrance(
        "Forgotten password", purpose: "We send a link to your address. It works for 30 minutes.",
        hasErrors: problem != nil,
        form(
            FormPage(
                action: "/forgotten-password", csrfToken: token.derived("form"),
                fields: [
                    FormField(
                        name: "email", label: "E-mail", value: email, kind: .email, autocomplete: "username",
                        problem: problem)
                ],
                submit: "Send the link", cancel: (title: "Back to the sign-in", path: "/sign-in"))))
}

/// The same for every address, whether somebody has it or not.
func linkSentPage(_ visit: PublicVisit) -> HTML {
    visit.entrance(
        "Look into your mail",
        """
        <p>If there is an account with this address and it signs in with a password, a mail with a link is on its way.</p>
        <p>The link works once, for 30 minutes. Nothing there after a few minutes? Look into the folder for unwanted mail, and \
        check the address. After three mails an hour we send no more.</p>
        <p>\(linkButton("Back to the sign-in", path: "/sign-in", style: .secondary))</p>
        """)
}

/// A link that does nothing any more, or never did: which of these it is, is not told.
func deadLinkPage(_ visit: PublicVisit) -> HTML {
    visit.entrance(
        "This link no longer works",
        """
        <p>Links work once, and only for a while: 30 minutes for a new password, 24 hours for an invitation. A newer link ends \
        the older ones.</p>
        <p>To set a new password, ask for a new link. For an invitation, ask whoever invited you to send it again.</p>
        <p>\(linkButton("Ask for a new link", path: "/forgotten-password"))</p>
        <p><a href="/sign-in">Go to the sign-in</a></p>
        """)
}

/// What a reset or an invitation leads to. Looking at it changes nothing.
struct NewPasswordPage {
    var action: String
    var csrfToken: String
    var email: String
    /// Asked for by invitations only.
    var name: String?
    /// Where the invitation leads: the company's name.
    var company: String?
    var nameProblem: String? = nil
    var passwordProblem: String? = nil

    var isInvitation: Bool { name != nil }
    var hasErrors: Bool { nameProblem != nil || passwordProblem != nil }

    var fields: [FormField] {
        let nameField = name.map {
            FormField(
                name: "name", label: "Your name", value: $0, autocomplete: "name", problem: nameProblem, maxLength: 200)
        }
        return [nameField].compactMap(\.self) + [newPasswordField(problem: passwordProblem)]
    }
}

func newPasswordField(problem: String?) -> FormField {
    FormField(
        name: "password", label: "New password",
        hint:
            "At least \(PasswordRules.minLength) characters, of any kind. Three or four unrelated words are easy to keep in mind.",
        kind: .password, autocomplete: "new-password", problem: problem)
}

func newPasswordPage(_ visit: PublicVisit, _ page: NewPasswordPage) -> HTML {
    visit.entrance(
        page.isInvitation ? "Welcome" : "New password",
        purpose: page.isInvitation
            ? "You were invited to \(page.company ?? "Gatehouse"). Choose a password, and you are in."
            : "It takes the place of the old one. You are signed out everywhere.",
        hasErrors: page.hasErrors,
        """
        <p>\(page.email)</p>
        \(form(
            FormPage(
                action: page.action, csrfToken: page.csrfToken, fields: page.fields,
                submit: page.isInvitation ? "Accept the invitation" : "Set the password")))
        """)
}

extension PublicVisit {
    /// A page for whoever is not in yet, in the look of the address it came to.
    func entrance(
        _ title: String, purpose: String? = nil, notice: Notice? = nil, hasErrors: Bool = false, _ content: HTML,
        footer: HTML? = nil
    ) -> HTML {
        var broker: String?
        if case .branded(_, let owner) = place { broker = owner.name }
        var chip: String?
        if case .region(let region) = place { chip = region.label }
        return barePage(
            title: title, brokerName: broker, regionChip: chip, purpose: purpose, ribbons: portal.ribbons,
            notice: notice, hasErrors: hasErrors, footer: footer, content)
    }
}
