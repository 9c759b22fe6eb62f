import Foundation
import HTML
import PortalKit

/// What a person reads before leaving for the provider.
struct RehearsalPage {
    let service: Service
    let plugin: any Connectable
    let broker: Broker
    let isRightAddress: Bool
    /// Where the one button leads when this is not the right address.
    let regionalPath: String?
    let regionalAddress: String
    let redirectAddress: String
    /// The branded address that the person came from.
    let returnAddress: String?
    let latest: SignInAttempt?
    let sso: SSOState
    let mayManage: Bool
    let mayPauseSSO: Bool
    let csrf: String
    let typed: [String: String]
    let problems: [String: FieldProblem]
    let now: Date

    private var manifest: PluginManifest { service.manifest }

    private var isSSOInTheWay: Bool { sso.isRequired && type(of: plugin).needsSSONotRequired }

    var content: HTML {
        """
        \(when(!isRightAddress, wrongAddress))
        \(when(!problems.isEmpty && !isSSOInTheWay, signIn))
        \(when(returnAddress) { alert(.idle, "You came from your own address", "<p>\(linkButton("Back to \(origin(of: $0))", path: $0, style: .secondary))</p>") })
        \(state)
        \(section("Before you start", intro: "What the sign-in needs. A line that nobody but you can know is marked with a question mark.", verdictList(requirements)))
        \(when(isRightAddress && isSSOInTheWay, ssoPause))
        \(when(isRightAddress && mayManage && problems.isEmpty && !isSSOInTheWay, signIn))
        \(when(isRightAddress && !mayManage, panel("<p>You may look at this page, and an owner of \(broker.name) can sign in.</p>")))
        """
    }

    private var wrongAddress: HTML {
        alert(
            .warn, "The sign-in does not start at this address",
            """
            <p>\(manifest.provider) answers to the registered address of \(broker.name)'s region only: <strong>\(regionalAddress)</strong>. \
            The button takes you there, signed in as you are, and you can come back afterwards.</p>
            <p>\(linkButton("Continue on \(regionalAddress)", path: regionalPath ?? "/"))</p>
            """)
    }

    private var state: HTML {
        guard let connection = service.connection else { return HTML() }
        switch connection.state {
        case .none:
            return when(latest?.problem) { lastProblem($0) }
        case .broken:
            return when(connection.cause) { $0.box() }
        case .connected:
            return section(
                "The connection", action: connectionBadge(connection),
                """
                \(when(connection.isUnproved, alert(.warn, "To be proved", "<p>\(restoredMeans)</p>")))
                \(definitionList(
                    type(of: plugin).connectionForm.fields.filter { $0.kind == .text }.map { ($0.label, copyable(connection.form[$0.name], label: $0.label)) }
                    + [("Connected since", timestamp(connection.since, now: now)), ("Last renewed", connection.renewedAt.map { timestamp($0, now: now) } ?? "never")]))
                \(verdictList(verdictLines(connection.verdict, plugin)))
                \(when(latest?.problem) { lastProblem($0) })
                """)
        }
    }

    private func lastProblem(_ problem: Problem) -> HTML {
        section("The last try did not succeed", intro: "Nothing of it was stored.", problem.box())
    }

    private var requirements: [VerdictLine] {
        type(of: plugin).requirements.map { requirement in
            switch requirement.judge {
            case .portal(.regionalAddress):
                VerdictLine(
                    title: requirement.title, tone: isRightAddress ? .good : .bad,
                    word: isRightAddress ? "Right" : "Not here",
                    sentence:
                        "\(isRightAddress ? "You are on \(regionalAddress), the address of your region." : "You are not on \(regionalAddress), the address of your region.") \(requirement.explanation)"
                )
            case .portal(.singleSignOnNotRequired):
                ssoLine(requirement)
            case .person:
                VerdictLine(title: requirement.title, tone: .idle, word: "You know", sentence: requirement.explanation)
            case .check:
                VerdictLine(
                    title: requirement.title, tone: .wait, word: "Checked after the sign-in",
                    sentence: requirement.explanation)
            }
        }
    }

    private func ssoLine(_ requirement: Requirement) -> VerdictLine {
        if let until = sso.pause?.until ?? sso.suspension?.until {
            return VerdictLine(
                title: requirement.title, tone: .good, word: sso.pause == nil ? "Suspended" : "Paused",
                sentence:
                    "\(requirement.explanation) Single sign-on is not required until \(UTCTime(until).clock) UTC, and comes back by itself."
            )
        }
        guard sso.isRequired else {
            return VerdictLine(
                title: requirement.title, tone: .good, word: "Not required",
                sentence:
                    "\(requirement.explanation) It is not \(sso.provider == nil ? "set up" : "required") for \(broker.name), so nothing stands in the way."
            )
        }
        return VerdictLine(
            title: requirement.title, tone: .bad, word: "Required",
            sentence:
                "\(requirement.explanation) \(broker.name) requires it at present. Pause it below; nobody has to remember to switch it on again.",
            who: mayPauseSSO ? "You" : "An owner of \(broker.name)")
    }

    private var ssoPause: HTML {
        section(
            "Pause the SSO requirement",
            intro:
                "For \(broker.name) only. It comes back by itself: when the sign-in has succeeded or failed, when the time is over, whatever happens to the portal.",
            mayPauseSSO
                ? SSOPauseRoutes.form(plugin: manifest.id, csrf: csrf)
                : panel("<p>An owner of \(broker.name) can pause it on this page.</p>"))
    }

    private var signIn: HTML {
        let isConnected = service.connection?.state == .connected
        return section(
            isConnected ? "Sign in again" : "Sign in",
            intro: isConnected ? "The present connection stays in force until the new sign-in is proved." : nil,
            """
            \(definitionList([
                ("Redirect address", "\(copyable(redirectAddress, label: "redirect address")) \(quiet("registered at \(manifest.provider) for this portal"))"),
                ("You will be asked for", "<ul>\(each(manifest.permissions) { "<li>\(code($0.name)): \($0.reason)</li>" })</ul>"),
            ]))
            \(form(FormPage(
                action: "\(service.path)/authentication", csrfToken: csrf, fields: fields, submit: type(of: plugin).connectionForm.submit,
                cancel: (title: "Cancel", path: service.path))))
            """)
    }

    private var fields: [FormField] {
        type(of: plugin).connectionForm.fields.map { field in
            FormField(
                name: field.name, label: field.label, hint: field.hint,
                value: field.kind == .secret ? "" : typed[field.name] ?? "",
                kind: field.kind == .secret ? .secret : .text, autocomplete: "off",
                problem: problems[field.name]?.message,
                isRequired: field.isRequired, isCode: true, help: field.help.map { (title: $0.title, lines: $0.steps) })
        }
    }
}

func departurePage(_ target: String, _ service: Service) -> HTML {
    panel(
        """
        <p>You are being taken to the sign-in page of \(service.manifest.provider). If nothing happens, use the button.</p>
        <p>\(linkButton("Go to \(service.manifest.provider)", path: target))</p>
        <p><a href="\(url: "\(service.path)/authentication")">Back to the authentication page</a></p>
        """)
}

/// The lines that are known, and those that are still to come.
func verdictContent(_ attempt: SignInAttempt, _ job: Job?, _ service: Service, _ plugin: any Connectable) -> HTML {
    let isOpen = attempt.state == .answered || attempt.state == .checking
    let known = verdictLines(attempt.verdict, plugin, toldAbove: attempt.problem)
    let open = type(of: plugin).requirements.filter { requirement in
        requirement.judge == .check && !attempt.verdict.contains { $0.requirement == requirement.id }
    }
    let pending = open.map {
        VerdictLine(
            title: $0.title, tone: isOpen ? .wait : .idle, word: isOpen ? "Checking" : "Not checked",
            sentence: isOpen ? $0.explanation : "The sign-in did not come this far.")
    }
    return """
        \(when(isOpen, openHead(job)))
        \(when(attempt.state == .succeeded, alert(.good, "Connected", "<p>Every check has passed, and the new sign-in is in force.</p>")))
        \(when(attempt.state == .failed ? attempt.problem : nil) { $0.box(reference: attempt.id.rawValue) })
        \(verdictList([signedInLine(attempt, service)] + known + pending))
        """
}

private func openHead(_ job: Job?) -> HTML {
    if job?.state == .waiting || job?.state == .parked, let reason = job?.reason {
        return alert(.wait, "The check is waiting", "<p>\(reason)</p>")
    }
    return alert(.wait, "Checking the sign-in", "<p>This takes a few seconds. The page brings itself up to date.</p>")
}

private func signedInLine(_ attempt: SignInAttempt, _ service: Service) -> VerdictLine {
    let provider = service.manifest.provider
    return switch (attempt.state, attempt.verdict.isEmpty) {
    case (.answered, _), (.departing, _):
        VerdictLine(
            title: "Signed in at \(provider)", tone: .wait, word: "Checking", sentence: "The answer is being exchanged."
        )
    case (.failed, true):
        VerdictLine(title: "Signed in at \(provider)", tone: .bad, word: "No", sentence: "The sign-in did not succeed.")
    default:
        VerdictLine(
            title: "Signed in at \(provider)", tone: .good, word: "Yes",
            sentence: "The answer is genuine and belongs to this sign-in.")
    }
}

/// - Parameter toldAbove: the problem whose facts stand on the page already.
func verdictLines(_ entries: [VerdictEntry], _ plugin: any Connectable, toldAbove: Problem? = nil) -> [VerdictLine] {
    entries.map { entry in
        let title =
            type(of: plugin).requirements.first { $0.id == entry.requirement }?.title ?? entry.requirement.rawValue
        switch entry.verdict {
        case .passed(let sentence): return VerdictLine(title: title, tone: .good, word: "Passed", sentence: sentence)
        case .unknown(let sentence):
            return VerdictLine(title: title, tone: .idle, word: "Not known", sentence: sentence)
        case .failed(let problem):
            return VerdictLine(
                title: title, tone: .bad, word: "Failed", sentence: "\(problem.title). \(problem.nextStep)",
                who: problem.actor.words,
                details: problem.facts.isEmpty || problem == toldAbove
                    ? nil : definitionList(problem.facts.map { ($0.name, code($0.value)) }))
        }
    }
}

/// What to do once the verdict is there.
func attemptEnd(_ attempt: SignInAttempt, _ service: Service, cameFrom: String?) -> HTML {
    let succeeded = attempt.state == .succeeded
    return """
        <div class="actions">\
        \(when(succeeded, linkButton(service.manifest.listing.linkTitle, path: "\(service.path)/tenants")))\
        \(when(!succeeded, linkButton("Try again", path: "\(service.path)/authentication")))\
        \(when(cameFrom) { linkButton("Back to \($0)", path: "\($0)\(service.path)", style: .secondary) })\
        </div>
        """
}
