import Foundation
import HTML

/// What a person's own account page shows.
struct AccountPage {
    let account: Credentials
    let roles: [Role]
    let factor: SecondFactor?
    let needsFactor: Bool
    let sessions: [OwnSession]
    /// Single sign-on, where the person's broker has it.
    let sso: HTML
    /// The hash of this request's session.
    let present: [UInt8]
    let csrfToken: String
    let now: Date
}

func accountPage(_ page: AccountPage) -> HTML {
    """
    \(panel(definitionList([
        ("Name", "\(page.account.user.name)"), ("E-mail", "\(page.account.user.email)"),
        ("Role", "\(page.roles.map(\.title).joined(separator: ", "))"),
        ("Company", "\(page.account.brokerName ?? "Gatehouse")"),
    ])))
    \(section("Password", passwordPart(page)))
    \(page.sso)
    \(section("Second step", id: "second-step", secondFactorPart(page)))
    \(section(
        "Where you are signed in", id: "sessions",
        intro: "At most \(Admission.maxSessions) at a time; with one more the oldest ends. End what you don't know, and change your password then.",
        action: page.sessions.count > 1
            ? postButton(
                "End all others", action: "/account/sessions/removal", csrfToken: page.csrfToken,
                hidden: [("session", "others")]) : nil, sessionTable(page)))
    """
}

private func passwordPart(_ page: AccountPage) -> HTML {
    guard page.account.mayUsePassword, page.account.password.isUsable else {
        return panel("<p>You sign in with single sign-on. There is no password here to change.</p>")
    }
    return panel("<p>\(linkButton("Change your password", path: "/account/password", style: .secondary))</p>")
}

private func secondFactorPart(_ page: AccountPage) -> HTML {
    guard let factor = page.factor else {
        return panel(
            """
            <p>\(stateBadge(.idle, "Off")) Your password alone signs you in. With an authenticator app a stolen password is \
            worth nothing.</p>
            <p>\(linkButton("Set up an app", path: "/account/second-factor", style: .secondary))</p>
            """)
    }
    let left = factor.recoveryHashes.count
    return """
        \(when(left < 3, alert(
            .warn, "\(counted(left, "recovery code is", "recovery codes are")) left",
            "<p>Without codes and without the app you can't sign in. Make new ones.</p>")))
        \(panel(
            """
            <p>\(stateBadge(.good, "On")) An authenticator app, since \(timestamp(factor.since, now: page.now)). \
            \(counted(left, "recovery code is", "recovery codes are")) left.</p>
            <div class="actions">\(postButton("Make new recovery codes", action: "/account/recovery-codes", csrfToken: page.csrfToken))\
            \(linkButton("Set up another app", path: "/account/second-factor", style: .secondary))\
            \(when(!page.needsFactor, postButton(
                "Switch it off", action: "/account/second-factor/removal", csrfToken: page.csrfToken, style: .quiet)))</div>
            """))
        """
}

private func sessionTable(_ page: AccountPage) -> HTML {
    table(
        caption: "Where you are signed in",
        columns: [
            Column(title: "Browser"), Column(title: "From"), Column(title: "Since"), Column(title: "Last seen"),
            Column(title: "End", labelHidden: true),
        ],
        rows: page.sessions.map { session in
            let isPresent = session.tokenHash == page.present
            return [
                twoLines(
                    "\(session.browser.description)",
                    "at \(session.host)\(when(session.stage != .open, ", sign-in not complete"))"),
                code(session.address), timestamp(session.startedAt, now: page.now),
                timestamp(session.seenAt, now: page.now),
                isPresent
                    ? stateBadge(.good, "This one")
                    : postButton(
                        "End", action: "/account/sessions/removal", csrfToken: page.csrfToken,
                        hidden: [("session", session.id)]),
            ]
        })
}
