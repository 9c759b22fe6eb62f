import Crypto
import Foundation

/// Ids that follow from a name, in the manner of RFC 9562's version 5.
enum UUID5 {
    static func of(_ name: String) -> String {
        var bytes = Array(SHA256.hash(data: Array(name.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0f | 0x50
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let groups = [(0, 8), (8, 4), (12, 4), (16, 4), (20, 12)]
        return groups.map { start, length in String(digits.dropFirst(start).prefix(length)) }.joined(separator: "-")
    }
}
