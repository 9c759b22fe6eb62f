import Foundation

/// Microsoft's answers as bytes: some begin with a byte-order mark (visible in Partner Center's own samples), and a broken
/// or hostile one is turned away before anything recursive reads it.
enum MicrosoftJSON {
    /// The documented answers nest 8 levels at most.
    static let deepest = 64
    /// A page of 2,000 invoice lines has about 5 MB.
    static let longest = 32 << 20

    static func decode<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) throws -> Value {
        let text = body.starts(with: [0xef, 0xbb, 0xbf]) ? body.dropFirst(3) : body[...]
        try check(text)
        return try JSONDecoder().decode(type, from: Data(text))
    }

    private static func check(_ text: ArraySlice<UInt8>) throws {
        guard text.count <= longest else { throw Unreadable.tooLong }
        var (depth, isInString, isEscaped) = (0, false, false)
        for byte in text {
            // Control bytes are not part of JSON, and would pass for UTF-16.
            guard byte >= 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { throw Unreadable.notJSON }
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                guard depth <= deepest else { throw Unreadable.tooDeep }
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
        }
        guard String(validating: text, as: UTF8.self) != nil else { throw Unreadable.notJSON }
    }

    enum Unreadable: Error {
        case tooLong, tooDeep, notJSON
    }
}
