/// A text that comes as a number too: a fault's code. Absent and null are empty.
@propertyWrapper
public struct LenientText: Sendable, Equatable, Decodable {
    public var wrappedValue: String

    public init(wrappedValue: String) {
        self.wrappedValue = wrappedValue
    }

    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            wrappedValue = ""
        } else if let number = try? value.decode(Int.self) {
            wrappedValue = "\(number)"
        } else {
            wrappedValue = try value.decode(String.self)
        }
    }
}

extension KeyedDecodingContainer {
    /// What the compiler's decoding calls, so that an absent member is empty.
    func decode(_ type: LenientText.Type, forKey key: Key) throws -> LenientText {
        try decodeIfPresent(type, forKey: key) ?? LenientText(wrappedValue: "")
    }
}
