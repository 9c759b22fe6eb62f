import Foundation
import HTML
import PortalKit

/// What the holder of a link reads: a letter of one screen, in their language. It shows the state at each look.
struct ApprovalPage {
    let link: ApprovalLink
    let words: AskWords
    let texts: ApprovalTexts
    let provider: String
    let listing: PluginManifest.Listing
    let csrf: String
    /// Nobody can be sent to the provider while its plugin is switched off.
    let isPaused: Bool
    let isLate: Bool
    let ribbons: [Ribbon]
    let regionChip: String?
    let now: Date

    private var approval: StoredApproval { link.approval }
    private var broker: String { link.broker.name }
    private var path: String { "\(Portal.approvalPath)/\(link.token.text)" }

    /// Whether the page changes by itself.
    var isOpenEnded: Bool { approval.state.isOpen && approval.answeredAt != nil }

    /// Whether there is something to decide.
    var isAsking: Bool {
        approval.state.isOpen && approval.answeredAt == nil && link.setupState == .running && !link.isExpired(at: now)
            && !isPaused
    }

    var document: HTML {
        page(
            title, hasErrors: approval.setback != nil && isAsking,
            isOpenEnded ? live("\(path)/state?lang=\(texts.language.rawValue)", reloads: true, content) : content)
    }

    func page(_ title: String, hasErrors: Bool = false, departure: String? = nil, _ content: HTML) -> HTML {
        barePage(
            title: title, brokerName: broker, regionChip: regionChip, layout: .letter, ribbons: ribbons,
            refreshSeconds: isOpenEnded ? 2 : nil, departure: departure, hasErrors: hasErrors, footer: languages,
            language: texts.language, skip: texts.skip, content)
    }

    private var title: String {
        switch approval.state {
        case .approved: texts.approved(texts.date(approval.since))
        case .refused: texts.refused(texts.date(approval.since))
        case .withdrawn: texts.withdrawn
        case .draft, .sent, .opened:
            if link.setupState != .running {
                texts.withdrawn
            } else if isOpenEnded {
                texts.checking.title
            } else if link.isExpired(at: now) {
                texts.expired
            } else if isPaused {
                texts.paused
            } else {
                words.title
            }
        }
    }

    var content: HTML {
        switch approval.state {
        case .approved: approved
        case .refused: "<p>\(texts.refusedText(broker))</p>\(facts)"
        case .withdrawn: "<p>\(texts.withdrawnText(broker))</p>\(facts)"
        case .draft, .sent, .opened:
            if link.setupState != .running {
                "<p>\(texts.withdrawnText(broker))</p>\(facts)"
            } else if isOpenEnded {
                "<p>\(texts.checking.text)</p>"
            } else if link.isExpired(at: now) {
                "<p>\(texts.expiredText(broker))</p>\(facts)"
            } else if isPaused {
                "<p>\(texts.pausedText)</p>\(facts)"
            } else {
                letter
            }
        }
    }

    private var letter: HTML {
        """
        \(when(isLate, alert(.warn, texts.foreignAnswer.title, "<p>\(texts.late)</p>")))
        \(when(setback) { alert(.warn, $0.title, "<p>\($0.text)</p>") })
        \(facts)
        \(each(words.purpose) { "<p>\($0)</p>" })
        <h2>\(texts.asked)</h2>
        \(permissions)
        <h2>\(texts.comesNext)</h2>
        <ol>\(each(words.next) { "<li>\($0)</li>" })</ol>
        \(when(words.advice) { alert(.idle, provider, "<p>\($0)</p>") })
        <div class="actions">\(postButton(words.approve, action: "\(path)/trips", csrfToken: csrf, hidden: stamp, style: .primary))\
        \(linkButton(texts.refuse, path: "\(path)/refusal?lang=\(texts.language.rawValue)", style: .secondary))\
        \(when(approval.ask.audience == .customer, #"<a class="cancel" href="\#(url: "\(path)/forwarding?lang=\(texts.language.rawValue)")">\#(texts.forward)</a>"#))</div>
        <p class="quiet">\(texts.noAccount)</p>
        """
    }

    private var setback: (title: String, text: String)? {
        approval.setback.flatMap { texts.setback($0.kind, provider: provider, tenant: link.tenant.name) }
    }

    /// A form made for another tenant than the link's is refused.
    var stamp: [(String, String)] { [("tenant", link.tenant.key.id), ("lang", texts.language.rawValue)] }

    var facts: HTML {
        var facts: [(String, HTML)] = [
            (texts.whoAsks, "<strong>\(broker)</strong> (\(approval.createdBy))"),
            (texts.organization, "\(name(link.tenant.name))"), (texts.tenantID, code(link.tenant.key.id)),
        ]
        if isAsking { facts.append((texts.until, "\(texts.date(link.expiresAt))")) }
        return definitionList(facts)
    }

    private var permissions: HTML {
        "<ul>\(each(words.permissions) { #"<li>\#($0.reason) <span class="quiet">\#(code($0.name))</span></li>"# })</ul>"
    }

    private var approved: HTML {
        """
        \(each(words.approved) { "<p>\($0)</p>" })
        <p>\(texts.closePage)</p>
        \(facts)
        <h2>\(texts.wasApproved)</h2>
        \(permissions)
        <h2>\(texts.takeBack)</h2>
        <ol>\(each(words.takeBack) { "<li>\($0)</li>" })</ol>
        """
    }

    private var languages: HTML {
        """
        <nav aria-label="\(texts.otherLanguages)"><ul class="languages">\(each(Language.allCases) { language in
            language == texts.language
                ? #"<li><span aria-current="true" lang="\#(language.rawValue)">\#(language.name)</span></li>"#
                : #"<li><a href="\#(url: "\(path)?lang=\(language.rawValue)")" lang="\#(language.rawValue)" hreflang="\#(language.rawValue)">\#(language.name)</a></li>"#
        })</ul></nav>
        """
    }
}

/// Pages on the way: refusing, passing on, leaving.
extension ApprovalPage {
    func refusal(typed: String, problem: String?) -> HTML {
        page(
            texts.refuseTitle(broker), hasErrors: problem != nil,
            """
            \(facts)
            \(form(FormPage(
                action: "\(path)/refusal", csrfToken: csrf,
                fields: [FormField(name: "reason", label: texts.reason, hint: texts.reasonHint(broker), value: typed, kind: .multiline, problem: problem, maxLength: 1_000)],
                submit: texts.refuse, cancel: (title: texts.back, path: "\(path)?lang=\(texts.language.rawValue)"),
                hidden: stamp.map { (name: $0.0, value: $0.1) }, style: .danger, words: texts.formWords)))
            """)
    }

    func forwarding(address: String, typed: String, sent: String?, problem: String?, sendsMail: Bool) -> HTML {
        page(
            texts.forward, hasErrors: problem != nil,
            """
            \(when(sent) { alert(.good, texts.forward, "<p>\(texts.forwarded($0))</p>") })
            <p>\(texts.forwardText)</p>
            \(when(sendsMail, form(FormPage(
                action: "\(path)/forwarding", csrfToken: csrf,
                fields: [FormField(name: "address", label: texts.colleague, value: typed, kind: .email, autocomplete: "email", problem: problem)],
                submit: texts.send, cancel: (title: texts.back, path: "\(path)?lang=\(texts.language.rawValue)"),
                hidden: stamp.map { (name: $0.0, value: $0.1) }, words: texts.formWords))))
            <h2>\(texts.orCopy)</h2>
            <p>\(copyable(address, label: texts.orCopy))</p>
            """)
    }

    func leaving(_ target: String) -> HTML {
        page(
            words.title, departure: target,
            """
            <p>\(texts.leaving(provider))</p>
            <p>\(linkButton(texts.goTo(provider), path: target))</p>
            <p><a href="\(url: "\(path)?lang=\(texts.language.rawValue)")">\(texts.back)</a></p>
            """)
    }
}
