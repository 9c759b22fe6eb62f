import TestPortal
import Testing

@testable import PortalCore

/// Somebody who knocks at every route.
struct Actor: Sendable, CustomTestStringConvertible {
    /// Whose a thing or a person is.
    enum Place: Sendable, CaseIterable {
        case portal
        /// A broker, and its two organizations.
        case acme, northgate, wooden
        /// The other broker, in another region, with an organization.
        case liberty, harbour

        var broker: Place? {
            switch self {
            case .portal: nil
            case .acme, .northgate, .wooden: .acme
            case .liberty, .harbour: .liberty
            }
        }

        var isOrganization: Bool { self == .northgate || self == .wooden || self == .harbour }
    }

    /// `nil` for nobody.
    var email: String?
    var role: Role = .customerUser
    var place: Place = .portal
    var host = TestPortal.eu
    var group: Role?
    /// Limited to Northgate Bakery.
    var isLimited = false

    var testDescription: String { "\(email ?? "nobody") at \(host)" }

    /// As the table of roles says, not as a session has it.
    var permissions: Set<Permission> {
        guard email != nil else { return [] }
        let all = role.permissions.union(group?.permissions ?? [])
        return isLimited ? all.filter { !$0.isBrokerWide } : all
    }

    /// Whether this is an address where the person works.
    var isAtHome: Bool {
        switch place.broker {
        case .acme?: host == TestPortal.eu || host == TestPortal.shop
        case .liberty?: host == TestPortal.us
        default: true
        }
    }

    private static func of(_ place: Place, _ host: String, _ domain: String) -> [Actor] {
        let roles: [(String, Role)] = [
            ("owner", .brokerOwner), ("manager", .brokerManager), ("support", .brokerSupport),
            ("billing", .brokerBilling),
            ("access", .providerAccessAdministrator),
        ]
        return roles.map { name, role in Actor(email: "\(name)@\(domain)", role: role, place: place, host: host) }
    }

    static let nobody = Actor()
    static let acmeOwner = Actor(email: "owner@acme.example", role: .brokerOwner, place: .acme)

    /// Each role of two brokers and of their organizations; people with a group and with limits; people at wrong addresses.
    static let all: [Actor] =
        [nobody, Actor(email: "admin@gatehouse.example", role: .portalAdministrator)]
        + of(.acme, TestPortal.eu, "acme.example") + of(.liberty, TestPortal.us, "liberty.example")
        + [
            Actor(email: "anna@northgate.example", role: .customerAdministrator, place: .northgate),
            Actor(email: "carl@northgate.example", role: .customerUser, place: .northgate),
            Actor(email: "wanda@wooden.example", role: .customerAdministrator, place: .wooden),
            Actor(email: "will@wooden.example", role: .customerUser, place: .wooden),
            Actor(email: "hanna@harbour.example", role: .customerAdministrator, place: .harbour, host: TestPortal.us),
            Actor(email: "harry@harbour.example", role: .customerUser, place: .harbour, host: TestPortal.us),
            Actor(
                email: "grouped@acme.example", role: .brokerBilling, place: .acme, group: .providerAccessAdministrator),
            Actor(email: "limited-manager@acme.example", role: .brokerManager, place: .acme, isLimited: true),
            Actor(email: "limited-support@acme.example", role: .brokerSupport, place: .acme, isLimited: true),
            Actor(
                email: "limited-grouped@acme.example", role: .brokerBilling, place: .acme,
                group: .providerAccessAdministrator, isLimited: true),
            Actor(email: "owner@acme.example", role: .brokerOwner, place: .acme, host: TestPortal.shop),
            Actor(email: "owner@acme.example", role: .brokerOwner, place: .acme, host: TestPortal.us),
            Actor(email: "owner@liberty.example", role: .brokerOwner, place: .liberty),
            Actor(email: "carl@northgate.example", role: .customerUser, place: .northgate, host: TestPortal.us),
        ]
}
