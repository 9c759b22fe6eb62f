/// The few CGI variables that are not HTTP header fields. Missing ones are empty (RFC 3875, 4.1).
public struct CGIVariables: Sendable {
    /// The server block's own name, where the web server is set up to send that; not the visitor's Host field.
    public var serverName: String
    public var remoteAddress: String
    /// From `HTTPS` or `REQUEST_SCHEME`.
    public var isHTTPS: Bool

    public init(serverName: String, remoteAddress: String, isHTTPS: Bool) {
        self.serverName = serverName
        self.remoteAddress = remoteAddress
        self.isHTTPS = isHTTPS
    }
}
