import Glibc
import HTTPTypes

/// Turns `ACCEPT_LANGUAGE` into `accept-language`, and remembers how: checking a name anew costs more than the rest of
/// the conversion.
struct HeaderFieldNames {
    /// A visitor can send any number of names. At this many, everything is forgotten.
    static let limit = 64

    /// Never header fields, whatever is sent: `Proxy` would be taken for `HTTP_PROXY` by HTTP clients (httpoxy); the
    /// others have variables of their own, or describe a connection that ended at the web server.
    private static let ignored: Set<String> = ["proxy", "host", "content-length", "content-type", "transfer-encoding"]

    private var known: [(variable: [UInt8], name: HTTPField.Name?)] = []

    /// - Parameter variable: without its `HTTP_`.
    /// - Returns: nil for what can't be, or must not become, a header field's name.
    mutating func name(for variable: UnsafeBufferPointer<UInt8>) -> HTTPField.Name? {
        guard let start = variable.baseAddress else { return nil }
        for entry in known where entry.variable.count == variable.count {
            if memcmp(entry.variable, start, variable.count) == 0 { return entry.name }
        }
        let text = String(decoding: variable.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
            .lowercased()
        let name = Self.ignored.contains(text) ? nil : HTTPField.Name(text)
        if known.count == Self.limit { known.removeAll(keepingCapacity: true) }
        known.append((Array(variable), name))
        return name
    }
}
