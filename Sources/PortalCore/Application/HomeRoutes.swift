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
            return visit.show(
                frame,
                "\(needsYou(try visit.attention(), visit))\(administratorHome(progress, visit.portal, now: visit.now))")
        }
        if visit.may(.seeOwnOrganization) { return visit.show(frame, customerHome(try visit.broker)) }
        let scope = try visit.scope
        let services = try visit.portal.database.read { db in
            try db.services(of: scope.brokerID, visit.portal.plugins).map {
                ($0, try db.totals(of: scope, source: $0.manifest.id))
            }
        }
        let attention = visit.may(.seeAttention) ? try visit.attention() : nil
        return visit.show(frame, brokerHome(services, attention, visit))
    }
}

private func brokerHome(_ services: [(Service, TenantTotals)], _ attention: Attention?, _ visit: Visit) -> HTML {
    let may = visit.session.access.permissions
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
    return """
        \(needsYou(attention, visit))
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
/// The first of what stands on the page of its own. Nothing for those who have no such page.
private func needsYou(_ attention: Attention?, _ visit: Visit) -> HTML {
    guard let attention else { return HTML() }
    let more = attention.awake.count > 5 ? attention.awake.count - 5 : 0
    return section(
        "Needs you",
        attention.awake.isEmpty
            ? panel("<p>Nothing. What was to be done is done.</p>")
            : """
            \(each(attention.awake.prefix(5)) { attentionItem($0, isShort: true, visit) })
            \(when(more > 0, #"<p><a href="/attention">\#(grouped(more)) more</a></p>"#))
            """)
}
