/// Reads JSON (RFC 8259) without forgiving anything: a repeated member name, bad UTF-8 or text behind the value is an
/// error.
///
/// Foundation's readers lose the difference between `1` and `1.0`, on Linux that between `1` and `true` too, and take
/// the last of two members with one name.
struct JSONParser {
    struct Failure: Error, Equatable, CustomStringConvertible {
        let reason: String
        /// In bytes.
        let offset: Int

        var description: String { "\(reason) at byte \(offset)" }
    }

    private static let maxDepth = 128

    private let bytes: [UInt8]
    private var position = 0

    static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.next == nil else { throw parser.failure("something stands behind the value") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func failure(_ reason: String) -> Failure { Failure(reason: reason, offset: position) }

    private mutating func skipSpace() {
        while let next, next == 0x20 || next == 0x0a || next == 0x0d || next == 0x09 { position += 1 }
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let rest = bytes[position...]
        guard rest.starts(with: text.description.utf8) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth <= Self.maxDepth else { throw failure("too deep") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t") where skip("true"): return .bool(true)
        case UInt8(ascii: "f") where skip("false"): return .bool(false)
        case UInt8(ascii: "n") where skip("null"): return .null
        default: return try number()
        }
    }

    private mutating func members(depth: Int) throws(Failure) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        _ = skip("{")
        skipSpace()
        if skip("}") { return members }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw failure("a member's name is missing") }
            let name = try string()
            skipSpace()
            guard skip(":") else { throw failure("a colon is missing") }
            let member = try value(depth: depth)
            guard members.updateValue(member, forKey: name) == nil else { throw failure("\"\(name)\" stands twice") }
            skipSpace()
        } while skip(",")
        guard skip("}") else { throw failure("an object is not closed") }
        return members
    }

    private mutating func elements(depth: Int) throws(Failure) -> [JSONValue] {
        var elements: [JSONValue] = []
        _ = skip("[")
        skipSpace()
        if skip("]") { return elements }
        repeat {
            elements.append(try value(depth: depth))
            skipSpace()
        } while skip(",")
        guard skip("]") else { throw failure("an array is not closed") }
        return elements
    }

    private mutating func string() throws(Failure) -> String {
        var text: [UInt8] = []
        position += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw failure("a control character in a string") }
            if byte == UInt8(ascii: "\\") {
                text += String(try escaped()).utf8
            } else {
                text.append(byte)
                position += 1
            }
        }
        guard skip("\"") else { throw failure("a string is not closed") }
        guard let string = String(validating: text, as: UTF8.self) else { throw failure("bad UTF-8 in a string") }
        return string
    }

    private mutating func escaped() throws(Failure) -> Unicode.Scalar {
        position += 1
        guard let byte = next else { throw failure("a string is not closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try scalar()
        default: throw failure("an unknown escape")
        }
    }

    private mutating func scalar() throws(Failure) -> Unicode.Scalar {
        var code = try fourDigits()
        if (0xd800..<0xdc00).contains(code), skip("\\u") {
            let low = try fourDigits()
            guard (0xdc00..<0xe000).contains(low) else { throw failure("half a surrogate pair") }
            code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
        return scalar
    }

    private mutating func fourDigits() throws(Failure) -> UInt32 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("not four hexadecimal digits") }
        position += 4
        return code
    }

    private mutating func number() throws(Failure) -> JSONValue {
        let start = position
        _ = skip("-")
        let startsWithZero = next == UInt8(ascii: "0")
        guard let whole = skipDigits(), whole == 1 || !startsWithZero else { throw failure("not a JSON value") }
        var isInteger = true
        if skip(".") {
            isInteger = false
            guard skipDigits() != nil else { throw failure("a fraction without digits") }
        }
        if skip("e") || skip("E") {
            isInteger = false
            if !skip("+") { _ = skip("-") }
            guard skipDigits() != nil else { throw failure("an exponent without digits") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int(text) { return .integer(integer) }
        guard let decimal = Double(text), decimal.isFinite else { throw failure("a number out of range") }
        return .decimal(decimal)
    }

    /// How many there were; nil for none.
    private mutating func skipDigits() -> Int? {
        let start = position
        while let next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { position += 1 }
        return position == start ? nil : position - start
    }
}
