import Foundation
import HTML
import Hummingbird
import PortalKit

/// Every address of the installation that somebody has to register somewhere, to copy.
enum AddressRoutes {
    private static let pageLength = 50

    static func add(to routes: inout RouteTable) {
        routes.get("/addresses", .seeAddresses, page)
    }

    private static func page(_ visit: Visit) throws -> Response {
        let start = visit.pageStart
        let (brokers, hosts, total) = try visit.portal.database.read { db in
            let records = try db.brokerRecords(limit: pageLength, offset: start)
            return try (records.map(\.broker), records.map { try db.brandedHosts(of: $0.broker.id) }, db.countBrokers())
        }
        let frame = visit.frame(
            "Addresses", "What must be registered elsewhere, so that people and providers find this portal.")
        return visit.show(
            frame,
            """
            \(regionsSection(visit.portal.addresses, visit.portal.plugins))
            \(brokersSection(Array(zip(brokers, hosts)), visit.portal.addresses))
            \(when(total > pageLength, pager(
                first: start + 1, last: start + brokers.count, total: total,
                previousPath: start > 0 ? "/addresses?from=\(max(0, start - pageLength))" : nil,
                nextPath: start + brokers.count < total ? "/addresses?from=\(start + pageLength)" : nil)))
            """)
    }
}

private func regionsSection(_ addresses: Addresses, _ plugins: PluginRegistry) -> HTML {
    let applications = plugins.entries.filter { $0.connectable != nil }.map(\.manifest.listing.name)
    return section(
        "Regions",
        intro:
            "From the configuration. Requests at any other address, and what a request claims of itself, change nothing of them.",
        """
        \(cards(addresses.regions.map { regionCard($0, addresses) }))
        <p>Register every redirect address with the application that this installation uses at its provider, letter by letter. \
        \(applications.isEmpty ? "No plugin that signs in somewhere is working now." : "Signing in by redirect: \(applications.joined(separator: ", ")).")</p>
        \(folded("What nginx needs", nginxNeeds(addresses.regions.map(\.baseURL.host), scheme: addresses.regions.first?.baseURL.scheme ?? "https")))
        """)
}

private func brokersSection(_ brokers: [(Broker, [Host])], _ addresses: Addresses) -> HTML {
    section(
        "Brokers",
        intro:
            "Branded addresses are for daily work. A broker's own single sign-on provider answers at the address beside it.",
        brokers.isEmpty
            ? emptyState(
                title: "No brokers yet",
                text: "Their branded addresses and the address of their single sign-on appear here.",
                action: linkButton("New broker", path: "/brokers/new"), level: .h3)
            : cards(brokers.map { brokerCard($0, $1, addresses) }))
}

private func regionCard(_ region: Region, _ addresses: Addresses) -> HTML {
    card(
        title: "Region \(region.label)",
        body: definitionList([
            ("Base URL", copyable("\(region.baseURL)", label: "base URL of \(region.label)")),
            (
                "Redirect address for sign-ins at providers",
                copyable(addresses.redirectAddress(in: region), label: "redirect address of \(region.label)")
            ),
        ]), level: .h3)
}

private func brokerCard(_ broker: Broker, _ hosts: [Host], _ addresses: Addresses) -> HTML {
    let branded: HTML =
        hosts.isEmpty
        ? quiet("none")
        : each(hosts) { host in
            let url = "\(addresses.home(of: broker).baseURL.with(host: host.name))"
            return "<p>\(copyable(url, label: "branded address \(host.name)"))</p>"
        }
    return card(
        title: broker.name, titlePath: "/brokers/\(broker.id)", subtitle: "Region \(broker.region.uppercased())",
        body: definitionList([
            ("Branded addresses", branded),
            (
                "Redirect address of its single sign-on",
                copyable(addresses.singleSignOnAddress(of: broker), label: "single sign-on address of \(broker.name)")
            ),
        ]), level: .h3)
}
