import PortalKit

/// Whose people a query is about. Every query of people takes one.
enum PeopleScope: Sendable, Hashable {
    /// The portal's administrators, and the people of every broker and customer.
    case portal
    /// A broker's people, and those of its customers.
    case broker(Key<Broker>)
    /// A customer's own.
    case organization(Key<Organization>, of: Key<Broker>)

    /// The condition upon `portal_user`.
    var people: SQL {
        switch self {
        case .portal: "portal_user.id IS NOT NULL"
        case .broker(let broker): "portal_user.broker_id = \(broker)"
        case .organization(let organization, let broker):
            "portal_user.broker_id = \(broker) AND portal_user.organization_id = \(organization)"
        }
    }
}

extension Visit {
    /// The people that this person sees.
    var people: PeopleScope {
        guard let broker = session.broker else { return .portal }
        guard let organization = user.organizationID else { return .broker(broker.id) }
        return .organization(organization, of: broker.id)
    }
}
