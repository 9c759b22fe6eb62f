import Foundation
import HTML
import Hummingbird
import PortalKit

/// The customer selector: the tenants that are set up and can be looked after.
enum CustomerRoutes {
    private static let pageLength = 50

    static func add(to routes: inout RouteTable) {
        routes.get("/customers", .seeTenants, list)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let scope = try visit.scope
        let search = visit.query("q")
        let start = visit.pageStart
        var filter = TenantFilter(search: search)
        filter.isEnabled = true
        let narrowed = filter
        let (rows, total, all) = try visit.portal.database.read { db in
            var base = narrowed
            base.search = ""
            return (
                try db.tenantLines(of: scope, narrowed, limit: pageLength, offset: start),
                try db.countTenants(of: scope, narrowed), try db.countTenants(of: scope, base)
            )
        }
        let frame = visit.frame("Customers", "Choose the customer to look after: all whose tenant is enabled.")
        guard all > 0 else {
            return visit.show(
                frame,
                emptyState(
                    title: "No customer is enabled yet",
                    text: "A tenant appears here once its set-up is done, by itself.",
                    action: linkButton("Look at the tenants", path: "/tenants")))
        }
        let path = "/customers?q=\(search.queryEncoded)"
        return visit.show(
            frame,
            """
            \(filters(path: "/customers", search: (label: "Name, domain or id", value: search), clearPath: search.isEmpty ? nil : "/customers"))
            \(rows.isEmpty ? emptyState(title: "No match", text: "No enabled customer is like this.") : customerTable(rows, now: visit.now))
            \(when(total > pageLength, pager(
                first: start + 1, last: start + rows.count, total: total,
                previousPath: start > 0 ? "\(path)&from=\(max(0, start - pageLength))" : nil,
                nextPath: start + rows.count < total ? "\(path)&from=\(start + pageLength)" : nil)))
            """)
    }
}

private func customerTable(_ rows: [TenantLine], now: Date) -> HTML {
    table(
        caption: "Customers",
        columns: [
            Column(title: "Customer"), Column(title: "Organization"), Column(title: "Access"), Column(title: "Since"),
        ],
        rows: rows.map { line in
            let (tenant, setup) = (line.tenant, line.setup)
            return [
                twoLines(nameLink(tenant.name, path: "/tenants/\(tenant.id)"), code(tenant.key.id)),
                tenant.link.map { nameLink($0.organizationName, path: "/organizations/\($0.organizationID)") }
                    ?? quiet("none"),
                when(setup) { accessBadge($0) }, when(setup) { timestamp($0.accessSince, now: now) },
            ]
        })
}
