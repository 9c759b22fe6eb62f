/// A JSON value as it was written: `1`, `1.0`, `"1"` and `true` are four different values.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number without fraction and exponent.
    case integer(Int)
    /// Any other number.
    case decimal(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    var type: JSONType {
        switch self {
        case .null: .null
        case .bool: .boolean
        case .integer: .integer
        case .decimal: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Written as JSON.
    var json: String {
        switch self {
        case .null: "null"
        case .bool(let flag): String(flag)
        case .integer(let number): String(number)
        case .decimal(let number): String(number)
        case .string(let text): Self.quoted(text)
        case .array(let elements): "[\(elements.map(\.json).joined(separator: ","))]"
        case .object(let members): "{\(Self.list(members))}"
        }
    }

    private static func list(_ members: [String: JSONValue]) -> String {
        members.sorted { $0.key < $1.key }.map { "\(quoted($0)):\($1.json)" }.joined(separator: ",")
    }

    private static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\u{0}"..<" ":
                "\\u\(String(scalar.value + 0x10000, radix: 16).dropFirst())"
            default: String(scalar)
            }
        }
        return "\"\(scalars.joined())\""
    }
}

/// The values of the keyword `type`.
enum JSONType: String, Sendable {
    case null, boolean, integer, number, string, array, object

    func covers(_ other: JSONType) -> Bool { self == other || (self == .number && other == .integer) }
}
