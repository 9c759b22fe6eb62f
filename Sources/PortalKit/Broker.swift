/// A partner who uses the portal: what a plugin may know of it.
public struct Broker: Sendable, Hashable {
    public let id: Key<Broker>
    public let name: String
    /// The one region where it lives: `eu`, `us`.
    public let region: String

    public init(id: Key<Broker>, name: String, region: String) {
        self.id = id
        self.name = name
        self.region = region
    }
}
