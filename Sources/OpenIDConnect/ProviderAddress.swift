import Foundation
public import HTTPTypes

/// An address at a provider that a client may call: https, or http on this very machine.
public struct ProviderAddress: Sendable, Hashable {
    public let text: String
    public let scheme: String
    /// Lower case, without brackets.
    public let host: String
    public let port: Int?
    /// With the query. A path may begin with two slashes: some providers print theirs so.
    public let path: String

    private static let maxBytes = 2_000

    /// `nil` for everything else: another scheme, a name and password before the host, a fragment, blanks, back slashes.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.maxBytes,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }),
            !text.contains("#"), let colon = text.range(of: "://")
        else { return nil }
        let rest = text[colon.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        guard let (host, port) = Self.hostAndPort(rest[..<end]) else { return nil }
        self.text = text
        scheme = text[..<colon.lowerBound].lowercased()
        self.host = host
        self.port = port
        path = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/\(rest[end...])"
        guard scheme == "https" || (scheme == "http" && isLoopback) else { return nil }
    }

    /// Whether it names this machine, by a name or address that can't mean another.
    public var isLoopback: Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    public func request(_ method: HTTPRequest.Method, _ fields: HTTPFields) -> HTTPRequest {
        let name = host.contains(":") ? "[\(host)]" : host
        return HTTPRequest(
            method: method, scheme: scheme, authority: port.map { "\(name):\($0)" } ?? name, path: path,
            headerFields: fields)
    }

    /// The address with more in its query.
    func adding(_ parameters: [String: String]) -> String {
        let query = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.formEncoded)" }
        return text + (text.contains("?") ? "&" : "?") + query.joined(separator: "&")
    }

    private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
        var name = authority
        var port: Int?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let number = UInt16(authority[authority.index(after: colon)...]), number > 0 else { return nil }
            port = Int(number)
            name = authority[..<colon]
        }
        if name.hasPrefix("["), name.hasSuffix("]") {
            let inner = name.dropFirst().dropLast().lowercased()
            return inner.contains(":") && inner.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." })
                ? (inner, port) : nil
        }
        let isName = name.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == "_")
        }
        return isName && !name.isEmpty ? (name.lowercased(), port) : nil
    }
}
