import HTML
import PortalKit

/// Where a person signs in with a password.
func signInPage(
    _ visit: PublicVisit, _ token: Token, _ sso: SSOChoice, next: String, email: String = "", notice: Done? = nil,
    problem: String? = nil
) -> HTML {
    visit.entrance(
        "Sign in", notice: notice.map { Notice(kind: .good, text: $0.text) }, hasErrors: problem != nil,
        """
        \(form(
            FormPage(
                action: "/sign-in", csrfToken: token.derived("form"),
                fields: [
                    FormField(name: "email", label: "E-mail", value: email, kind: .email, autocomplete: "username"),
                    FormField(name: "password", label: "Password", kind: .password, autocomplete: "current-password"),
                ],
                problem: problem, submit: "Sign in", hidden: [(name: "next", value: localPath(next))])))
        \(ssoInvitation(sso, token.derived("form"), next: next))
        """,
        footer: #"<a href="/forgotten-password">Forgotten your password?</a>"#)
}

/// The second step: a code of the authenticator app, or a recovery code.
func secondStepPage(
    _ visit: PublicVisit, _ formToken: String, isRecovery: Bool, next: String, problem: String? = nil
) -> HTML {
    let next = localPath(next)
    let field =
        isRecovery
        ? FormField(
            name: "recovery", label: "Recovery code",
            hint: "One of the codes that you kept when you set up the app. It works once.", problem: problem,
            maxLength: 60,
            isCode: true)
        : FormField(
            name: "code", label: "Code of your authenticator app",
            hint: "Six digits; a new code comes every 30 seconds.",
            autocomplete: "one-time-code", problem: problem, inputMode: "numeric", maxLength: 10, isCode: true)
    let other: HTML =
        isRecovery
        ? #"<a href="\#(url: "/sign-in/code?next=\(next.queryEncoded)")">Use the app instead</a>"#
        : #"<a href="\#(url: "/sign-in/code?with=recovery&next=\(next.queryEncoded)")">Use a recovery code instead</a>"#
    return visit.entrance(
        isRecovery ? "Enter a recovery code" : "Enter your code", hasErrors: problem != nil,
        """
        \(form(FormPage(action: "/sign-in/code", csrfToken: formToken, fields: [field], submit: "Go on",
                hidden: [(name: "next", value: next)])))
        <p>\(other)</p>
        \(postButton("Sign in as somebody else", action: "/sign-out", csrfToken: formToken, style: .quiet))
        """,
        footer: "Lost both? Ask an owner of your company, or the portal's administrator, to reset your second step.")
}
