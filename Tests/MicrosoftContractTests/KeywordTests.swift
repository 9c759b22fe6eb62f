import Testing

@testable import MicrosoftContract

@Suite struct KeywordTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let schema: String
        let passing: [String]
        let failing: [String]

        var testDescription: String { schema }
    }

    @Test(arguments: [
        Row(schema: #"{"type": "integer"}"#, passing: ["1", "-7"], failing: ["1.0", "\"1\"", "true", "null"]),
        Row(schema: #"{"type": "number"}"#, passing: ["1", "1.0"], failing: ["\"1\"", "false"]),
        Row(schema: #"{"type": "boolean"}"#, passing: ["true", "false"], failing: ["1", "0", "\"true\""]),
        Row(schema: #"{"type": "string"}"#, passing: ["\"\""], failing: ["1", "null"]),
        Row(schema: #"{"type": "null"}"#, passing: ["null"], failing: ["\"\"", "0", "false"]),
        Row(schema: #"{"type": "array"}"#, passing: ["[]", "[1, \"a\"]"], failing: ["{}", "null"]),
        Row(schema: #"{"type": "object"}"#, passing: ["{}", "{\"any\": 1}"], failing: ["[]", "\"{}\""]),
        Row(schema: #"{"type": ["string", "null"]}"#, passing: ["\"a\"", "null"], failing: ["1"]),
        Row(
            schema: #"{"type": "object", "properties": {"a": {"type": "integer"}}}"#,
            passing: ["{}", "{\"a\": 1}"], failing: ["{\"a\": \"1\"}", "{\"b\": 1}", "{\"A\": 1}"]),
        Row(
            schema: #"{"type": "object", "required": ["a"], "properties": {"a": {}}}"#,
            passing: ["{\"a\": null}"], failing: ["{}"]),
        Row(
            schema: #"{"type": "object", "properties": {"a": {}}, "additionalProperties": true}"#,
            passing: ["{\"b\": 1}"], failing: []),
        Row(
            schema: #"{"type": "object", "additionalProperties": false}"#, passing: ["{}"], failing: ["{\"b\": 1}"]),
        Row(
            schema: #"{"type": "object", "additionalProperties": {"type": "string"}}"#,
            passing: ["{\"b\": \"1\"}"], failing: ["{\"b\": 1}"]),
        Row(
            schema: #"{"type": "array", "items": {"type": "integer"}}"#, passing: ["[]", "[1]"],
            failing: ["[1, \"2\"]"]),
        Row(schema: #"{"type": "array", "minItems": 1}"#, passing: ["[1]"], failing: ["[]"]),
        Row(schema: #"{"type": "array", "maxItems": 1}"#, passing: ["[1]"], failing: ["[1, 2]"]),
        Row(schema: #"{"enum": ["a", 1, null]}"#, passing: ["\"a\"", "1", "null"], failing: ["1.0", "\"A\"", "true"]),
        Row(schema: #"{"const": true}"#, passing: ["true"], failing: ["1", "\"true\"", "false"]),
        Row(schema: #"{"type": "string", "pattern": "^a+$"}"#, passing: ["\"aa\""], failing: ["\"\"", "\"ab\""]),
        Row(schema: #"{"type": "string", "pattern": "b"}"#, passing: ["\"abc\""], failing: ["\"a\""]),
        Row(schema: #"{"type": "string", "minLength": 2}"#, passing: ["\"éé\""], failing: ["\"é\""]),
        Row(schema: #"{"type": "string", "maxLength": 1}"#, passing: ["\"😀\"", "\"\""], failing: ["\"ab\""]),
        Row(schema: #"{"type": "integer", "minimum": 1}"#, passing: ["1"], failing: ["0"]),
        Row(schema: #"{"type": "number", "maximum": 1.5}"#, passing: ["1.5"], failing: ["1.51", "2"]),
        Row(
            schema: #"{"anyOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 7}]}"#,
            passing: ["1", "6", "9"], failing: ["\"6\""]),
        Row(
            schema: #"{"oneOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 7}]}"#,
            passing: ["1", "9"], failing: ["6", "\"9\""]),
        Row(
            schema: #"{"allOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 7}]}"#,
            passing: ["6"], failing: ["4", "8"]),
    ])
    func `a keyword lets pass what it describes, and nothing else`(_ row: Row) throws {
        for value in row.passing { #expect(try findings(row.schema, value) == [], "\(value)") }
        for value in row.failing { #expect(try findings(row.schema, value) != [], "\(value)") }
    }

    @Test(arguments: [
        ("uuid", ["3b555118-da6a-4418-894f-7df1e2096870"], ["3b555118", "{3b555118-da6a-4418-894f-7df1e2096870}", ""]),
        (
            "date-time",
            [
                "2026-01-15T00:00:00Z", "2026-01-15T23:59:60.1234567+01:00", "2024-02-29T00:00:00Z",
                "0001-01-01T00:00:00Z",
            ],
            [
                "2026-01-15T00:00:00", "2026-01-15", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
                "2026-01-15T24:00:00Z", "2026-01-15 00:00:00Z", "",
            ]
        ),
        ("date", ["2026-01-15"], ["2026-1-15", "2026-02-30", "15.01.2026"]),
        ("duration", ["P730D", "PT0S", "P1Y2M3DT4H5M6.5S", "P2W"], ["P", "PT", "730D", "P1D2Y", "P-1D"]),
        (
            "uri", ["https://a.example/b?$top=1&c=%20", "urn:a:b"],
            ["/a/b", "https://a.example/{id}", "https://a.example/a b", ""]
        ),
    ])
    func `a format is checked`(_ format: String, _ passing: [String], _ failing: [String]) throws {
        let schema = #"{"type": "string", "format": "\#(format)"}"#
        for value in passing { #expect(try findings(schema, "\"\(value)\"") == [], "\(value)") }
        for value in failing { #expect(try findings(schema, "\"\(value)\"") != [], "\(value)") }
    }

    @Test(arguments: [
        (#"{"type": "string", "exclusiveMinimum": 1}"#, "#/exclusiveMinimum has no meaning here"),
        (#"{"nullable": true}"#, "#/nullable has no meaning here"),
        (#"{"type": "text"}"#, "#/type is not a word known here"),
        (#"{"type": "string", "format": "email"}"#, "#/format is not a word known here"),
        (#"{"type": "object", "minLength": 1}"#, "# has \"minLength\", which has no effect on its type"),
        (#"{"properties": {}}"#, "# has \"properties\", which has no effect on its type"),
        (#"{"type": "string", "minLength": "1"}"#, "#/minLength is not a count"),
        (#"{"type": "array", "items": [{}]}"#, "#/items is not an object"),
        (#"{"type": "object", "properties": {"a": {"typ": "string"}}}"#, "#/properties/a/typ has no meaning here"),
        (
            #"{"type": "object", "required": ["a", "B"], "properties": {"a": {}, "b": {}}}"#,
            "# requires \"B\", which it does not describe"
        ),
        (#"{"oneOf": []}"#, "#/oneOf is empty"),
        (#"{"$ref": "other.json#/A"}"#, "#/$ref leads out of the schemas"),
    ])
    func `a schema that would not be checked as written is refused`(_ schema: String, _ message: String) {
        let error = #expect(throws: ContractError.self) { try Schema(json: schema) }
        #expect(error?.description == message)
    }

    @Test func `a pattern that is none is refused`() {
        #expect(throws: ContractError.self) { try Schema(json: #"{"type": "string", "pattern": "("}"#) }
    }
}
