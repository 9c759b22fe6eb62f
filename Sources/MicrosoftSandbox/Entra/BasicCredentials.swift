import Foundation

/// A client's id and secret in HTTP Basic; RFC 6749 §2.3.1: both halves are form-encoded.
struct BasicCredentials {
    let id: String
    let secret: String

    /// Nil for another scheme, and for what can't be read.
    init?(_ header: String) {
        guard header.lowercased().hasPrefix("basic "), let data = Data(base64Encoded: String(header.dropFirst(6)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let id = String(parts[0]).percentDecoded(),
            let secret = String(parts[1]).percentDecoded()
        else { return nil }
        self.id = id
        self.secret = secret
    }
}
