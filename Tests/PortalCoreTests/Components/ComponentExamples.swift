import Foundation
import HTML

@testable import PortalCore

/// Text that would do harm where it is not escaped.
let hostile = #"<script>alert("1")</script>'&"#
let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;"
let now = Date(timeIntervalSince1970: 1_795_255_445)  // 2026-11-21 10:04:05 UTC

/// A page with each piece at least once, `text` wherever text goes.
func everything(text: String = "Text") -> HTML {
    var frame = PageFrame(
        title: text,
        breadcrumbs: [(text, "/up")],
        purpose: text,
        primaryAction: postButton(text, action: "/x", csrfToken: text, hidden: [(text, text)])
    )
    frame.menu = [MenuGroup(title: text, items: [MenuItem(title: text, path: "/", isCurrent: true, count: 3)])]
    frame.brokerName = text
    frame.regionChip = text
    frame.searchPath = "/search"
    frame.user = (text, text)
    frame.csrfToken = text
    frame.ribbons = [
        Ribbon(kind: .practice, text: text),
        Ribbon(kind: .warning, text: text, until: now, action: linkButton(text, path: "/x", style: .quiet)),
        Ribbon(kind: .info, text: text),
    ]
    frame.notice = Notice(kind: .good, text: text, link: (text, "/x"))
    return page(frame, "\(states(text))\(lists(text))\(form(everyField(text)))")
}

func states(_ text: String) -> HTML {
    let box = problemBox(
        title: text,
        explanation: text,
        nextStep: text,
        facts: [(text, text)],
        reference: text,
        action: linkButton(text, path: "/x", style: .danger)
    )
    return """
        \(each(Tone.allCases) { "\(stateBadge($0, text, since: text, why: text))\(alert($0, text, "<p>\(text)</p>"))" })
        \(totals(Total(count: 3, word: text, path: "/x"), [Total(count: 3, word: text, path: "/x", tone: .good)]))
        \(tracker([TrackerStep(title: text, sentence: text, tone: .bad, word: text, who: text, since: text, action: "x", details: box, isCurrent: true)]))
        \(live("/fragment", reloads: true, verdictList(Tone.allCases.map { VerdictLine(title: text, tone: $0, word: text, sentence: text, who: text, action: "x", details: box) })))
        \(panel(progress(done: 1, total: 2, rate: text, remaining: text, item: text)))
        \(section(text, id: "part", intro: text, emptyState(title: text, text: text, action: linkButton(text, path: "/x"), level: .h3)))
        """
}

func lists(_ text: String) -> HTML {
    """
    \(cards([card(title: text, titlePath: "/x", subtitle: text, badge: stateBadge(.good, text), body: definitionList([(text, copyable(text, label: text))]), footer: "x")]))
    \(stats([stat(1, text, path: "/x", tone: .warn), stat(2, text)]))
    \(filters(path: "/x", search: (text, text), choices: [FilterChoice(name: "choice", label: text, options: [(text, text)], value: text)], hidden: [(text, text)], clearPath: "/x"))
    \(table(caption: text, columns: [Column(title: text, sortPath: "/x", order: .ascending), Column(title: text, numeric: true), Column(title: text, labelHidden: true)], rows: [[twoLines("\(text)", code(text)), "\(quiet(text))", timestamp(now, now: now)]]))
    \(pager(first: 1, last: 2, total: 3, previousPath: "/x", nextPath: "/x"))
    """
}

func everyField(_ text: String) -> FormPage {
    let few = [(value: text, label: text), (value: "b", label: text)]
    let many = (1...6).map { (value: "\($0)", label: text) }
    let kinds: [FormField.Kind] = [
        .text, .email, .password, .secret, .choice(few), .choice(many), .checkbox, .multiline,
    ]
    let fields = kinds.enumerated().map { number, kind in
        FormField(
            name: "f\(number)",
            label: text,
            hint: text,
            value: text,
            kind: kind,
            autocomplete: text,
            problem: text,
            isRequired: false,
            inputMode: text,
            maxLength: 9,
            isCode: true,
            help: (text, [text])
        )
    }
    return FormPage(
        action: "/x",
        csrfToken: text,
        lead: "<p>\(text)</p>",
        fields: fields,
        problem: text,
        submit: text,
        cancel: (text, "/x"),
        hidden: [(text, text)],
        style: .danger
    )
}
