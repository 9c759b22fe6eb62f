import Testing

@testable import MicrosoftContract

@Suite struct ClosedObjectTests {
    private let schemas = [
        "Named": #"{"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}"#,
        "Tree": ##"{"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Tree"}}}"##,
    ]

    @Test func `an unknown property is told with its place`() throws {
        let item = #"{"type": "object", "properties": {"b": {}}}"#
        let schema = #"{"type": "object", "properties": {"a": {"type": "array", "items": \#(item)}}}"#
        #expect(
            try findings(schema, #"{"a": [{"b": 1}, {"c/d": 1}]}"#) == ["/a/1/c~1d is not a documented property"])
    }

    @Test func `what a reference and allOf describe is known`() throws {
        let schema = #"""
            {"allOf": [{"$ref": "#/components/schemas/Named"},
                       {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer"}}}]}
            """#
        #expect(try findings(schema, #"{"name": "a", "size": 1}"#, schemas: schemas) == [])
        #expect(try findings(schema, #"{"size": 1}"#, schemas: schemas) == ["/name is missing"])
        #expect(
            try findings(schema, #"{"name": "a", "size": 1, "x": 1}"#, schemas: schemas)
                == ["/x is not a documented property"])
    }

    @Test func `only the alternative that fits adds its properties`() throws {
        let schema = #"""
            {"type": "object", "properties": {"kind": {}}, "oneOf": [
                {"type": "object", "required": ["a"], "properties": {"kind": {"const": "A"}, "a": {}}},
                {"type": "object", "required": ["b"], "properties": {"kind": {"const": "B"}, "b": {}}}]}
            """#
        #expect(try findings(schema, #"{"kind": "A", "a": 1}"#) == [])
        #expect(try findings(schema, #"{"kind": "B", "b": 1}"#) == [])
        #expect(try findings(schema, #"{"kind": "A", "a": 1, "b": 1}"#).first == " is none of 2 alternatives")
        #expect(try findings(schema, #"{"kind": "A", "b": 1}"#).first == " is none of 2 alternatives")
    }

    @Test func `a schema may lead to itself`() throws {
        let schema = ##"{"$ref": "#/components/schemas/Tree"}"##
        #expect(try findings(schema, #"{"next": {"next": {}}}"#, schemas: schemas) == [])
        #expect(
            try findings(schema, #"{"next": {"next": {"x": 1}}}"#, schemas: schemas)
                == ["/next/next/x is not a documented property"])
    }

    @Test func `names and words of a request can be compared without case`() throws {
        let schema = #"{"type": "object", "required": ["Kind"], "properties": {"Kind": {"enum": ["one_time"]}}}"#
        #expect(try findings(schema, #"{"kIND": "One_Time"}"#, ignoresCase: true) == [])
        #expect(try findings(schema, #"{"kIND": "One_Time"}"#) != [])
        #expect(try findings(schema, #"{"kinds": "one_time"}"#, ignoresCase: true).count == 2)
        #expect(
            try findings(schema, #"{"Kind": "one_time", "kind": "one_time"}"#, ignoresCase: true)
                == ["/kind stands twice, with other capitals"])
    }

    @Test func `a selection must have what was chosen, and not what is else required`() throws {
        let schema = #"{"type": "object", "x-required-unless-selected": ["id"], "properties": {"id": {}, "mail": {}}}"#
        #expect(try findings(schema, "{}") == ["/id is missing"])
        #expect(try findings(schema, #"{"mail": null}"#, selection: ["mail", "other"]) == [])
        #expect(try findings(schema, #"{"id": 1}"#, selection: ["mail"]) == ["/mail is missing"])
    }
}
