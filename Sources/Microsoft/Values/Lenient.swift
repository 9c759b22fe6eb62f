public import Foundation

/// A member that Microsoft writes in several ways: a number as a text, a date without zone, "no date" as a date. Absent,
/// null and empty are nil; anything else that is not such a value makes the answer unreadable.
@propertyWrapper
public struct Lenient<Value: ReadLeniently>: Sendable, Equatable, Decodable {
    public var wrappedValue: Value?

    public init(wrappedValue: Value?) {
        self.wrappedValue = wrappedValue
    }

    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        wrappedValue = value.decodeNil() ? nil : try Value.readLeniently(value)
    }
}

public protocol ReadLeniently: Sendable, Equatable {
    static func readLeniently(_ value: any SingleValueDecodingContainer) throws -> Self?
}

extension Int: ReadLeniently {
    public static func readLeniently(_ value: any SingleValueDecodingContainer) throws -> Int? {
        if let number = try? value.decode(Int.self) { return number }
        let text = try value.decode(String.self)
        if text.isEmpty { return nil }
        guard let number = Int(text) else { throw value.notOfForm("an integer") }
        return number
    }
}

extension Decimal: ReadLeniently {
    public static func readLeniently(_ value: any SingleValueDecodingContainer) throws -> Decimal? {
        var number = try? value.decode(Decimal.self)
        if number == nil {
            let text = try value.decode(String.self)
            if text.isEmpty { return nil }
            let isNumber = text.wholeMatch(of: /[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?/) != nil
            number = isNumber ? Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) : nil
        }
        guard let number, number.isFinite else { throw value.notOfForm("a decimal number") }
        return number
    }
}

extension Date: ReadLeniently {
    public static func readLeniently(_ value: any SingleValueDecodingContainer) throws -> Date? {
        switch MicrosoftDate.read(try value.decode(String.self)) {
        case .date(let date): date
        case .none: nil
        case .malformed: throw value.notOfForm("a date")
        }
    }
}

extension KeyedDecodingContainer {
    /// What the compiler's decoding calls, so that an absent member is nil.
    func decode<Value>(_ type: Lenient<Value>.Type, forKey key: Key) throws -> Lenient<Value> {
        try decodeIfPresent(type, forKey: key) ?? Lenient(wrappedValue: nil)
    }
}

extension SingleValueDecodingContainer {
    fileprivate func notOfForm(_ form: String) -> DecodingError {
        .dataCorruptedError(in: self, debugDescription: "It is not \(form).")
    }
}
