/// How one sandbox is set up. The defaults are those of `microsoft-sandbox` without options.
public struct SandboxConfiguration: Sendable {
    /// A loopback address: the sandbox holds well-known passwords and must not be reachable from elsewhere.
    public var host: String
    public var port: Int
    /// The redirect URIs registered for the application, compared character by character as Entra does.
    public var redirectURIs: [String]
    /// The origin that stands in issuers and endpoint addresses; `http://host:port` when nil. No path, no slash at its
    /// end.
    public var publicBase: String?
    /// Where keys, consents and redeemed codes are kept, so that connections outlive a restart; in memory when nil.
    public var stateFile: String?
    /// The world of the first day, and after every reset.
    public var world: WorldSettings
    /// The most customers that one page of Partner Center's list holds. Microsoft documents none; a small one makes paging
    /// visible.
    public var largestPage: Int

    public init(
        host: String = "127.0.0.1",
        port: Int = 8090,
        redirectURIs: [String] = [],
        publicBase: String? = nil,
        stateFile: String? = nil,
        world: WorldSettings = WorldSettings(),
        largestPage: Int = 500
    ) {
        self.host = host
        self.port = port
        self.redirectURIs = redirectURIs
        self.publicBase = publicBase
        self.stateFile = stateFile
        self.world = world
        self.largestPage = largestPage
    }

    /// The origin under which everything is served.
    public var base: String { publicBase ?? "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
