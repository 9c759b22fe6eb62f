import Foundation
import HTML
import Testing

@testable import PortalCore

private let hostile = #"<script>alert("1")</script>'&"#
private let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;"
private let now = Date(timeIntervalSince1970: 1_795_255_445)  // 2026-11-21 10:04:05 UTC

@Suite struct ComponentPageTests {
    @Test func `a page has one h1, landmarks, and the skip link first`() {
        let html = "\(everything())"
        #expect(html.matches(of: /<h1[ >]/).count == 1)
        for landmark in [
            "<header>", #"<nav class="menu" id="menu" aria-label="Main">"#, #"aria-label="Breadcrumb""#,
            #"<main id="main""#,
        ] {
            #expect(html.contains(landmark))
        }
        #expect(html.contains("<body>\n<a class=\"skip\" href=\"#main\">"))
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    }

    @Test func `nothing that the page's policy forbids`() {
        let html = "\(everything())"
        #expect(html.firstMatch(of: /<[^>]*\sstyle=/) == nil)
        #expect(html.firstMatch(of: /<[^>]*\son[a-z]+=/) == nil)
        #expect(!html.contains("<style"))
        #expect(html.matches(of: /<script/).count == 1)
        #expect(html.contains(#"<script src="/assets/js/gatehouse.js?v="#))
    }

    @Test func `ids are unique, and what is named by an id exists`() {
        let html = "\(everything())"
        let ids = html.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        let names = html.matches(of: /(?:aria-describedby|aria-controls|for)="([^"]*)"|href="#([^"]*)"/)
            .flatMap { String($0.1 ?? $0.2 ?? "").split(separator: " ").map(String.init) }
        #expect(names.count > 20)
        for name in names { #expect(ids.contains(name), "nothing has the id \(name)") }
    }

    @Test func `the window's title names the page, the broker and the portal, and says when there are errors`() {
        var frame = PageFrame(title: "Tenants")
        #expect("\(page(frame, ""))".contains("<title>Tenants – Gatehouse</title>"))
        frame.brokerName = "Acme & Sons"
        frame.hasErrors = true
        #expect("\(page(frame, ""))".contains("<title>Error: Tenants – Acme &amp; Sons – Gatehouse</title>"))
    }

    @Test func `reloading and leaving are for the head, and never lead off to a script`() {
        var frame = PageFrame(title: "Job")
        #expect(!"\(page(frame, ""))".contains("http-equiv"))
        frame.refreshSeconds = 5
        frame.departure = "https://login.example/authorize?a=1&b=2"
        let html = "\(page(frame, ""))"
        #expect(html.contains(#"<noscript><meta http-equiv="refresh" content="5"></noscript>"#))
        #expect(
            html.contains(#"<meta http-equiv="refresh" content="0;url=https://login.example/authorize?a=1&amp;b=2">"#)
        )
        frame.departure = "javascript:alert(1)"
        #expect("\(page(frame, ""))".contains(#"content="0;url=#""#))
    }

    @Test func `signing out is a form with the token`() {
        var frame = PageFrame(title: "Home")
        frame.user = ("Olivia", "owner@acme.example")
        #expect(!"\(page(frame, ""))".contains("/sign-out"))
        frame.csrfToken = "t0ken"
        let html = "\(page(frame, ""))"
        #expect(html.contains(#"method="post" action="/sign-out"><input type="hidden" name="csrf" value="t0ken">"#))
    }

    @Test func `the menu marks the current page and shows counts above zero`() {
        let html =
            "\(sideMenu([MenuGroup(title: "Work", items: [MenuItem(title: "Jobs", path: "/jobs", isCurrent: true, count: 0), MenuItem(title: "Needs attention", path: "/attention", count: 1_200)])]))"
        #expect(html.contains(#"<a href="/jobs" aria-current="page">Jobs</a>"#))
        #expect(html.contains(#"Needs attention <span class="count">1,200</span>"#))
        #expect(sideMenu([]).isEmpty)
    }

    @Test func `every text is escaped, wherever it stands`() {
        let html = "\(everything(text: hostile))"
        #expect(!html.contains("<script>"))
        #expect(!html.contains(#"alert("1")"#))
        #expect(html.matches(of: Regex<Substring>(verbatim: escaped)).count > 60)
    }

    @Test func `a bare page has no menu and one h1`() {
        let html =
            "\(barePage(title: "Sign in", brokerName: "Acme Cloud", ribbons: [Ribbon(kind: .practice, text: "Practice")], "<p>x</p>"))"
        #expect(html.matches(of: /<h1/).count == 1)
        #expect(!html.contains("<nav"))
        #expect(html.contains("Practice"))
    }
}

@Suite struct ComponentFormTests {
    private let filled = FormPage(
        action: "/connection",
        csrfToken: "t0ken",
        fields: [
            FormField(
                name: "id",
                label: "Partner ID",
                hint: "Five groups.",
                value: "abc",
                problem: "This id is too short."
            ),
            FormField(
                name: "cloud",
                label: "Cloud",
                kind: .choice([("a", "A"), ("b", "B")]),
                problem: "Choose a cloud."
            ),
            FormField(
                name: "password",
                label: "Password",
                value: "hunter2",
                kind: .password,
                autocomplete: "current-password"
            ),
            FormField(name: "key", label: "Key", value: "s3cret", kind: .secret),
            FormField(name: "note", label: "Note", isRequired: false),
        ],
        problem: "The provider refused both.",
        submit: "Update"
    )

    @Test func `the error summary takes the focus, and says the same words as the fields`() {
        let html = "\(form(filled))"
        #expect(html.contains(#"<div class="error-summary" tabindex="-1" autofocus><div role="alert">"#))
        #expect(html.contains("There is a problem"))
        #expect(html.contains("<li>The provider refused both.</li>"))
        #expect(html.contains(##"<li><a href="#field-id">This id is too short.</a></li>"##))
        #expect(html.contains(##"<li><a href="#field-cloud">Choose a cloud.</a></li>"##))
        #expect(html.matches(of: /This id is too short\./).count == 2)
        #expect(html.firstRange(of: "error-summary")!.lowerBound < html.firstRange(of: "<form")!.lowerBound)
    }

    @Test func `a form without problems has no summary`() {
        #expect(
            !"\(form(FormPage(action: "/x", csrfToken: nil, fields: [FormField(name: "a", label: "A")], submit: "Go")))"
                .contains("error-summary")
        )
    }

    @Test func `hint and problem are tied to the control`() {
        let html = "\(formField(filled.fields[0]))"
        #expect(html.contains(#"<label for="field-id">"#))
        #expect(html.contains(#"aria-describedby="field-id-hint field-id-problem" aria-invalid="true""#))
        #expect(html.contains(#"value="abc""#))
        #expect(!"\(formField(filled.fields[4]))".contains("aria-"))
    }

    @Test func `the summary's link leads to the first radio button`() {
        #expect(
            "\(formField(filled.fields[1]))".contains(#"<input id="field-cloud" name="cloud" type="radio" value="a""#)
        )
    }

    @Test func `a secret never comes back`() {
        let html = "\(form(filled))"
        #expect(!html.contains("hunter2"))
        #expect(!html.contains("s3cret"))
        #expect(html.contains(#"autocomplete="current-password""#))
    }

    @Test func `optional fields are marked, and the others are required`() {
        let html = "\(form(filled))"
        #expect(html.contains(#"Note <span class="optional">(optional)</span>"#))
        #expect(html.matches(of: /\srequired[ >]/).count == 5)  // two of them radio buttons
        #expect(html.contains("novalidate"))
        #expect(html.contains(#"name="csrf" value="t0ken""#))
    }

    @Test func `a long choice is a list with the value selected`() {
        let options = (1...6).map { (value: "\($0)", label: "No. \($0)") }
        let html = "\(formField(FormField(name: "n", label: "N", value: "3", kind: .choice(options))))"
        #expect(html.contains(#"<option value="3" selected>No. 3</option>"#))
        #expect(html.matches(of: /selected/).count == 1)
    }

    @Test func `text that begins with a line break keeps it`() {
        #expect(
            "\(formField(FormField(name: "n", label: "N", value: "\nb", kind: .multiline)))".contains(
                ">\n\nb</textarea>"
            )
        )
    }
}

@Suite struct ComponentPieceTests {
    @Test func `a badge says since when and why to those who hear it`() {
        let html = "\(stateBadge(.bad, "Broken", since: "20 Nov 2026", why: "the password was changed"))"
        #expect(html.contains(#"title="since 20 Nov 2026: the password was changed""#))
        #expect(
            html.contains(#"Broken<span class="visually-hidden">, since 20 Nov 2026: the password was changed</span>"#)
        )
        #expect(!"\(stateBadge(.good, "Linked"))".contains("title"))
    }

    @Test func `totals read as an equation over a bar of their parts`() {
        let html =
            "\(totals(Total(count: 1_062, word: "there", path: "/t"), [Total(count: 1_053, word: "linked", tone: .good), Total(count: 9, word: "unlinked", path: "/t?u", tone: .warn), Total(count: 0, word: "gone", tone: .bad)]))"
        let words = html.replacing(/<svg.*/.dotMatchesNewlines(), with: "").replacing(/<[^>]*>/, with: "").split(
            whereSeparator: \.isWhitespace
        )
        #expect(words.joined(separator: " ") == "1,062 there = 1,053 linked + 9 unlinked + 0 gone")
        #expect(
            html.contains(
                #"<rect class="good" x="0.00%" width="99.15%" height="8"/><rect class="warn" x="99.15%" width="0.85%" height="8"/></svg>"#
            )
        )
        #expect(html.contains(#"<a href="/t?u"><b>9</b>"#))
        #expect(!"\(totals(Total(count: 0, word: "there"), []))".contains("<rect"))
    }

    @Test func `the current step is marked and open`() {
        let html =
            "\(tracker([TrackerStep(title: "One", sentence: "x", tone: .good, word: "Done", details: "a"), TrackerStep(title: "Two", sentence: "y", tone: .wait, word: "Working", who: "You", since: "today", details: "b", isCurrent: true)]))"
        #expect(html.matches(of: /aria-current="step"/).count == 1)
        #expect(html.matches(of: /<details class="fold" open>/).count == 1)
        #expect(html.contains("Acts now: <strong>You</strong> · since today"))
    }

    @Test func `a row of a table carries its labels, and its first cell heads it`() {
        let html =
            "\(table(caption: "Tenants", columns: [Column(title: "Choose", labelHidden: true), Column(title: "Name", sortPath: "?sort=name", order: .descending), Column(title: "Licences", numeric: true)], rows: [["<b>x</b>", "Northgate", "4"]]))"
        #expect(html.contains(#"<caption class="visually-hidden">Tenants</caption>"#))
        #expect(html.contains(#"<th scope="col" aria-sort="descending"><a href="?sort=name">Name</a></th>"#))
        #expect(
            html.contains(
                #"<td class="row-actions"><b>x</b></td><th scope="row" data-label="Name"><div>Northgate</div></th><td class="number" data-label="Licences"><div>4</div></td>"#
            )
        )
    }

    @Test func `progress is known to screen readers and to the window's title`() {
        let html =
            "\(progress(done: 27, total: 62, rate: "12 a second", remaining: "about 3 s left", item: "Harbor Dental"))"
        #expect(html.contains(#"data-title-progress="43""#))
        #expect(html.contains(#"<progress max="62" value="27" aria-label="27 of 62">"#))
        #expect(!"\(progress(done: 3, total: nil))".contains("value="))
        #expect("\(progress(done: 0, total: 0))".contains(#"data-title-progress="100""#))
    }

    @Test func `the facts of a problem are copied with our reference`() {
        let html =
            "\(problemBox(title: "No", explanation: "Why", nextStep: nil, facts: [("Code", "7")], reference: "GH-1"))"
        #expect(html.contains("data-copy=\"Code: 7\nReference: GH-1\""))
    }

    @Test func `a filter is a GET form that keeps its values`() {
        let html =
            "\(filters(path: "/t", search: ("Name", "bak"), choices: [FilterChoice(name: "link", label: "Link", options: [("", "All"), ("u", "Unlinked")], value: "u")], hidden: [("sort", "name")], clearPath: "/t"))"
        #expect(html.contains(#"method="get" action="/t"><input type="hidden" name="sort" value="name">"#))
        #expect(html.contains(#"value="bak""#))
        #expect(html.contains(#"<option value="u" selected>"#))
    }

    @Test func `a pager knows where it is`() {
        #expect(
            "\(pager(first: 1, last: 50, total: 1_200, previousPath: nil, nextPath: "?after=x"))".contains(
                "<p>1–50 of 1,200</p><a"
            )
        )
        #expect(
            "\(pager(first: 51, last: 60, total: nil, previousPath: "?before=x", nextPath: nil))".contains(
                #"rel="prev""#
            )
        )
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-12_345, "-12,345"), (1_234_567, "1,234,567")])
    func `numbers are grouped`(number: Int, text: String) {
        #expect(grouped(number) == text)
    }

    @Test(arguments: [
        (0, "just now"), (-44, "just now"), (-45, "1 min ago"), (-240, "4 min ago"), (-3_569, "59 min ago"),
        (-3_570, "1 h ago"),
        (-86_399, "24 h ago"), (-86_400, "20 Nov 2026, 10:04 UTC"), (30, "in a moment"), (90, "in 2 min"),
        (86_400, "22 Nov 2026, 10:04 UTC"),
    ])
    func `times are near or exact`(offset: Int, text: String) {
        let html = "\(timestamp(now.addingTimeInterval(Double(offset)), now: now))"
        #expect(html.contains(">\(text)</time>"))
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"), (1_795_255_445, "2026-11-21T10:04:05Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
    ])
    func `the civil calendar is right`(seconds: Int, iso: String) {
        #expect(UTCTime(Date(timeIntervalSince1970: Double(seconds))).iso == iso)
    }
}

@Suite struct ComponentAssetTests {
    @Test func `the version names the content`() throws {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
        for path in ["css/gatehouse.css", "icons/gatehouse.svg", "js/gatehouse.js"] {
            for byte in try Data(contentsOf: root.appending(path: "assets/\(path)")) {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
        }
        let version = String(hash, radix: 36)
        #expect(
            assetVersion == version,
            "a file under www/assets has changed: set assetVersion in Asset.swift to \"\(version)\""
        )
    }

    @Test func `the first visit stays light`() throws {
        let css = try Data(contentsOf: root.appending(path: "assets/css/gatehouse.css")).count
        let js = try Data(contentsOf: root.appending(path: "assets/js/gatehouse.js")).count
        #expect(css <= 23 * 1_024)
        #expect(js <= 10 * 1_024)
    }

    @Test func `every class that the pieces use is known to the stylesheet`() throws {
        let css = try String(contentsOf: root.appending(path: "assets/css/gatehouse.css"), encoding: .utf8)
        let bare = barePage(title: "x", regionChip: "EU", purpose: "x", layout: .letter, footer: "x", "")
        let used = Set("\(everything())\(bare)".matches(of: /class="([^"]*)"/).flatMap { $0.1.split(separator: " ") })
        let unknown = used.filter { !css.contains(".\($0)") }
        #expect(unknown.isEmpty)
    }

    @Test(arguments: [400, 404, 413, 421, 429, 500, 502, 503])
    func `nginx has an error page in our look`(status: Int) throws {
        let html = try String(contentsOf: root.appending(path: "errors/\(status).html"), encoding: .utf8)
        #expect(html.matches(of: /<h1>/).count == 1)
        #expect(html.contains(#"<link rel="stylesheet" href="/assets/css/gatehouse.css">"#))
        #expect(html.contains(#"<html lang="en">"#))
        #expect(html.firstMatch(of: /<script|<style|\sstyle=/) == nil)
    }

    private let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../www").standardized
}

/// A page with each piece at least once, `text` wherever text goes.
private func everything(text: String = "Text") -> HTML {
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

private func states(_ text: String) -> HTML {
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

private func lists(_ text: String) -> HTML {
    """
    \(cards([card(title: text, titlePath: "/x", subtitle: text, badge: stateBadge(.good, text), body: definitionList([(text, copyable(text, label: text))]), footer: "x")]))
    \(stats([stat(1, text, path: "/x", tone: .warn), stat(2, text)]))
    \(filters(path: "/x", search: (text, text), choices: [FilterChoice(name: "choice", label: text, options: [(text, text)], value: text)], hidden: [(text, text)], clearPath: "/x"))
    \(table(caption: text, columns: [Column(title: text, sortPath: "/x", order: .ascending), Column(title: text, numeric: true), Column(title: text, labelHidden: true)], rows: [[twoLines("\(text)", code(text)), "\(quiet(text))", timestamp(now, now: now)]]))
    \(pager(first: 1, last: 2, total: 3, previousPath: "/x", nextPath: "/x"))
    """
}

private func everyField(_ text: String) -> FormPage {
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
