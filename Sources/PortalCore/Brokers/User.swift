import Foundation
import PortalKit

/// A person who signs in.
struct User: Sendable, Hashable {
    let id: Key<User>
    let email: String
    let name: String
    let role: Role
    let brokerID: Key<Broker>?
    let organizationID: Key<Organization>?
}

/// What a person is. One table, ``permissions``, drives menus, buttons, routes and the test that walks them.
enum Role: String, Sendable, SQLConvertible {
    case portalAdministrator = "portal-administrator"
    case brokerOwner = "broker-owner"
    /// Looks, and changes nothing.
    case brokerSupport = "broker-support"
    case customerAdministrator = "customer-administrator"

    var permissions: Set<Permission> {
        switch self {
        case .portalAdministrator: [.seeHome, .managePlugins, .seeAudit]
        case .brokerOwner:
            [
                .seeHome, .seeServices, .manageServices, .manageConnections, .seeOrganizations, .seeTenants,
                .linkTenants,
                .seeJobs, .manageJobs, .seeStore, .seeAudit,
            ]
        case .brokerSupport: [.seeHome, .seeServices, .seeOrganizations, .seeTenants, .seeJobs, .seeStore]
        case .customerAdministrator: [.seeHome, .seeOwnOrganization, .seeStore]
        }
    }

    var title: String {
        switch self {
        case .portalAdministrator: "Portal administrator"
        case .brokerOwner: "Broker owner"
        case .brokerSupport: "Broker support (view only)"
        case .customerAdministrator: "Customer administrator"
        }
    }
}

/// What a route may ask for.
enum Permission: String, Sendable {
    case seeHome, seeServices, manageServices, manageConnections, seeOrganizations, seeTenants, linkTenants
    case seeJobs, manageJobs, seeStore, seeOwnOrganization, managePlugins, seeAudit
}
