import Foundation

/// Reading what a caller sent. Names are matched without case where the service does so.
extension JSON {
    /// Nil for what is no JSON. A byte-order mark is passed over.
    init?(_ bytes: some Collection<UInt8>) {
        let data = Data(bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...])
        guard let value = try? JSONDecoder().decode(JSON.self, from: data) else { return nil }
        self = value
    }

    /// A member of an object; ``absent`` where there is none. A name is found in any case when it has no exact match.
    subscript(_ name: String) -> JSON {
        guard case .object(let members) = self else { return .absent }
        let lowered = name.lowercased()
        return (members.first { $0.name == name } ?? members.first { $0.name.lowercased() == lowered })?.value
            ?? .absent
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }
    var items: [JSON]? { if case .array(let items) = self { items } else { nil } }
    var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    var boolean: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// A whole number, also when it came as 3.0.
    var wholeNumber: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        default: nil
        }
    }

    /// An object with these members set; others stay in their places.
    func setting(_ changes: [(name: String, value: JSON)]) -> JSON {
        var members = self.members ?? []
        for (name, value) in changes {
            if let index = members.firstIndex(where: { $0.name == name }) {
                members[index] = Member(name, value)
            } else {
                members.append(Member(name, value))
            }
        }
        return .object(members)
    }
}

extension JSON: Codable {
    init(from decoder: any Decoder) throws {
        if let keyed = try? decoder.container(keyedBy: AnyKey.self) {
            self = .object(
                try keyed.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
                    Member($0.stringValue, try keyed.decode(JSON.self, forKey: $0))
                })
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var items: [JSON] = []
            while !list.isAtEnd { items.append(try list.decode(JSON.self)) }
            self = .array(items)
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let value = try? single.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? single.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? single.decode(Double.self) {
            self = .number(value)
        } else {
            self = .string(try single.decode(String.self))
        }
    }

    /// In the state file: as JSON, `absent` and `amount` as their nearest.
    func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let members):
            var keyed = encoder.container(keyedBy: AnyKey.self)
            for member in members where !member.value.isAbsent {
                try keyed.encode(member.value, forKey: AnyKey(member.name))
            }
        default:
            var single = encoder.singleValueContainer()
            switch self {
            case .bool(let value): try single.encode(value)
            case .integer(let value): try single.encode(value)
            case .number(let value): try single.encode(value)
            case .amount(let minor): try single.encode(Double(minor) / 100)
            case .string(let value): try single.encode(value)
            case .array(let items): try single.encode(items)
            default: try single.encodeNil()
            }
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
