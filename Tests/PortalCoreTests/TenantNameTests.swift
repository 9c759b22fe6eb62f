import PortalKit
import Testing

@testable import PortalCore

/// What is kept of a name that somebody at the provider has chosen.
@Suite struct TenantNameTests {
    private func kept(_ name: String) -> String {
        DiscoveredTenant(id: "t-1", name: name, domains: []).inPlainText.name
    }

    @Test(arguments: [
        ("Harbor Dental", "Harbor Dental"), ("<b>&amp;</b>", "<b>&amp;</b>"), ("=1+1", "=1+1"),
        ("مخبز الواحة 3", "مخبز الواحة 3"), ("🏳️‍🌈 Café", "🏳️‍🌈 Café"), ("می‌خواهم", "می‌خواهم"),
        ("one\r\ntwo\tthree  four", "one two three four"), ("nul\u{0}byte\u{7}bell", "nul byte bell"),
        ("abc\u{202E}exe.gnp", "abcexe.gnp"), ("\u{2066}left\u{2069}\u{200B}\u{FEFF}zero", "leftzero"),
    ])
    func `a name is one line that turns and hides nothing beside it`(name: String, kept: String) {
        #expect(self.kept(name) == kept)
    }

    @Test(arguments: ["", " ", "\u{0}\t\n", "\u{202E}\u{2069}", "\u{200B}"])
    func `a name of nothing is the id`(name: String) {
        #expect(kept(name) == "t-1")
    }

    @Test func `a name ends after 256 characters, whatever they are made of`() {
        #expect(kept(String(repeating: "W", count: 256)) == String(repeating: "W", count: 256))
        #expect(kept(String(repeating: "W", count: 300)) == String(repeating: "W", count: 255) + "…")
        #expect(kept("a" + String(repeating: "\u{301}", count: 10_000)).utf8.count < 3_000)
    }

    @Test func `names of signs alone are told apart`() {
        #expect(LinkPlan.plainName("???") != LinkPlan.plainName("***"))
        #expect(LinkPlan.plainName("O'Dowd & Finch, Ltd.") == "o dowd finch")
    }
}
