import Foundation

/// Finds what JSON's readers disagree about: an object that names a member twice.
///
/// It judges nothing else; whether the text is JSON at all is the decoder's to say.
struct DuplicateMembers {
    private static let maxDepth = 64

    private let bytes: [UInt8]
    private var position = 0
    /// Of each open object the names seen so far; `nil` for an array.
    private var open: [Set<String>?] = []

    /// Whether there are any. A text nested deeper than any of ours counts as if it had.
    static func exist(in json: some Collection<UInt8>) -> Bool {
        var scan = DuplicateMembers(bytes: Array(json))
        return scan.findsOne()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func findsOne() -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "{"): open.append([])
            case UInt8(ascii: "["): open.append(nil)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            case UInt8(ascii: "\""):
                let text = string()
                guard isName, var names = open.last ?? nil else { continue }
                guard names.insert(text).inserted else { return true }
                open[open.count - 1] = names
            default: break
            }
            if open.count > Self.maxDepth { return true }
        }
        return false
    }

    /// Reads to the closing quote; its escapes are resolved, so that no spelling hides a name.
    private mutating func string() -> String {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(position, bytes.count)
        position = end + 1
        let raw = bytes[start..<end]
        guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
        let quoted = [UInt8(ascii: "\"")] + raw + [UInt8(ascii: "\"")]
        return (try? JSONDecoder().decode(String.self, from: Data(quoted))) ?? String(decoding: raw, as: UTF8.self)
    }

    /// Whether a colon follows.
    private var isName: Bool {
        bytes[min(position, bytes.count)...].first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) } == UInt8(ascii: ":")
    }
}
