import Foundation
import HTML
import OpenIDConnect
import PortalKit

/// Single sign-on as it stands, the steps to get there, and its settings.
struct SecurityPage {
    private let state: SecurityState
    private let session: Session
    private let broker: Broker?
    private let redirectAddress: String
    private let mayManage: Bool
    private let typed: [String: String]?
    private let problems: [SSOSettings.Field: String]
    private let refusal: String?
    private let now: Date

    init(
        _ state: SecurityState, visit: Visit, typed: [String: String]?, problems: [SSOSettings.Field: String],
        refusal: String?
    ) {
        self.state = state
        session = visit.session
        broker = visit.session.broker
        redirectAddress =
            visit.session.broker.map { visit.portal.addresses.singleSignOnAddress(of: $0) } ?? ""
        mayManage = visit.may(.manageSecurity)
        self.typed = typed
        self.problems = problems
        self.refusal = refusal
        now = visit.now
    }

    private var provider: SSOProvider? { state.sso.provider }
    private var csrf: String { session.formToken }

    var content: HTML {
        """
        \(when(refusal) { alert(.bad, "Nothing was changed", "<p>\($0)</p>") })
        \(when(!problems.isEmpty, settings))
        \(section("Single sign-on", action: badge, now: summary))
        \(state.isChecking ? live("/security/steps", reloads: true, steps) : steps)
        \(when(problems.isEmpty, settings))
        \(when(!state.people.isEmpty, people))
        \(when(provider != nil && mayManage, removal))
        """
    }

    private func section(_ title: String, action: HTML, now content: HTML) -> HTML {
        PortalCore.section(title, action: action, content)
    }

    private var badge: HTML {
        guard let provider else { return stateBadge(.idle, "Not set up") }
        if state.sso.suspension != nil { return stateBadge(.warn, "Break-glass open") }
        if state.sso.pause != nil { return stateBadge(.warn, "Paused") }
        if state.sso.isRequired { return stateBadge(.good, "Required") }
        return provider.isEnabled ? stateBadge(.wait, "Enabled") : stateBadge(.idle, "Off")
    }

    private var summary: HTML {
        guard let provider else {
            return panel(
                """
                <p>Your people sign in with a password. With a provider of your own, they sign in where your company signs in, \
                and whoever leaves it there can't get in here any more.</p>
                """)
        }
        return """
            \(definitionList([
                ("Enabled", provider.isEnabled ? "Yes: people may sign in at \(code(provider.issuer))" : "No"),
                ("Required", required(provider)),
            ] + pause + suspension))
            """
    }

    private func required(_ provider: SSOProvider) -> HTML {
        if state.sso.suspension != nil || state.sso.pause != nil { return "Not at present" }
        return state.sso.isRequired ? "Yes: your own people get in with nothing else" : "No: a password works too"
    }

    private var pause: [(String, HTML)] {
        guard let pause = state.sso.pause else { return [] }
        return [
            (
                "Paused",
                """
                \(countdown(until: pause.until)), by \(pause.startedBy), because: \(pause.reason) \
                \(when(mayManage, restoreButton("pause")))
                """
            )
        ]
    }

    private var suspension: [(String, HTML)] {
        guard let suspension = state.sso.suspension else { return [] }
        return [
            (
                "Break-glass",
                """
                Open \(countdown(until: suspension.until)), from the portal's machine, because: \(suspension.reason) \
                \(when(mayManage, restoreButton("suspension")))
                """
            )
        ]
    }

    private func restoreButton(_ what: String) -> HTML {
        postButton("Restore now", action: "/security/sso-restorations", csrfToken: csrf, hidden: [("what", what)])
    }

    /// What has to be true one after the other, each with its button.
    var steps: HTML {
        guard let provider else { return HTML() }
        return PortalCore.section(
            "Step by step", intro: "Each step needs the one before it.",
            verdictList([answering(provider), enabling(provider), proving(provider), requiring(provider)]))
    }

    private func answering(_ provider: SSOProvider) -> VerdictLine {
        let again = mayManage ? button("Test the provider", "/security/provider-checks", to: nil) : nil
        if state.isChecking {
            return VerdictLine(
                title: "The provider answers", tone: .wait, word: "Testing",
                sentence: "The portal asks \(provider.name) where its pages are. This takes a few seconds.")
        }
        if let problem = provider.problem {
            let since = provider.metadata == nil ? "" : " What it answered before still serves for signing in."
            return VerdictLine(
                title: "The provider answers", tone: .bad, word: "No",
                sentence: "\(problem.title). \(problem.explanation) \(problem.nextStep)\(since)",
                who: problem.actor.words,
                action: again,
                details: problem.facts.isEmpty ? nil : definitionList(problem.facts.map { ($0.name, code($0.value)) }))
        }
        guard let metadata = provider.metadata, let checkedAt = provider.checkedAt else {
            return VerdictLine(
                title: "The provider answers", tone: .idle, word: "Not tested", sentence: "Test it to go on.",
                action: again)
        }
        let algorithms = metadata.signingAlgorithms.map(\.rawValue).sorted().joined(separator: ", ")
        return VerdictLine(
            title: "The provider answers", tone: .good, word: "Yes",
            sentence:
                "At \(UTCTime(checkedAt).text) it said where its pages are, and that it signs with \(algorithms). Client ID and secret are proved by the first sign-in.",
            action: again)
    }

    private func enabling(_ provider: SSOProvider) -> VerdictLine {
        VerdictLine(
            title: "Enabled", tone: provider.isEnabled ? .good : .idle, word: provider.isEnabled ? "Yes" : "No",
            sentence: provider.isEnabled
                ? "The sign-in page offers single sign-on to addresses at \(provider.domains.joined(separator: ", "))."
                : "Once enabled, the sign-in page offers it. Passwords go on working.",
            action: !mayManage || (!provider.isEnabled && provider.metadata == nil)
                ? nil
                : button(
                    provider.isEnabled ? "Disable" : "Enable", "/security/sso-enabled",
                    to: provider.isEnabled ? "off" : "on"))
    }

    private func proving(_ provider: SSOProvider) -> VerdictLine {
        let isProved = state.isProved(by: session, now: now)
        return VerdictLine(
            title: "You have signed in with it", tone: isProved ? .good : .idle, word: isProved ? "Yes" : "Not lately",
            sentence: isProved
                ? "Within the last ten minutes, with the settings as they are."
                : "Whoever requires it has to get in with it: sign in with it once. Your account there is linked to you here.",
            action: !mayManage || !provider.isEnabled || isProved
                ? nil
                : postButton(
                    "Sign in with it", action: "/account/sso", csrfToken: csrf, hidden: [("next", "/security")]))
    }

    private func requiring(_ provider: SSOProvider) -> VerdictLine {
        let mayRequire =
            mayManage && (provider.isRequired || (provider.isEnabled && state.isProved(by: session, now: now)))
        return VerdictLine(
            title: "Required", tone: provider.isRequired ? .good : .idle, word: provider.isRequired ? "Yes" : "No",
            sentence: provider.isRequired
                ? "Passwords, resets and invitations open nothing to your own people. Your customers' people keep their passwords."
                : "Once required, whoever is signed in with a password has to sign in anew.",
            action: mayRequire
                ? button(
                    provider.isRequired ? "Stop requiring it" : "Require it", "/security/sso-required",
                    to: provider.isRequired ? "off" : "on")
                : nil)
    }

    private func button(_ title: String, _ path: String, to value: String?) -> HTML {
        postButton(title, action: path, csrfToken: csrf, hidden: value.map { [("to", $0)] } ?? [])
    }

    private var settings: HTML {
        PortalCore.section(
            "Provider", intro: "Any provider that speaks OpenID Connect.",
            """
            \(definitionList([
                ("Redirect address", "\(copyable(redirectAddress, label: "redirect address")) \(quiet("register it at your provider, to the letter"))"),
                ("Scopes", code(SSOExchange.scope)),
                ("Sign-in flow", "Authorization code with PKCE (S256) and a client secret"),
            ]))
            \(when(mayManage, form(FormPage(action: "/security/provider", csrfToken: csrf, fields: fields, submit: "Save and test"))))
            """)
    }

    private var fields: [FormField] {
        let issuer = value(.issuer, provider?.issuer)
        let clientID = value(.clientID, provider?.clientID)
        let domains = value(.domains, provider?.domains.joined(separator: ", "))
        return [
            FormField(
                name: SSOSettings.Field.issuer.rawValue, label: "Issuer",
                hint:
                    "The address by which the provider calls itself, for example https://login.acme.example/realms/staff.",
                value: issuer, problem: problems[.issuer], maxLength: 1_000, isCode: true),
            FormField(
                name: SSOSettings.Field.clientID.rawValue, label: "Client ID", value: clientID,
                problem: problems[.clientID], maxLength: 300, isCode: true),
            FormField(
                name: SSOSettings.Field.secret.rawValue, label: "Client secret",
                hint: provider == nil
                    ? "It is kept sealed and never shown again." : "One is stored. Leave this empty to keep it.",
                kind: .secret, problem: problems[.secret], isRequired: provider == nil, maxLength: 2_000),
            FormField(
                name: SSOSettings.Field.domains.rawValue, label: "Domains of your people",
                hint: "At the first sign-in a verified e-mail address of one of these domains finds the person here.",
                value: domains, problem: problems[.domains], maxLength: 4_000),
        ]
    }

    private func value(_ field: SSOSettings.Field, _ stored: String?) -> String {
        typed.map { $0[field.rawValue] ?? "" } ?? stored ?? ""
    }

    private var people: HTML {
        PortalCore.section(
            "Linked people",
            intro: "Who signs in with which account of the provider. An address alone never links twice.",
            table(
                caption: "People who sign in with the provider",
                columns: [
                    Column(title: "Person"), Column(title: "Account at the provider"), Column(title: "Last used"),
                    Column(title: "Actions", labelHidden: true),
                ],
                rows: state.people.map { person in
                    [
                        twoLines("\(person.name)", "\(person.email)"), code(person.subject),
                        timestamp(person.usedAt, now: now),
                        mayManage
                            ? postButton(
                                "Unlink", action: "/security/unlinked-people", csrfToken: csrf,
                                hidden: [("person", person.id.rawValue)], style: .quiet) : HTML(),
                    ]
                }))
    }

    private var removal: HTML {
        PortalCore.section(
            "Remove the provider",
            intro: "Everybody signs in with a password again. Who is linked to which account is forgotten.",
            linkButton("Remove the provider…", path: "/security/provider-removal", style: .secondary))
    }
}
