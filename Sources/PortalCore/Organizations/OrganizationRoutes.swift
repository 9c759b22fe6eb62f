import Foundation
import HTML
import Hummingbird
import PortalKit

/// Organizations, as the broker and as their own people see them.
enum OrganizationRoutes {
    private static let pageLength = 50

    static func add(to routes: inout RouteTable) {
        routes.get("/organizations", .seeOrganizations, list)
        routes.get("/organizations/:organization", .seeOrganizations, organization)
        routes.get("/organization", .seeOwnOrganization, own)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let scope = try visit.scope
        let search = visit.query("q")
        let start = visit.pageStart
        let (rows, total, all) = try visit.portal.database.read { db in
            (
                try db.organizationRows(of: scope, like: search, limit: pageLength, offset: start),
                try db.countOrganizations(of: scope, like: search),
                try db.countOrganizations(of: scope, like: "")
            )
        }
        let frame = visit.frame("Organizations", "The companies and departments that you serve.")
        guard all > 0 else {
            return visit.show(
                frame,
                emptyState(
                    title: "No organizations yet", text: "They appear when the tenants of a service are linked.",
                    action: linkButton("Go to My Services", path: "/services")))
        }
        let path = "/organizations?q=\(search.queryEncoded)"
        return visit.show(
            frame,
            """
            \(filters(path: "/organizations", search: (label: "Name or domain", value: search), clearPath: search.isEmpty ? nil : "/organizations"))
            \(rows.isEmpty ? emptyState(title: "No match", text: "No organization has this in its name or domain.") : organizationTable(rows, now: visit.now))
            \(when(total > pageLength, pager(
                first: start + 1, last: start + rows.count, total: total,
                previousPath: start > 0 ? "\(path)&from=\(max(0, start - pageLength))" : nil,
                nextPath: start + rows.count < total ? "\(path)&from=\(start + pageLength)" : nil)))
            """)
    }

    private static func organization(_ visit: Visit) throws -> Response {
        let scope = try visit.scope
        let found = try visit.portal.database.read { db -> (Organization, [StoredTenant])? in
            guard let organization = try db.organization(visit.parameter("organization"), of: scope) else {
                return nil
            }
            return (organization, try db.tenants(of: organization.id, in: scope))
        }
        guard let (organization, tenants) = found else { throw PageError.notFound }
        let frame = visit.frame(organization.name, above: [(title: "Organizations", path: "/organizations")])
        return visit.show(
            frame, organizationPage(organization, tenants, visit.portal.plugins, linksTenants: true, now: visit.now))
    }

    /// What a customer sees: its own organization, and nothing of anyone else.
    private static func own(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let scope = try visit.scope
        guard let id = visit.user.organizationID else { throw PageError.notFound }
        let found = try visit.portal.database.read { db -> (Organization, [StoredTenant])? in
            guard let organization = try db.organization(id, of: scope) else { return nil }
            return (organization, try db.tenants(of: id, in: scope))
        }
        guard let (organization, tenants) = found else { throw PageError.notFound }
        let frame = visit.frame(organization.name, "Your organization at \(broker.name).")
        return visit.show(
            frame, organizationPage(organization, tenants, visit.portal.plugins, linksTenants: false, now: visit.now))
    }
}

/// A line of the list.
struct OrganizationRow: Sendable {
    let organization: Organization
    let tenants: Int
}

private func organizationTable(_ rows: [OrganizationRow], now: Date) -> HTML {
    table(
        caption: "Organizations",
        columns: [
            Column(title: "Name"), Column(title: "Domain"), Column(title: "Tenants", numeric: true),
            Column(title: "Since"),
        ],
        rows: rows.map { row in
            [
                nameLink(row.organization.name, path: "/organizations/\(row.organization.id)"),
                row.organization.domain.map { "\($0)" } ?? quiet("none"), "\(row.tenants)",
                timestamp(row.organization.createdAt, now: now),
            ]
        })
}

private func organizationPage(
    _ organization: Organization, _ tenants: [StoredTenant], _ plugins: PluginRegistry, linksTenants: Bool, now: Date
) -> HTML {
    """
    \(definitionList([
        ("Domain", organization.domain.map { "\($0)" } ?? quiet("none")),
        ("Organization since", timestamp(organization.createdAt, now: now)),
        ("Organization id", copyable(organization.id.rawValue, label: "organization id")),
    ]))
    \(section("Tenants", tenants.isEmpty
        ? emptyState(title: "No tenant linked", text: "This is just an organization until a provider's tenant is linked to it.", level: .h3)
        : table(
            caption: "Tenants", columns: [Column(title: "Tenant"), Column(title: "Source"), Column(title: "Linked")],
            rows: tenants.map { tenant in
                [
                    twoLines(
                        linksTenants ? nameLink(tenant.name, path: "/tenants/\(tenant.id)") : name(tenant.name),
                        code(tenant.key.id)),
                    "\(plugins[tenant.source]?.manifest.listing.source ?? tenant.key.namespace)",
                    tenant.link.map { timestamp($0.at, now: now) } ?? HTML(),
                ]
            })))
    """
}

extension DatabaseConnection {
    fileprivate mutating func organizationRows(
        of scope: OrganizationScope, like search: String, limit: Int, offset: Int
    )
        throws -> [OrganizationRow]
    {
        try organizations(of: scope, like: search, limit: limit, offset: offset).map { organization in
            OrganizationRow(
                organization: organization,
                tenants: try count("SELECT COUNT(*) FROM tenant_link WHERE organization_id = \(organization.id)"))
        }
    }
}
