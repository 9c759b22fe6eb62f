import Foundation
import PortalKit

/// A tenant as the portal knows it, with its link and its presence at one source.
struct StoredTenant: Sendable {
    let id: Key<StoredTenant>
    let brokerID: Key<Broker>
    let key: TenantKey
    let name: String
    let domains: [DiscoveredTenant.Domain]
    /// When its details were read; the list alone does not tell verified domains.
    let detailsAt: Date?
    let firstSeenAt: Date
    let excludedAt: Date?
    let excludedReason: String?
    let source: Key<PluginManifest>
    let presence: Presence
    let presenceSince: Date
    let presenceReason: String?
    let link: Link?

    struct Link: Sendable {
        let organizationID: Key<Organization>
        let organizationName: String
        let reason: String
        let at: Date
        let by: String
    }

    enum Presence: String, Sendable, SQLConvertible {
        case present, gone, unreachable
    }

    /// The one state that counts in the totals.
    enum State: String, Sendable, CaseIterable {
        case linked, unlinked, excluded, unreachable, gone
    }

    var state: State {
        switch presence {
        case .gone: .gone
        case .unreachable: .unreachable
        case .present: excludedAt != nil ? .excluded : link != nil ? .linked : .unlinked
        }
    }

}

extension StoredTenant {
    static let selection: SQL = """
        SELECT tenant.id, tenant.broker_id, namespace, external_id, tenant.name, domains, details_at, first_seen_at, excluded_at,
               excluded_reason, plugin_id, presence, since, tenant_source.reason, organization_id, organization.name,
               tenant_link.reason, linked_at, linked_by
        FROM tenant JOIN tenant_source ON tenant_source.tenant_id = tenant.id
        LEFT JOIN tenant_link ON tenant_link.tenant_id = tenant.id
        LEFT JOIN organization ON organization.id = tenant_link.organization_id
        """

    init(row: Row) throws {
        id = try row[0]
        brokerID = try row[1]
        key = try TenantKey(namespace: row[2], id: row[3])
        name = try row[4]
        domains = try (row[5] as JSONColumn<[DiscoveredTenant.Domain]>).value
        detailsAt = try row[6]
        firstSeenAt = try row[7]
        excludedAt = try row[8]
        excludedReason = try row[9]
        source = try row[10]
        presence = try row[11]
        presenceSince = try row[12]
        presenceReason = try row[13]
        let organization: Key<Organization>? = try row[14]
        link = try organization.map {
            try Link(organizationID: $0, organizationName: row[15], reason: row[16], at: row[17], by: row[18])
        }
    }
}

/// How many tenants of a source are in which state. The parts add up.
struct TenantTotals: Sendable {
    let counts: [StoredTenant.State: Int]

    subscript(_ state: StoredTenant.State) -> Int { counts[state] ?? 0 }

    /// What the provider lists: all but those that are gone from it.
    var atProvider: Int { counts.reduce(0) { $0 + ($1.key == .gone ? 0 : $1.value) } }
}
