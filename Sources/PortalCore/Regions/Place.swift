import PortalKit

/// Which of our addresses a request came to.
enum Place: Sendable {
    case region(Region)
    case branded(BaseURL, Broker)

    var baseURL: BaseURL {
        switch self {
        case .region(let region): region.baseURL
        case .branded(let baseURL, _): baseURL
        }
    }
}

/// The one owner of the rule who may be where.
struct Addresses: Sendable {
    let regions: [Region]

    /// `nil` for a host that is none of ours.
    func place(of host: Host, _ db: inout DatabaseConnection) throws -> Place? {
        if let region = regions.first(where: { $0.baseURL.host == host.name }) { return .region(region) }
        guard let broker = try db.broker(brandedHost: host.name) else { return nil }
        return .branded(home(of: broker).baseURL.with(host: host.name), broker)
    }

    /// The region where the broker lives, and where its providers' sign-ins start and end.
    func home(of broker: Broker) -> Region {
        regions.first { $0.id == broker.region } ?? regions[0]
    }

    /// The region where a person's sessions belong: the broker's, or, for those without a broker, any.
    func home(of user: User, broker: Broker?, at place: Place) -> Region {
        if let broker { return home(of: broker) }
        if case .region(let region) = place { return region }
        return regions[0]
    }

    /// Whether a person may work at this place: at home, or on a branded host of the own broker.
    func mayWork(_ broker: Broker?, at place: Place) -> Bool {
        switch (place, broker) {
        case (.region(let region), let broker?): home(of: broker) == region
        case (.region, nil): true
        case (.branded(_, let owner), let broker): owner.id == broker?.id
        }
    }

    /// Whether a provider's sign-in may start or end here.
    func maySignInAtProvider(_ broker: Broker, at place: Place) -> Bool {
        if case .region(let region) = place { return home(of: broker) == region }
        return false
    }

    /// The address to which a provider answers, to be registered there.
    func redirectAddress(of broker: Broker) -> String {
        redirectAddress(in: home(of: broker))
    }

    /// The one that a region's providers answer to.
    func redirectAddress(in region: Region) -> String { "\(region.baseURL)\(Self.redirectPath)" }

    /// Where the broker's own sign-in provider answers, to be registered there: an address for each broker, so that no
    /// provider's answer can be taken for another's.
    func singleSignOnAddress(of broker: Broker) -> String { "\(home(of: broker).baseURL)/sso/\(broker.id)/return" }

    /// Whether a region of this name is configured.
    func knows(region id: String) -> Bool { regions.contains { $0.id == id } }

    /// Whether all of this is on one machine, for practice or for a trial.
    var areLoopback: Bool { regions.allSatisfy(\.baseURL.isLoopback) }

    static let redirectPath = "/connections/return"
}
