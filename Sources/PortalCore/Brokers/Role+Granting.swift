/// Who may give which role to whom.
extension Role {
    /// What a role is about: a person keeps to one of them for good.
    enum Realm: String, Sendable, CaseIterable {
        case portal, broker, organization
    }

    var realm: Realm {
        switch self {
        case .portalAdministrator: .portal
        case .brokerOwner, .brokerManager, .brokerSupport, .brokerBilling, .providerAccessAdministrator: .broker
        case .customerAdministrator, .customerUser: .organization
        }
    }

    static func all(of realm: Realm) -> [Role] { allCases.filter { $0.realm == realm } }

    /// The roles that a person of this one gives and takes; nobody gives more than what is the giver's to look after.
    var grants: [Role] {
        switch self {
        case .portalAdministrator: Role.allCases
        case .brokerOwner: Role.all(of: .broker) + Role.all(of: .organization)
        case .customerAdministrator: Role.all(of: .organization)
        case .brokerManager, .brokerSupport, .brokerBilling, .providerAccessAdministrator, .customerUser: []
        }
    }

    /// Whether a group can give it: what can't be limited is given to persons by name.
    var canBeOfGroup: Bool { canBeLimited }
}
