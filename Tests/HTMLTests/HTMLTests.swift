import HTML
import Testing

@Suite struct HTMLTests {
    @Test func `text is escaped and HTML is not`() {
        let name = #"<b>"Tom & 'Ana'"</b>"#
        let inner: HTML = "<i>\(name)</i>"
        let page: HTML = "<p>\(inner)</p>"
        #expect(page.description == "<p><i>&lt;b&gt;&quot;Tom &amp; &#39;Ana&#39;&quot;&lt;/b&gt;</i></p>")
    }

    @Test(arguments: [
        ("/tenants?page=2", "/tenants?page=2"), ("https://a.example/?x=1&y=2", "https://a.example/?x=1&amp;y=2"),
        ("mailto:a@b.example", "mailto:a@b.example"), ("?sort=name", "?sort=name"), ("javascript:alert(1)", "#"),
        ("JaVaScRiPt:alert(1)", "#"), ("//evil.example", "#"), ("/\\evil.example", "#"), ("data:text/html,x", "#"),
        ("java\nscript:alert(1)", "#"), ("/\t/evil.example", "#"), ("", "#"),
    ])
    func `only safe addresses are linked`(address: String, written: String) {
        let link: HTML = #"<a href="\#(url: address)">x</a>"#
        #expect(link.description == #"<a href="\#(written)">x</a>"#)
    }

    @Test func `attributes are quoted, and left out when there is no value`() {
        let value: String? = #"a"b"#
        let none: String? = nil
        let html: HTML =
            "<input\(attribute: "value", value)\(attribute: "id", none)\(attribute: "required", true)\(attribute: "disabled", false)>"
        #expect(html.description == #"<input value="a&quot;b" required>"#)
    }

    @Test func `when and each build pieces, not strings`() {
        let rows: HTML =
            "<ul>\(each([1, 2]) { "<li>\($0)</li>" })\(when(false, "<li>no</li>"))\(when(Int?.some(3)) { "<li>\($0)</li>" })</ul>"
        #expect(rows.description == "<ul><li>1</li><li>2</li><li>3</li></ul>")
    }
}
