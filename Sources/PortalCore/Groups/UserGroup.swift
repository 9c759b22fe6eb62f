import PortalKit

/// Some of a broker's people, who have its role beside their own.
struct UserGroup: Sendable, Hashable {
    let id: Key<UserGroup>
    let brokerID: Key<Broker>
    let name: String
    let role: Role

    var path: String { "/groups/\(id)" }
}
