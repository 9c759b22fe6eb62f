import Foundation
import PortalKit

/// Which of a broker's organizations, and with them which tenants, a query is about.
///
/// Every query of organizations and tenants takes one, so that the limits of a person can't be forgotten.
struct OrganizationScope: Sendable, Hashable {
    let brokerID: Key<Broker>
    private let extent: Extent

    private enum Extent: Hashable {
        case whole
        /// Those that a person is limited to, as the rows say at the time of the query.
        case limits(of: Key<User>)
        /// A customer's own.
        case one(Key<Organization>)
    }

    /// All of them: for work that acts for the broker.
    static func whole(_ broker: Key<Broker>) -> OrganizationScope {
        OrganizationScope(brokerID: broker, extent: .whole)
    }

    /// What a person sees.
    ///
    /// - Throws: ``PageError/notFound`` for people without a broker.
    init(of session: Session) throws {
        guard let broker = session.broker else { throw PageError.notFound }
        let extent: Extent =
            if let own = session.user.organizationID {
                .one(own)
            } else if session.access.organizations != nil {
                .limits(of: session.user.id)
            } else {
                .whole
            }
        self.init(brokerID: broker.id, extent: extent)
    }

    private init(brokerID: Key<Broker>, extent: Extent) {
        self.brokerID = brokerID
        self.extent = extent
    }

    var isWhole: Bool { extent == .whole }

    /// The condition upon `organization`.
    var organizations: SQL {
        switch extent {
        case .whole: "organization.broker_id = \(brokerID)"
        case .limits, .one: "organization.broker_id = \(brokerID) AND organization.id IN (\(ids))"
        }
    }

    /// The condition upon `tenant` joined with `tenant_link`. A tenant that is linked to no organization is the whole
    /// broker's only.
    var tenants: SQL {
        switch extent {
        case .whole: "tenant.broker_id = \(brokerID)"
        case .limits, .one: "tenant.broker_id = \(brokerID) AND tenant_link.organization_id IN (\(ids))"
        }
    }

    private var ids: SQL {
        switch extent {
        case .whole: "SELECT id FROM organization WHERE broker_id = \(brokerID)"
        case .limits(let user): "SELECT organization_id FROM user_organization WHERE user_id = \(user)"
        case .one(let id): "\(id)"
        }
    }
}

extension Visit {
    /// What this person sees of its broker's organizations and tenants.
    var scope: OrganizationScope {
        get throws { try OrganizationScope(of: session) }
    }
}
