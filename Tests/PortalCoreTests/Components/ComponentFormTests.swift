import Foundation
import HTML
import Testing

@testable import PortalCore

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
