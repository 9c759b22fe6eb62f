import Foundation
import HTTPTypes
import Microsoft
import Testing

/// Whatever comes back, a call ends in a value or in a ``MicrosoftFault``.
@Suite struct FuzzTests {
    /// SplitMix64: the same answers every time.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    private static let answers = 10_000
    private static let statuses = [
        200, 200, 200, 200, 201, 202, 204, 299, 302, 400, 401, 404, 409, 410, 429, 500, 503, 999,
    ]
    private static let values = [
        "null", "true", "[]", "{}", "\"\"", "-1", "1e400", "1E-400", "99999999999999999999999999999999999999999", "0.1",
        "\"12\"", "\"NaN\"", "\"0001-01-01T00:00:00\"", "\"9999-99-99\"", "\"\\ud800\"", "\"\\u0000\"", "\"\u{202e}\"",
        "[[[[]]]]", "{\"id\":{}}", "\"https://evil.example/\"", "-0", "1.0", "NaN", "nul", "'x'",
    ]

    @Test func `every call survives ten thousand mutated answers`() async throws {
        var generator = Generator(state: 0x6761_7465_686f_7573)
        let calls = SampleCall.all
        var (values, faults) = (0, 0)
        for number in 0..<Self.answers {
            let call = calls[number % calls.count]
            let body = Self.mutated(Array(call.answer.utf8), &generator)
            let status = HTTPResponse.Status(code: Self.statuses.randomElement(using: &generator) ?? 200)
            let wire = Wire(bytes: body, status: status, Self.fields(&generator))
            do {
                try await call.run(wire, SampleCall.id)
                values += 1
            } catch is MicrosoftFault {
                faults += 1
            } catch {
                let shown = String(decoding: body.prefix(300), as: UTF8.self)
                Issue.record("\(call.name), answer \(number): \(error) of \(shown)")
            }
        }
        #expect(values + faults == Self.answers && values > 500 && faults > 500)
    }

    private static func mutated(_ body: [UInt8], _ generator: inout Generator) -> [UInt8] {
        var body = body
        // Mutations come alone and together.
        for _ in 0..<Int.random(in: 1...2, using: &generator) { mutate(&body, &generator) }
        return body
    }

    private static func mutate(_ body: inout [UInt8], _ generator: inout Generator) {
        let place = Int.random(in: 0...body.count, using: &generator)
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: body.removeSubrange(place...)
        case 1: body = []
        case 2: body = Array("<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>".utf8)
        case 3: body = [0xef, 0xbb, 0xbf] + body
        case 4: body = deep(Int.random(in: 2...12_000, using: &generator), body, &generator)
        case 5: body.insert(contentsOf: [0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80].shuffled(using: &generator), at: place)
        case 6: body.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 7, 8, 9: replaceValue(&body, &generator)
        case 10: body = duplicated(body)
        default: body.replaceSubrange(place..., with: body.prefix(place).reversed())
        }
    }

    private static func deep(_ levels: Int, _ body: [UInt8], _ generator: inout Generator) -> [UInt8] {
        let (open, close) = Bool.random(using: &generator) ? ("[", "]") : (#"{"error":"#, "}")
        let isClosed = Bool.random(using: &generator)
        let middle = isClosed ? body : []
        return Array(String(repeating: open, count: levels).utf8) + middle
            + (isClosed ? Array(String(repeating: close, count: levels).utf8) : [])
    }

    /// Puts another value after one of the colons, in the place of the one up to the next comma or bracket.
    private static func replaceValue(_ body: inout [UInt8], _ generator: inout Generator) {
        let colons = body.indices.filter {
            body[$0] == UInt8(ascii: ":") && $0 > 0 && body[$0 - 1] == UInt8(ascii: "\"")
        }
        guard let colon = colons.randomElement(using: &generator) else { return }
        let start = colon + 1
        let ends: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")]
        let end = body[start...].firstIndex { ends.contains($0) } ?? body.endIndex
        let value = values.randomElement(using: &generator) ?? "null"
        body.replaceSubrange(start..<end, with: Array(value.utf8))
    }

    /// Every member twice, the second time with another value.
    private static func duplicated(_ body: [UInt8]) -> [UInt8] {
        guard body.first == UInt8(ascii: "{"), body.count > 2 else { return body }
        let members = body.dropFirst().dropLast()
        return [UInt8(ascii: "{")] + members + [UInt8(ascii: ",")] + members
            + Array(#","id":5,"value":7,"items":{}}"#.utf8)
    }

    private static func fields(_ generator: inout Generator) -> [String: String] {
        let locations = [
            "https://graph.example/v1.0/x/operations/o1", "https://evil.example/", "", "/v1.0/x", "\u{0}", "ä",
        ]
        return [
            "Location": locations.randomElement(using: &generator) ?? "",
            "Retry-After": ["5", "-1", "x", "99999999999999999999", "Thu, 15 Jan 2026 10:00:00 GMT"].randomElement(
                using: &generator) ?? "",
            "Date": ["Thu, 15 Jan 2026 10:00:00 GMT", "never"].randomElement(using: &generator) ?? "",
        ]
    }
}
