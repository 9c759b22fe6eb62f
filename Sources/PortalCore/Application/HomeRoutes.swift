import Foundation
import HTML
import Hummingbird
import PortalKit

/// What needs you, what is broken, and the way on.
enum HomeRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/", .seeHome, home)
    }

    private static func home(_ visit: Visit) throws -> Response {
        let roles = visit.session.access.roles.map(visit.portal.plugins.title).joined(separator: ", ")
        let frame = visit.frame("Home", "Signed in as \(visit.user.name). \(roles).")
        if visit.may(.manageBrokers) {
            let progress = try visit.portal.installationProgress()
            return visit.show(frame, administratorHome(progress, visit.portal, now: visit.now))
        }
        if visit.may(.seeOwnOrganization) { return visit.show(frame, customerHome(try visit.broker)) }
        let scope = try visit.scope
        let services = try visit.portal.database.read { db in
            try db.services(of: scope.brokerID, visit.portal.plugins).map {
                ($0, try db.totals(of: scope, source: $0.manifest.id))
            }
        }
        return visit.show(frame, brokerHome(services, may: visit.session.access.permissions))
    }
}

private func brokerHome(_ services: [(Service, TenantTotals)], may: Set<Permission>) -> HTML {
    guard !services.isEmpty else {
        guard may.contains(.manageServices) else {
            return emptyState(
                title: "No services yet", text: "What an owner or a manager adds from the marketplace appears here.",
                action: linkButton("Look at the marketplace", path: "/marketplace"))
        }
        return emptyState(
            title: "Start with a service",
            text: "Add a service from the marketplace, connect your partner account, and link your customers.",
            action: linkButton("Go to the marketplace", path: "/marketplace"))
    }
    let needs = services.filter(\.0.isEnabled).flatMap { service, totals -> [HTML] in
        let name = service.manifest.listing.name
        var lines: [HTML] = []
        if service.entry.connectable != nil && service.connection?.state != .connected {
            lines.append(
                alert(
                    service.connection?.state == .broken ? .bad : .warn, "\(name) is not connected",
                    "<p>\(service.connection?.cause?.title ?? "Sign in once, and the tenants of your customers appear.")</p>\(when(may.contains(.seeConnections), "<p>\(linkButton(connectWord(may), path: "\(service.path)/authentication", style: .secondary))</p>"))"
                ))
        }
        if totals[.unlinked] > 0 {
            lines.append(
                alert(
                    .warn, "\(counted(totals[.unlinked], "tenant is", "tenants are")) unlinked: \(name)",
                    "<p>\(unlinkedMeans)</p><p>\(linkButton(may.contains(.linkTenants) ? "Link them" : "Look at them", path: "\(service.path)/tenants", style: .secondary))</p>"
                ))
        }
        return lines
    }
    return """
        \(section("Needs you", needs.isEmpty ? panel("<p>Nothing. All connections work, and every tenant is linked.</p>") : each(needs, \.self)))
        \(section("Your services", servicesPage(services)))
        """
}

/// The words of a link to the authentication page.
func connectWord(_ may: Set<Permission>) -> String { may.contains(.manageConnections) ? "Connect" : "Look" }

private func customerHome(_ broker: Broker) -> HTML {
    cards([
        card(
            title: "My organization", titlePath: "/organization",
            body: "<p>Your organization and its tenants, as \(broker.name) has them.</p>"),
        card(title: "E-Store", titlePath: "/store", body: "<p>What you can have from \(broker.name).</p>"),
    ])
}
