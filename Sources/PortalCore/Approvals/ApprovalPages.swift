import Foundation
import HTML
import PortalKit

extension Ask.Audience {
    /// Before the tenant's name.
    var words: String {
        switch self {
        case .customer: "the administrator of"
        case .guest: "the guest at"
        }
    }
}

func approvalBadge(_ approval: StoredApproval, now: Date) -> HTML {
    let since = UTCTime(approval.since).text
    switch approval.state {
    case .draft: return stateBadge(.warn, "Not sent yet", since: since)
    case .sent, .opened:
        if approval.answeredAt != nil { return stateBadge(.wait, "Answer is being checked") }
        if approval.isLinkExpired(at: now) {
            return stateBadge(.warn, "Link expired", why: "The wait goes on; a new link is one click.")
        }
        if approval.state == .opened {
            return stateBadge(.wait, "Opened", since: approval.openedAt.map { UTCTime($0).text })
        }
        guard let seen = approval.seenAt else { return stateBadge(.wait, "Sent", since: since) }
        return stateBadge(
            .wait, "Seen", since: UTCTime(seen).text, why: "The link was followed, perhaps by a mail scanner.")
    case .approved: return stateBadge(.good, "Approved", since: since)
    case .refused: return stateBadge(.bad, "Refused", since: since, why: approval.reason)
    case .withdrawn: return stateBadge(.idle, "Withdrawn", since: since, why: approval.reason)
    }
}

func approvalFilters(_ state: StoredApproval.State?) -> HTML {
    filters(
        path: "/approvals", search: nil,
        choices: [
            FilterChoice(
                name: "state", label: "State",
                options: [(value: "", label: "All")]
                    + StoredApproval.State.allCases.map { (value: $0.rawValue, label: $0.rawValue.capitalized) },
                value: state?.rawValue ?? "")
        ],
        clearPath: state == nil ? nil : "/approvals")
}

func approvalTable(_ approvals: [StoredApproval], now: Date) -> HTML {
    table(
        caption: "Approvals",
        columns: [
            Column(title: "Tenant"), Column(title: "Asked"), Column(title: "State"), Column(title: "Begun"),
            Column(title: "By"),
        ],
        rows: approvals.map { approval in
            [
                nameLink(approval.tenantName, path: "/approvals/\(approval.id)"),
                "\(approval.ask.audience == .customer ? "Customer" : "Guest")", approvalBadge(approval, now: now),
                timestamp(approval.createdAt, now: now), "\(approval.createdBy)",
            ]
        })
}

func approvalFacts(_ approval: StoredApproval, now: Date) -> HTML {
    let seen: HTML =
        approval.seenAt.map {
            "\(timestamp($0, now: now)) \(quiet("the link was followed, perhaps by a mail scanner"))"
        }
        ?? quiet("not yet")
    return """
        \(definitionList([
            ("State", approvalBadge(approval, now: now)), ("Tenant", nameLink(approval.tenantName, path: "/tenants/\(approval.tenantID)/setup")),
            ("Seen", seen),
            ("Opened", approval.openedAt.map { "\(timestamp($0, now: now)) \(quiet("a button was pressed"))" } ?? quiet("not yet")),
            ("Link works until", approval.linkUntil.map { timestamp($0, now: now) } ?? quiet("no link was made yet")),
            ("Begun by", "\(approval.createdBy)"),
        ]))
        \(when(approval.reason) { alert(approval.state == .refused ? .bad : .idle, approval.state == .refused ? "The reason given" : "Why", "<p>\($0)</p>") })
        \(when(approval.state.isOpen ? approval.setback : nil) { $0.problem.box(reference: approval.id.rawValue) })
        """
}

func approvalActions(_ approval: StoredApproval, csrf: String, now: Date) -> HTML {
    let words =
        approval.state == .draft
        ? "Write the message" : approval.isLinkExpired(at: now) ? "Make a new link" : "Send it again"
    return section(
        "What you can do",
        """
        <p>\(linkButton(words, path: "/approvals/\(approval.id)/messages/new"))</p>
        \(when(approval.state != .draft, folded("Withdraw it", form(FormPage(
            action: "/approvals/\(approval.id)/withdrawal", csrfToken: csrf,
            fields: [FormField(name: "reason", label: "Why", hint: "For whoever looks later. Whoever has the link reads that it is not asked for any more.", isRequired: false, maxLength: 500)],
            submit: "Withdraw", style: .danger)))))
        """)
}

func messageHistory(_ messages: [ApprovalMessage], now: Date) -> HTML {
    guard !messages.isEmpty else { return HTML() }
    return section(
        "What was sent", intro: "Without the links, which are kept nowhere.",
        each(messages) { message in
            """
            <div class="panel"><p>\(timestamp(message.at, now: now)) · \(wayWords(message)) · \(message.language.name) · \(message.sentBy)</p>
            \(folded(message.subject, #"<p class="message">\#(message.body)</p>"#))</div>

            """ as HTML
        })
}

private func wayWords(_ message: ApprovalMessage) -> HTML {
    let to = message.recipient.map { " to \($0)" } ?? ""
    return switch message.way {
    case .copied: "copied\(message.recipient.map { " for \($0)" } ?? "")"
    case .mailed: "by mail\(to)\(message.mailState.map { ": \($0.title.lowercased())" } ?? "")"
    case .forwarded: "passed on\(to)\(message.mailState.map { ": \($0.title.lowercased())" } ?? "")"
    }
}
