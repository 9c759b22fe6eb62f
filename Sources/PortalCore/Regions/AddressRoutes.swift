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
        \(table(
            caption: "Regions",
            columns: [
                Column(title: "Region"), Column(title: "Base URL"), Column(title: "Redirect address for sign-ins at providers"),
            ],
            rows: addresses.regions.map { region in
                [
                    "\(region.label)", copyable("\(region.baseURL)", label: "base URL of \(region.label)"),
                    copyable(addresses.redirectAddress(in: region), label: "redirect address of \(region.label)"),
                ]
            }))
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
            : table(
                caption: "Brokers",
                columns: [
                    Column(title: "Broker"), Column(title: "Branded addresses"),
                    Column(title: "Redirect address of its single sign-on"),
                ],
                rows: brokers.map { broker, hosts in
                    [
                        twoLines(nameLink(broker.name, path: "/brokers/\(broker.id)"), "\(broker.region.uppercased())"),
                        hosts.isEmpty
                            ? quiet("none")
                            : each(hosts) { host in
                                let url = "\(addresses.home(of: broker).baseURL.with(host: host.name))"
                                return "<p>\(copyable(url, label: "branded address"))</p>"
                            },
                        copyable(
                            addresses.singleSignOnAddress(of: broker), label: "single sign-on address of \(broker.name)"
                        ),
                    ]
                }))
}
