import Foundation
import HTML
import Testing

@testable import PortalCore

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
