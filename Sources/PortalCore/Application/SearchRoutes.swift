import Foundation
import HTML
import Hummingbird
import PortalKit

/// Finds organizations and tenants by a part of their name, domain or id, and people for those who see them.
enum SearchRoutes {
    private static let length = 20

    static func add(to routes: inout RouteTable) {
        routes.get("/search", .seeTenants, search)
    }

    private static func search(_ visit: Visit) throws -> Response {
        let scope = try visit.scope
        let text = visit.query("q").trimmingCharacters(in: .whitespacesAndNewlines)
        let kinds = visit.may(.seeUsers) ? "Organizations, tenants and people" : "Organizations and tenants"
        let parts = visit.may(.seeUsers) ? "name, domain, e-mail address or id" : "name, domain or id"
        let frame = visit.frame(
            text.isEmpty ? "Search" : "Search: \(text)", "\(kinds), by a part of the \(parts).")
        guard !text.isEmpty else {
            return visit.show(
                frame, emptyState(title: "Nothing to look for", text: "Type a part of a \(parts) above."))
        }
        let (organizations, tenants, people) = try visit.portal.database.read { db in
            (
                try db.organizations(of: scope, like: text, limit: length),
                try db.tenantLines(of: scope, TenantFilter(search: text), limit: length, offset: 0),
                visit.may(.seeUsers)
                    ? try db.people(in: visit.people, PeopleFilter(search: text), limit: length) : []
            )
        }
        guard !organizations.isEmpty || !tenants.isEmpty || !people.isEmpty else {
            return visit.show(
                frame, emptyState(title: "No match", text: "\(kinds): none has this in its \(parts)."))
        }
        return visit.show(
            frame,
            """
            \(when(!organizations.isEmpty, section("Organizations", organizationLinks(organizations))))
            \(when(!tenants.isEmpty, section("Tenants", tenantTable(tenants, visit.portal.plugins, now: visit.now))))
            \(when(!people.isEmpty, section("People", personLinks(people, visit.portal.plugins))))
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

private func personLinks(_ people: [Person], _ plugins: PluginRegistry) -> HTML {
    table(
        caption: "People",
        columns: [Column(title: "Name"), Column(title: "Role"), Column(title: "Organization"), Column(title: "State")],
        rows: people.map { person in
            [
                twoLines(nameLink(person.user.name, path: person.path), "\(person.user.email)"),
                "\(plugins.title(of: person.user.role))", person.organizationName.map(name) ?? quiet("none"),
                personBadge(person),
            ]
        })
}
