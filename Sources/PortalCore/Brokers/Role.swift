/// What a person is. One table, ``permissions``, drives menus, buttons, routes and the test that walks them; docs/roles.md
/// shows it.
enum Role: String, Sendable, CaseIterable, SQLConvertible {
    case portalAdministrator = "portal-administrator"
    case brokerOwner = "broker-owner"
    case brokerManager = "broker-manager"
    /// Looks, and changes nothing.
    case brokerSupport = "broker-support"
    case brokerBilling = "broker-billing"
    /// Connects, sets up and links tenants. A plugin's manifest may give it the name that its users know.
    case providerAccessAdministrator = "provider-access-administrator"
    case customerAdministrator = "customer-administrator"
    case customerUser = "customer-user"

    var permissions: Set<Permission> {
        switch self {
        case .portalAdministrator:
            [
                .seeHome, .managePlugins, .manageBrokers, .seeUsers, .manageUsers, .seeAttention, .manageAttention,
                .seeMail, .seeAddresses, .seeAudit,
            ]
        case .brokerOwner:
            Role.brokerManager.permissions.union([.manageUsers, .manageGroups, .seeSecurity, .manageSecurity])
        case .brokerManager:
            Role.providerAccessAdministrator.permissions.union([
                .manageServices, .seeStore, .seeUsers, .seeGroups, .seeAudit,
            ])
        case .brokerSupport:
            Role.brokerBilling.permissions.union([.seeJobs, .seeSetups])
        case .brokerBilling:
            [.seeHome, .seeServices, .seeConnections, .seeOrganizations, .seeTenants, .seeStore, .seeAttention]
        case .providerAccessAdministrator:
            [
                .seeHome, .seeServices, .seeConnections, .manageConnections, .seeOrganizations, .seeTenants,
                .linkTenants, .seeSetups, .setUpTenants, .seeJobs, .manageJobs, .seeAttention, .manageAttention,
            ]
        case .customerAdministrator: Role.customerUser.permissions.union([.seeUsers, .manageUsers])
        case .customerUser: [.seeHome, .seeOwnOrganization, .seeStore]
        }
    }

    var title: String {
        switch self {
        case .portalAdministrator: "Portal administrator"
        case .brokerOwner: "Broker owner"
        case .brokerManager: "Broker manager"
        case .brokerSupport: "Broker support (view only)"
        case .brokerBilling: "Broker billing (view only)"
        case .providerAccessAdministrator: "Provider access administrator"
        case .customerAdministrator: "Customer administrator"
        case .customerUser: "Customer user"
        }
    }

    /// Whether a person of this role must have a second factor.
    var needsSecondFactor: Bool { self == .portalAdministrator || self == .brokerOwner }

    /// Whether a broker's person of this role can be limited to chosen organizations. Owners answer for the whole.
    var canBeLimited: Bool {
        switch self {
        case .brokerManager, .brokerSupport, .brokerBilling, .providerAccessAdministrator: true
        case .portalAdministrator, .brokerOwner, .customerAdministrator, .customerUser: false
        }
    }
}

/// What a route may ask for.
enum Permission: String, Sendable, CaseIterable {
    case seeHome, seeServices, manageServices, seeConnections, manageConnections, seeOrganizations, seeTenants,
        linkTenants, seeSetups, setUpTenants
    case seeJobs, manageJobs, seeStore, seeOwnOrganization, seeUsers, manageUsers, seeGroups, manageGroups
    case seeSecurity, manageSecurity
    case managePlugins, manageBrokers, seeAttention, manageAttention, seeMail, seeAddresses, seeAudit

    /// Whether it reaches beyond single organizations: nothing for people who are limited to some.
    var isBrokerWide: Bool {
        switch self {
        case .seeHome, .seeServices, .seeOrganizations, .seeTenants, .seeStore, .seeOwnOrganization: false
        default: true
        }
    }
}
