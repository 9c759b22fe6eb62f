import PortalKit
import Testing

@Suite struct FormTests {
    private let form = Form(
        fields: [
            Field(name: "id", label: "id") { text in
                guard text != "bad" else { throw FieldProblem("Not that one.") }
                return text.lowercased()
            },
            Field(name: "note", label: "note", isRequired: false),
        ],
        submit: "Save")

    @Test func `what was typed is trimmed and understood`() {
        let read = form.read(["id": " \n ABC ", "note": "  "])
        #expect(read.problems.isEmpty && read.values["id"] == "abc" && read.values["note"] == "")
    }

    @Test func `an empty required field and a refused one are told with words`() {
        #expect(form.read([:]).problems == ["id": FieldProblem("Enter the id.")])
        #expect(form.read(["id": "bad"]).problems == ["id": FieldProblem("Not that one.")])
    }

    @Test func `a field that the form does not have is not taken`() {
        #expect(form.read(["id": "a", "broker_id": "x"]).values.all == ["id": "a"])
    }
}
