/// The query of a call; values are percent-encoded, an absent one is left out.
struct Query: Sendable, ExpressibleByDictionaryLiteral {
    private var items: [(name: String, value: String)] = []

    init(dictionaryLiteral elements: (StaticString, String?)...) {
        for (name, value) in elements {
            if let value { items.append((name.description, value)) }
        }
    }

    mutating func append(_ name: StaticString, _ value: String?) {
        if let value { items.append((name.description, value)) }
    }

    /// With the question mark; empty when there is nothing to ask.
    var text: String {
        guard !items.isEmpty else { return "" }
        return "?" + items.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            if byte.isUnreserved || byte == UInt8(ascii: ",") {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
