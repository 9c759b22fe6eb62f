public import Foundation

/// A JSON document of any shape, kept as it came: what is given back whole, or is not known before it is looked at.
public enum JSON: Sendable, Equatable, Codable {
    case null
    case bool(Bool)
    case number(Decimal)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .string(text)
        } else if let members = try? decoder.container(keyedBy: AnyKey.self) {
            self = .object(
                try Dictionary(
                    members.allKeys.map { ($0.stringValue, try members.decode(JSON.self, forKey: $0)) },
                    uniquingKeysWith: { first, _ in first }))
        } else if var items = try? decoder.unkeyedContainer() {
            var all: [JSON] = []
            while !items.isAtEnd { all.append(try items.decode(JSON.self)) }
            self = .array(all)
        } else if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .bool(flag)
        } else {
            self = .number(try value.decode(Decimal.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let flag): try value.encode(flag)
        case .number(let number): try value.encode(number)
        case .string(let text): try value.encode(text)
        case .array(let items): try value.encode(items)
        case .object(let members): try value.encode(members)
        }
    }

    /// A member; nil for what has none. Setting it makes an object.
    public subscript(_ name: String) -> JSON? {
        get {
            if case .object(let members) = self { members[name] } else { nil }
        }
        set {
            var members: [String: JSON] = if case .object(let present) = self { present } else { [:] }
            members[name] = newValue
            self = .object(members)
        }
    }

    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    public var number: Decimal? {
        if case .number(let number) = self { number } else { nil }
    }

    public var array: [JSON]? {
        if case .array(let items) = self { items } else { nil }
    }

    public var isObject: Bool {
        if case .object = self { true } else { false }
    }
}

/// A member's name that is not known before.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) { nil }
}
