import Foundation

/// Scheme, host and port of an address of ours, from configuration. Never made from a header.
package struct BaseURL: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    package let host: String
    package let port: Int?

    package init(scheme: String, host: String, port: Int?) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// `nil` for anything but `http(s)://host[:port]`.
    package init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme, ["http", "https"].contains(scheme),
            let host = parts.host.flatMap(Host.init), parts.path.isEmpty || parts.path == "/", parts.query == nil,
            parts.fragment == nil, parts.user == nil
        else { return nil }
        self.init(scheme: scheme, host: host.name, port: parts.port)
    }

    /// The same scheme and port on another host.
    func with(host: String) -> BaseURL {
        BaseURL(scheme: scheme, host: host, port: port)
    }

    package var description: String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")" }

    /// Names that lead to this machine whatever the network says.
    var isLoopback: Bool { host == "localhost" || host.hasSuffix(".localhost") || host == "127.0.0.1" || host == "::1" }
}
