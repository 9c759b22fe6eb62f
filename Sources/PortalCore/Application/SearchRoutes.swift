import Foundation
import HTML
import Hummingbird
import PortalKit

/// Finds organizations and tenants by a part of their name, domain or id.
enum SearchRoutes {
    private static let length = 20

    static func add(to routes: inout RouteTable) {
        routes.get("/search", .seeTenants, search)
    }

    private static func search(_ visit: Visit) throws -> Response {
        let scope = try visit.scope
        let text = visit.query("q").trimmingCharacters(in: .whitespacesAndNewlines)
        let frame = visit.frame(
            text.isEmpty ? "Search" : "Search: \(text)",
            "Organizations and tenants, by a part of the name, the domain or the id.")
        guard !text.isEmpty else {
            return visit.show(
                frame, emptyState(title: "Nothing to look for", text: "Type a part of a name, a domain or an id above.")
            )
        }
        let (organizations, tenants) = try visit.portal.database.read { db in
            (
                try db.organizations(of: scope, like: text, limit: length),
                try db.tenants(of: scope, TenantFilter(search: text), limit: length, offset: 0)
            )
        }
        let lines = try visit.portal.database.read { db in
            let sources = try db.sources(of: tenants)
            return try tenants.map {
                TenantLine(tenant: $0, sources: sources[$0.id] ?? [], setup: try db.setup(of: $0.id))
            }
        }
        guard !organizations.isEmpty || !tenants.isEmpty else {
            return visit.show(
                frame,
                emptyState(title: "No match", text: "No organization and no tenant has this in its name, domain or id.")
            )
        }
        return visit.show(
            frame,
            """
            \(when(!organizations.isEmpty, section("Organizations", organizationLinks(organizations))))
            \(when(!tenants.isEmpty, section("Tenants", tenantTable(lines, visit.portal.plugins, now: visit.now))))
            """)
    }
}

private func organizationLinks(_ organizations: [Organization]) -> HTML {
    table(
        caption: "Organizations", columns: [Column(title: "Name"), Column(title: "Domain")],
        rows: organizations.map { organization in
            [
                nameLink(organization.name, path: "/organizations/\(organization.id)"),
                organization.domain.map { "\($0)" } ?? quiet("none"),
            ]
        })
}
