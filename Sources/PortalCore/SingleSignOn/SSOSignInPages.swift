import HTML
import PortalKit

/// Under the form of the sign-in page: the other way in, where there is one.
func ssoInvitation(_ choice: SSOChoice, _ formToken: String, next: String) -> HTML {
    switch choice {
    case .none: HTML()
    case .byEmail:
        """
        <p>\(linkButton("Continue with single sign-on", path: "/sign-in/sso?next=\(localPath(next).queryEncoded)", style: .secondary))</p>
        """
    case .of:
        postButton(
            "Continue with single sign-on", action: "/sign-in/sso", csrfToken: formToken,
            hidden: [("next", localPath(next))])
    }
}

/// Said where a link would set a password that opens nothing.
func ssoIsRequiredPage(
    _ visit: PublicVisit, _ provider: SSOProvider, _ broker: Broker, _ formToken: String, _ user: User
) -> HTML {
    visit.entrance(
        "Welcome",
        """
        <p>\(broker.name) lets its people in with single sign-on only, at \(provider.name). You need no password here: sign in \
        there with the account of \(user.email).</p>
        \(form(FormPage(
            action: "/sign-in/sso", csrfToken: formToken, fields: [], submit: "Continue with single sign-on",
            cancel: (title: "Go to the sign-in page", path: "/sign-in"), hidden: [(name: "email", value: user.email)])))
        """)
}

func ssoPage(
    _ visit: PublicVisit, _ formToken: String, _ choice: SSOChoice, next: String, email: String = "",
    problem: String? = nil
) -> HTML {
    if case .of(_, let broker) = choice {
        return visit.entrance(
            "Single sign-on", hasErrors: problem != nil,
            form(
                FormPage(
                    action: "/sign-in/sso", csrfToken: formToken,
                    lead: "<p>You sign in where \(broker.name) signs in, and come back here.</p>", fields: [],
                    problem: problem, submit: "Continue", cancel: (title: "Sign in with a password", path: "/sign-in"),
                    hidden: [(name: "next", value: next)])))
    }
    return visit.entrance(
        "Single sign-on", hasErrors: problem != nil,
        form(
            FormPage(
                action: "/sign-in/sso", csrfToken: formToken,
                fields: [
                    FormField(
                        name: "email", label: "E-mail address at work",
                        hint: "It tells where your company signs in. Nothing is sent to it.", value: email,
                        kind: .email,
                        autocomplete: "username", problem: problem)
                ],
                submit: "Continue", cancel: (title: "Sign in with a password", path: "/sign-in"),
                hidden: [(name: "next", value: next)])))
}

func ssoDeparturePage(_ visit: PublicVisit, _ provider: SSOProvider, _ broker: Broker, target: String) -> HTML {
    barePage(
        title: "On to \(provider.name)", brokerName: broker.name, ribbons: visit.portal.ribbons, departure: target,
        """
        <p>You are being taken to the sign-in page of \(broker.name). If nothing happens, use the button.</p>
        <p>\(linkButton("Go to \(provider.name)", path: target))</p>
        <p><a href="/sign-in">Back to the sign-in</a></p>
        """)
}

func ssoFailurePage(_ visit: PublicVisit, _ problem: Problem) -> HTML {
    visit.entrance(
        "You are not signed in", hasErrors: true,
        problem.box(reference: visit.context.requestID, action: linkButton("Go to the sign-in page", path: "/sign-in")))
}

func signedOutPage(_ visit: PublicVisit, _ provider: SSOProvider?, endSession: String?) -> HTML {
    visit.entrance(
        "You are signed out",
        """
        <p>Your session here has ended.</p>
        \(when(endSession) { address in
            """
            <p>You may still be signed in at \(provider?.name ?? "your provider"), where one click would bring you back. On a \
            computer that others use, sign out there too.</p>
            <p>\(linkButton("Sign out at \(provider?.name ?? "your provider")", path: address, style: .secondary))</p>
            """
        })
        <p><a href="/sign-in">Sign in again</a></p>
        """)
}
