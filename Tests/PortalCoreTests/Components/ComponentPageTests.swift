import Foundation
import HTML
import Testing

@testable import PortalCore

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
