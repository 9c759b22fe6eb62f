import Testing

@testable import MicrosoftContract

@Suite struct JSONParserTests {
    @Test(arguments: [
        ("1", JSONValue.integer(1)), ("1.0", .decimal(1)), ("1e2", .decimal(100)), ("-0.5", .decimal(-0.5)),
        ("\"1\"", .string("1")), ("true", .bool(true)), ("null", .null), ("[]", .array([])), ("{}", .object([:])),
        (" [ 1 , {\"a\" : [ ]} ] ", .array([.integer(1), .object(["a": .array([])])])),
        (#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#, .string("\"\\/\u{8}\u{c}\n\r\té😀")),
        ("9223372036854775807", .integer(.max)), ("9223372036854775808", .decimal(9_223_372_036_854_775_808)),
    ])
    func `a value is what was written`(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONParser.parse(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", "01", "1.", ".5", "-", "1e", "+1", "tru", "nul", "\"a", "\"\n\"", #""\x""#, #""\ud83d""#, #""\u12g4""#,
        "[1,]", "[1", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{\"a\":1", "1 2", "\u{feff}1", "1e999",
        "{\"a\":1,\"a\":2}", String(repeating: "[", count: 200),
    ])
    func `what is not JSON is refused`(_ text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test func `bad UTF-8 is refused where it stands`() {
        #expect(throws: JSONParser.Failure(reason: "bad UTF-8 in a string", offset: 3)) {
            try JSONParser.parse([0x22, 0xff, 0x22])
        }
    }
}
