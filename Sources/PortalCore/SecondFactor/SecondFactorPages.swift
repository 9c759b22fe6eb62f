import HTML

/// What the set-up of an authenticator app shows.
struct SecondFactorSetup {
    let totp: TOTP
    /// The secret for the next request, sealed.
    let sealed: String
    let address: String
    let csrfToken: String
    var problem: String? = nil
}

func secondFactorSetup(_ setup: SecondFactorSetup) -> HTML {
    """
    <ol>
    <li>Open an authenticator app on your phone, or in your password manager. Any app for six-digit codes will do.</li>
    <li>Scan this picture with it, or type the key.</li>
    <li>Type the code that the app shows.</li>
    </ol>
    <p>\(QRCode(setup.address)?.image(label: "QR code of the key below"))</p>
    <p>Key to type: \(copyable(setup.totp.text, label: "key"))</p>
    \(form(
        FormPage(
            action: "/account/second-factor", csrfToken: setup.csrfToken,
            fields: [
                FormField(
                    name: "code", label: "Code that the app shows", hint: "Six digits.", autocomplete: "one-time-code",
                    problem: setup.problem, inputMode: "numeric", maxLength: 10, isCode: true)
            ],
            submit: "Switch it on", hidden: [(name: "secret", value: setup.sealed)])))
    """
}

/// Shown until the person says that they are kept.
func recoveryCodesPanel(_ codes: [RecoveryCode], csrfToken: String) -> HTML {
    """
    \(alert(
        .warn, "Keep these codes now: they are not shown again",
        "<p>Each gets you in once when you don't have the app. Print this page, or copy them into your password manager.</p>"))
    \(panel("<ul>\(each(codes) { "<li>\(code($0.text))</li>" })</ul>"))
    <p>\(copyButton(codes.map(\.text).joined(separator: "\n"), label: "all codes"))</p>
    \(postButton("I have kept them", action: "/account/recovery-codes/kept", csrfToken: csrfToken, style: .primary))
    """
}
