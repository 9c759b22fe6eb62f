import Foundation

/// A JSON value: to be sent, its members in the order written, or received, its members by name.
indirect enum JSON: Sendable, Equatable {
    case null
    /// A member that is left out.
    case absent
    case bool(Bool)
    case integer(Int)
    case number(Double)
    /// An amount in minor units with two decimals: 123456 is written 1234.56.
    case amount(minor: Int)
    case string(String)
    case array([JSON])
    case object([Member])

    struct Member: Sendable, Equatable {
        let name: String
        let value: JSON

        init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .absent }

    static func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }

    /// UTF-8.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null, .absent: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .number(let value):
            bytes += (value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)").utf8
        case .amount(let minor):
            let digits = minor.magnitude % 100
            bytes += "\(minor < 0 ? "-" : "")\(minor.magnitude / 100).\(digits < 10 ? "0" : "")\(digits)".utf8
        case .string(let text): Self.write(text, to: &bytes)
        case .array(let items):
            Self.writeList(items, between: "[]", to: &bytes) { $0.write(to: &$1) }
        case .object(let members):
            Self.writeList(members.filter { !$0.value.isAbsent }, between: "{}", to: &bytes) { member, bytes in
                Self.write(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
        }
    }

    var isAbsent: Bool { self == .absent }

    private static func writeList<Item>(
        _ items: [Item], between brackets: StaticString, to bytes: inout [UInt8], _ write: (Item, inout [UInt8]) -> Void
    ) {
        bytes.append(brackets.utf8Start[0])
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(item, &bytes)
        }
        bytes.append(brackets.utf8Start[1])
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += "\\\"".utf8
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case 0x0a: bytes += "\\n".utf8
            case 0x0d: bytes += "\\r".utf8
            case ..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0.0, $0.1) }) }
}
