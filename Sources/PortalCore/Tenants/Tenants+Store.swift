import Foundation
import PortalKit

/// What a page of tenants is narrowed to.
struct TenantFilter: Sendable {
    var source: Key<PluginManifest>?
    var state: StoredTenant.State?
    /// In the name, the domains or the id.
    var search = ""
    /// One of its domains, whole.
    var domain: String?
    /// Only those that are set up.
    var isEnabled = false
}

extension DatabaseConnection {
    mutating func tenant(_ id: Key<StoredTenant>, of scope: OrganizationScope) throws -> StoredTenant? {
        try first(
            "\(StoredTenant.selection) WHERE tenant.id = \(id) AND \(scope.tenants) AND \(Self.isFirstSource)",
            StoredTenant.init(row:))
    }

    mutating func tenants(of organization: Key<Organization>, in scope: OrganizationScope) throws -> [StoredTenant] {
        try query(
            """
            \(StoredTenant.selection) WHERE tenant_link.organization_id = \(organization) AND \(scope.tenants)
                AND \(Self.isFirstSource)
            ORDER BY tenant.name, tenant.id
            """, StoredTenant.init(row:))
    }

    mutating func tenants(of scope: OrganizationScope, _ filter: TenantFilter, limit: Int, offset: Int) throws
        -> [StoredTenant]
    {
        try query(
            """
            \(StoredTenant.selection) WHERE \(condition(scope, filter))
            ORDER BY tenant.name, tenant.id, plugin_id LIMIT \(limit) OFFSET \(offset)
            """, StoredTenant.init(row:))
    }

    mutating func countTenants(of scope: OrganizationScope, _ filter: TenantFilter) throws -> Int {
        try count(
            """
            SELECT COUNT(*) FROM tenant JOIN tenant_source ON tenant_source.tenant_id = tenant.id
            LEFT JOIN tenant_link ON tenant_link.tenant_id = tenant.id WHERE \(condition(scope, filter))
            """)
    }

    mutating func totals(of scope: OrganizationScope, source: Key<PluginManifest>) throws -> TenantTotals {
        let rows = try query(
            """
            SELECT CASE WHEN presence <> 'present' THEN presence WHEN excluded_at IS NOT NULL THEN 'excluded'
                        WHEN tenant_link.tenant_id IS NOT NULL THEN 'linked' ELSE 'unlinked' END AS state, COUNT(*)
            FROM tenant JOIN tenant_source ON tenant_source.tenant_id = tenant.id
            LEFT JOIN tenant_link ON tenant_link.tenant_id = tenant.id
            WHERE \(scope.tenants) AND plugin_id = \(source) GROUP BY state
            """
        ) { row -> (String, Int) in try (row[0], row[1]) }
        return TenantTotals(
            counts: Dictionary(
                uniqueKeysWithValues: rows.compactMap { name, count in
                    StoredTenant.State(rawValue: name).map { ($0, count) }
                }))
    }

    /// Keeps what a source told: a tenant that was gone is back, a name that changed is the new one.
    ///
    /// - Parameter run: when the reading began; what is not noted with it is gone at its end, whatever the clock does.
    mutating func note(
        _ found: DiscoveredTenant, in namespace: String, source: Key<PluginManifest>, of broker: Key<Broker>, run: Date,
        at now: Date
    ) throws {
        guard
            let id: Key<StoredTenant> = try first(
                """
                INSERT INTO tenant (id, broker_id, namespace, external_id, name, domains, search, first_seen_at)
                VALUES (\(newID()), \(broker), \(namespace), \(found.id), \(found.name), \(JSONColumn(found.domains)),
                    \(found.searchText), \(now))
                ON CONFLICT (broker_id, namespace, external_id) DO UPDATE SET name = excluded.name,
                    domains = CASE WHEN tenant.details_at IS NULL THEN excluded.domains ELSE tenant.domains END,
                    search = CASE WHEN tenant.details_at IS NULL THEN excluded.search ELSE tenant.search END
                RETURNING id
                """, { try $0[0] })
        else { return }
        try execute(
            """
            INSERT INTO tenant_source (tenant_id, plugin_id, presence, since, seen_at)
            VALUES (\(id), \(source), \(StoredTenant.Presence.present), \(now), \(run))
            ON CONFLICT (tenant_id, plugin_id) DO UPDATE SET seen_at = excluded.seen_at,
                since = CASE WHEN tenant_source.presence = 'present' THEN tenant_source.since ELSE excluded.since END,
                presence = excluded.presence, reason = NULL
            """)
    }

    /// How many tenants of a page the run has not met yet. An item that comes twice counts once.
    mutating func countUnseen(
        _ found: [DiscoveredTenant], in namespace: String, source: Key<PluginManifest>, of broker: Key<Broker>,
        run: Date
    ) throws -> Int {
        try Set(found.map(\.id)).reduce(into: 0) { unseen, id in
            let seen = try count(
                """
                SELECT COUNT(*) FROM tenant JOIN tenant_source ON tenant_source.tenant_id = tenant.id
                WHERE broker_id = \(broker) AND namespace = \(namespace) AND external_id = \(id) AND plugin_id = \(source)
                    AND seen_at = \(run)
                """)
            unseen += seen == 0 ? 1 : 0
        }
    }

    mutating func noteDetails(_ details: DiscoveredTenant, of tenant: Key<StoredTenant>, at now: Date) throws {
        try execute(
            """
            UPDATE tenant SET name = \(details.name), domains = \(JSONColumn(details.domains)),
                search = \(details.searchText), details_at = \(now)
            WHERE id = \(tenant)
            """)
    }

    mutating func noteUnreachable(
        _ tenant: Key<StoredTenant>, source: Key<PluginManifest>, reason: String, at now: Date
    ) throws {
        try execute(
            """
            UPDATE tenant_source SET presence = \(StoredTenant.Presence.unreachable), since = \(now), reason = \(reason)
            WHERE tenant_id = \(tenant) AND plugin_id = \(source)
            """)
    }

    /// What a whole run through the provider's list did not meet is gone there; links and history stay.
    mutating func noteGone(source: Key<PluginManifest>, of broker: Key<Broker>, notSeenIn run: Date, at now: Date)
        throws
    {
        try execute(
            """
            UPDATE tenant_source SET presence = \(StoredTenant.Presence.gone), since = \(now), reason = 'No longer in the provider''s list.'
            WHERE plugin_id = \(source) AND presence <> 'gone' AND seen_at <> \(run)
                  AND tenant_id IN (SELECT id FROM tenant WHERE broker_id = \(broker))
            """)
    }

    /// The next unlinked tenant whose details are not known yet.
    mutating func tenantWithoutDetails(source: Key<PluginManifest>, of broker: Key<Broker>) throws -> StoredTenant? {
        try first(
            """
            \(StoredTenant.selection) WHERE tenant.broker_id = \(broker) AND plugin_id = \(source) AND presence = 'present'
                AND details_at IS NULL AND excluded_at IS NULL AND tenant_link.tenant_id IS NULL
            ORDER BY tenant.name, tenant.id LIMIT 1
            """, StoredTenant.init(row:))
    }

    mutating func countTenantsWithoutDetails(source: Key<PluginManifest>, of broker: Key<Broker>) throws -> Int {
        try count(
            """
            SELECT COUNT(*) FROM tenant JOIN tenant_source ON tenant_source.tenant_id = tenant.id
            LEFT JOIN tenant_link ON tenant_link.tenant_id = tenant.id
            WHERE tenant.broker_id = \(broker) AND plugin_id = \(source) AND presence = 'present' AND details_at IS NULL
                AND excluded_at IS NULL AND tenant_link.tenant_id IS NULL
            """)
    }

    mutating func link(
        _ tenant: Key<StoredTenant>, to organization: Key<Organization>, of broker: Key<Broker>, reason: String,
        job: Key<Job>?,
        by actor: String, at now: Date
    ) throws {
        try execute(
            """
            INSERT INTO tenant_link (tenant_id, broker_id, organization_id, reason, job_id, linked_at, linked_by)
            VALUES (\(tenant), \(broker), \(organization), \(reason), \(job), \(now), \(actor))
            """)
    }

    mutating func unlink(_ tenant: Key<StoredTenant>, of broker: Key<Broker>) throws {
        try execute("DELETE FROM tenant_link WHERE tenant_id = \(tenant) AND broker_id = \(broker)")
    }

    mutating func exclude(_ tenant: Key<StoredTenant>, of broker: Key<Broker>, reason: String?, at now: Date?) throws {
        try execute(
            """
            UPDATE tenant SET excluded_at = \(now), excluded_reason = \(reason) WHERE id = \(tenant) AND broker_id = \(broker)
            """)
    }

    /// Of a tenant, the source whose view of it counts where none is asked for: one that sees it, before one that does not.
    private static let isFirstSource: SQL = """
        NOT EXISTS (SELECT 1 FROM tenant_source AS other_source
            WHERE other_source.tenant_id = tenant.id AND other_source.plugin_id <> tenant_source.plugin_id
                AND (\(rank("other_source.presence")) < \(rank("tenant_source.presence"))
                    OR (\(rank("other_source.presence")) = \(rank("tenant_source.presence"))
                        AND other_source.plugin_id < tenant_source.plugin_id)))
        """

    private static func rank(_ presence: SQL) -> SQL {
        "(CASE \(presence) WHEN 'present' THEN 0 WHEN 'unreachable' THEN 1 ELSE 2 END)"
    }

    /// A page of tenants, with all that sees each and how its set-up stands.
    mutating func tenantLines(of scope: OrganizationScope, _ filter: TenantFilter, limit: Int, offset: Int) throws
        -> [TenantLine]
    {
        try tenants(of: scope, filter, limit: limit, offset: offset).map {
            TenantLine(tenant: $0, sources: try sources(of: $0.id), setup: try setup(of: $0.id))
        }
    }

    private func condition(_ scope: OrganizationScope, _ filter: TenantFilter) -> SQL {
        var sql = scope.tenants
        if !filter.search.isEmpty {
            sql = "\(sql) AND tenant.search LIKE \(filter.search.likePattern) ESCAPE '\\'"
        }
        // A tenant that several sources see is one row: with the best that any of them tells.
        if let source = filter.source {
            sql = "\(sql) AND plugin_id = \(source)"
        } else {
            sql = "\(sql) AND \(Self.isFirstSource)"
        }
        if let domain = filter.domain {
            sql = "\(sql) AND domains LIKE \("\"name\":\"\(domain)\"".likePattern) ESCAPE '\\'"
        }
        if filter.isEnabled {
            sql = """
                \(sql) AND tenant.id IN (SELECT tenant_id FROM tenant_setup
                    WHERE tenant_setup.broker_id = \(scope.brokerID) AND access IN (\(TenantAccess.enabled), \(TenantAccess.enabledWithLimitations)))
                """
        }
        switch filter.state {
        case nil: return sql
        case .gone: return "\(sql) AND presence = 'gone'"
        case .unreachable: return "\(sql) AND presence = 'unreachable'"
        case .excluded: return "\(sql) AND presence = 'present' AND excluded_at IS NOT NULL"
        case .linked:
            return "\(sql) AND presence = 'present' AND excluded_at IS NULL AND tenant_link.tenant_id IS NOT NULL"
        case .unlinked:
            return "\(sql) AND presence = 'present' AND excluded_at IS NULL AND tenant_link.tenant_id IS NULL"
        }
    }
}

extension DiscoveredTenant {
    /// What a search looks in.
    fileprivate var searchText: String {
        ([name, id] + domains.map(\.name)).joined(separator: " ").folded
    }
}
