import Foundation
import HTML
import PortalKit

/// The tracker of one tenant's set-up.
struct SetupPage {
    let tenant: StoredTenant
    let setup: StoredSetup
    let workflow: any Workflow
    let steps: [SetupStepRow]
    let job: Job?
    /// Newest first.
    let approvals: [StoredApproval]
    let mayChange: Bool
    let csrf: String
    let now: Date

    private var path: String { "/tenants/\(tenant.id)" }

    var content: HTML {
        """
        \(definitionList([
            ("Access", accessBadge(setup)), ("Since", timestamp(setup.accessSince, now: now)),
            ("Tenant", "\(name(tenant.name)) \(code(tenant.key.id))"),
            ("Organization", tenant.link.map { nameLink($0.organizationName, path: "/organizations/\($0.organizationID)") } ?? quiet("not linked yet")),
        ]))
        \(notes)
        \(when(setup.state == .done && setup.access.isEnabled, next))
        \(when(setup.access == .revoked, revoked))
        \(when(setup.state == .stopped, stopped))
        \(tracker(workflow.stepNames.map(step)))
        """
    }

    /// What can be done with the whole.
    var menu: HTML {
        """
        <div class="actions">\
        \(when(setup.mayBeginAnew(job), postButton(againWord, action: "\(path)/setup/runs", csrfToken: csrf, hidden: stamp, style: setup.access.isEnabled ? .secondary : .primary)))\
        \(when(setup.access != .disabled, linkButton("Disable…", path: "\(path)/setup/disabling", style: .quiet)))\
        \(linkButton("Remove…", path: "\(path)/removal", style: .quiet))</div>
        """
    }

    private var againWord: String {
        setup.access == .enabledWithLimitations ? "Ask for the rest" : "Set up again"
    }

    private var stamp: [(String, String)] { [("stamp", setup.stamp)] }

    private var stopped: HTML {
        alert(
            .idle, "The set-up stands still",
            "<p>\(setup.accessReason). Nothing is under way; <em>Set up again</em> begins with the first step.</p>")
    }

    private var next: HTML {
        alert(
            .good, "\(tenant.name) can be looked after",
            """
            <p>It is among your <a href="/customers">customers</a>. Next: look at <a href="\(url: path)">the tenant</a>\
            \(when(tenant.link) { " and at \(nameLink($0.organizationName, path: "/organizations/\($0.organizationID)"))" })\
            \(when(tenant.link == nil, ", and link it to an organization")).</p>
            """)
    }

    private var revoked: HTML {
        alert(
            .bad, "The access no longer works",
            "<p>\(setup.accessReason). Set the tenant up again; what was linked stays.</p>")
    }

    private var notes: HTML {
        let missing = setup.notes.filter { $0.kind == .missing }
        let more = setup.notes.filter { $0.kind == .moreThanAsked }
        return """
            \(when(!missing.isEmpty, alert(.warn, "Less was granted than was asked for", noteList(missing))))
            \(when(!more.isEmpty, alert(.warn, "More was granted than was asked for", noteList(more))))
            """
    }

    private func noteList(_ notes: [AccessNote]) -> HTML {
        "<ul>\(each(notes) { "<li><strong>\($0.title)</strong>: \($0.explanation)</li>" })</ul>"
    }

    private func step(_ name: String) -> TrackerStep {
        let text = workflow.text(of: name)
        let row = steps.first { $0.step == name }
        let isCurrent = setup.state == .running && setup.step == name
        var step = TrackerStep(
            title: text?.title ?? name, sentence: row?.sentence ?? text?.explanation ?? "", tone: .idle, word: "Later")
        guard setup.state != .stopped || row?.state == .done else {
            step.word = "Not done"
            return step
        }
        switch row?.state {
        case .done:
            step.tone = .good
            step.word = "Done"
            step.since = row.map { UTCTime($0.since).text }
        case .failed where job?.state == .failed || job?.state == .parked:
            step.tone = .bad
            step.word = "Failed"
        case .waiting where isCurrent && job?.state != .parked:
            step.tone = .wait
            step.word = "Waiting"
        case .working, .failed, .waiting, nil:
            guard isCurrent else { return step }
            step.tone = .wait
            step.word = job?.state == .parked ? "Stands still" : "Working"
        }
        guard isCurrent, step.tone != .good else { return step }
        step.isCurrent = true
        step.sentence = row?.wait?.reason ?? text?.explanation ?? ""
        step.who = (row?.wait?.on ?? text?.actor)?.words
        step.since = row.map { UTCTime($0.since).text }
        step.action = mayChange ? actions(name, row) : nil
        step.details = details(name, row)
        return step
    }

    private func actions(_ step: String, _ row: SetupStepRow?) -> HTML? {
        let approval = approvals.first { $0.state.isOpen && isAtHand($0, step) }
        let buttons: [HTML?] = [
            job?.isRetriable == true
                ? postButton(
                    "Try again", action: "\(path)/setup/retries", csrfToken: csrf, hidden: stamp, style: .primary)
                : nil,
            approval.map { requestButton($0) },
            row?.wait?.lookNow.map {
                postButton(
                    $0, action: "\(path)/setup/looks", csrfToken: csrf, hidden: stamp,
                    style: approval == nil ? .primary : .secondary)
            },
            row?.wait?.doAgain.map {
                postButton($0, action: "\(path)/setup/repetitions", csrfToken: csrf, hidden: stamp)
            },
        ]
        let all = buttons.compactMap(\.self)
        return all.isEmpty ? nil : each(all, \.self)
    }

    /// An approval belongs to the step that waits for it, and to the one before, in which it is sent.
    private func isAtHand(_ approval: StoredApproval, _ step: String) -> Bool {
        guard approval.step != step else { return true }
        let names = workflow.stepNames
        guard approval.state == .draft, let place = names.firstIndex(of: step) else { return false }
        return names.indices.contains(place + 1) && names[place + 1] == approval.step
    }

    private func requestButton(_ approval: StoredApproval) -> HTML {
        let isDraft = approval.state == .draft
        let words =
            isDraft
            ? (approval.ask.audience == .customer ? "Request customer approval" : "Message for the guest")
            : approval.isLinkExpired(at: now) ? "Make a new link" : "Send it again"
        return linkButton(
            words, path: "/approvals/\(approval.id)/messages/new",
            style: isDraft || approval.isLinkExpired(at: now) ? .primary : .secondary)
    }

    private func details(_ step: String, _ row: SetupStepRow?) -> HTML? {
        let shown = approvals.first { isAtHand($0, step) && $0.state != .draft }
        let busy = job?.state == .waiting && row?.state != .waiting || job?.state == .parked ? job?.reason : nil
        let content: HTML = """
            \(when(busy) { alert(.wait, "At present", "<p>\($0)</p>") })\
            \(when(shown) { approvalLines($0) })\
            \(when(row?.wait?.link) { "<p>The \($0.name): \(copyable($0.address, label: $0.name))</p>" })\
            \(when(row?.nextLookAt) { "<p class=\"quiet\">The portal looks by itself, next \(timestamp($0, now: now)).</p>" })\
            \(when(row?.setback) { setbackBox($0, row) })
            """
        return content.isEmpty ? nil : content
    }

    private func approvalLines(_ approval: StoredApproval) -> HTML {
        definitionList([
            (
                approval.ask.audience == .customer ? "Approval" : "Request",
                "\(approvalBadge(approval, now: now)) <a href=\"\(url: "/approvals/\(approval.id)")\">History</a>"
            )
        ])
    }

    /// With the ids under which the portal and the provider know it, as one bundle to copy.
    private func setbackBox(_ setback: Setback, _ row: SetupStepRow?) -> HTML {
        let ours = [("Tracking id", job?.id.rawValue), ("Event id", row?.eventID), ("Tenant id", tenant.key.id)]
        return problemBox(
            title: setback.problem.title, explanation: setback.problem.explanation, nextStep: setback.problem.nextStep,
            facts: setback.problem.facts.map { ($0.name, $0.value) }
                + ours.compactMap { name, value in value.map { (name, $0) } })
    }
}

extension StoredSetup {
    /// Whether nothing is under way, or what is can't go on by itself.
    func mayBeginAnew(_ job: Job?) -> Bool {
        state != .running || job == nil || job?.isRetriable == true || job?.state == .cancelled
    }
}

func accessBadge(_ setup: StoredSetup) -> HTML {
    let since = UTCTime(setup.accessSince).text
    let (tone, word): (Tone, String) =
        switch setup.access {
        case .unknown: (.idle, "No access yet")
        case .waitingForApproval: (.wait, "Waiting for approval")
        case .approved: (.wait, "Approved")
        case .finalizing: (.wait, "Finalizing")
        case .enabled: (.good, "Enabled")
        case .enabledWithLimitations: (.warn, "Enabled with limitations")
        case .revoked: (.bad, "Revoked")
        case .disabled: (.idle, "Disabled")
        }
    return stateBadge(tone, word, since: since, why: setup.accessReason)
}

func disablingPage(_ tenant: StoredTenant, _ setup: StoredSetup, _ plugin: any TenantSetup, csrf: String) -> HTML {
    """
    \(alert(.warn, "What this means for \(tenant.name)", """
        <ul><li>The portal makes no call in this tenant any more, and what it was given to sign in there is deleted here.</li>
        <li>Links that were sent work no more.</li>
        <li>The tenant, its link to an organization and its history stay. <em>Set up again</em> asks the customer anew.</li></ul>
        """))
    \(leftovers(tenant, setup, plugin))
    \(form(FormPage(
        action: "/tenants/\(tenant.id)/setup/disabling", csrfToken: csrf, fields: [], submit: "Disable \(tenant.name)",
        cancel: (title: "Keep it", path: "/tenants/\(tenant.id)/setup"), style: .danger)))
    """
}

func removalPage(
    _ tenant: StoredTenant, _ setup: StoredSetup, _ plugin: any TenantSetup, isElsewhere: Bool, csrf: String
) -> HTML {
    """
    \(alert(.warn, "What goes, and what stays here", """
        <ul><li>The set-up, its approvals with their history, and what the portal was given to sign in there go for good.</li>
        \(when(isElsewhere, "<li>The tenant stays in your list: another service knows it too.</li>"))\
        \(when(!isElsewhere, "<li>The tenant goes from your list, with its link.</li>"))
        \(when(tenant.link) { "<li>The organization \(name($0.organizationName)) stays.</li>" })
        <li>The audit keeps what was done.</li></ul>
        """))
    \(leftovers(tenant, setup, plugin))
    \(form(FormPage(
        action: "/tenants/\(tenant.id)/removal", csrfToken: csrf, fields: [], submit: "Remove \(tenant.name)",
        cancel: (title: "Keep it", path: "/tenants/\(tenant.id)/setup"), hidden: [(name: "id", value: tenant.key.id)], style: .danger)))
    """
}

private func leftovers(_ tenant: StoredTenant, _ setup: StoredSetup, _ plugin: any TenantSetup) -> HTML {
    let lines = plugin.leftovers(of: SetupTenant(key: tenant.key, name: tenant.name, intake: setup.intake))
    guard !lines.isEmpty else { return HTML() }
    let provider = type(of: plugin).manifest.provider
    return section(
        "What stays at \(provider)", intro: "The portal can't take it away; somebody has to, there.",
        panel("<ul>\(each(lines) { "<li>\($0)</li>" })</ul>"))
}
