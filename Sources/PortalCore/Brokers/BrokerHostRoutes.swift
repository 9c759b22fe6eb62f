import Foundation
import HTML
import Hummingbird
import PortalKit

/// A broker's own host names.
enum BrokerHostRoutes {
    static func add(to routes: inout RouteTable) {
        routes.post("/brokers/:broker/hosts", .manageBrokers, add)
        routes.get("/brokers/:broker/host-removals/new", .manageBrokers, preview)
        routes.post("/brokers/:broker/host-removals", .manageBrokers, remove)
    }

    private static func add(_ visit: Visit) throws -> Response {
        let broker = try visit.changeableBroker().broker
        let typed = visit.form["host"] ?? ""
        let addresses = visit.portal.addresses
        do {
            let host = try BrandedHost(typed, addresses).host
            let isFree = try visit.portal.database.write { db in
                guard try !db.isTaken(host, by: broker.id, addresses) else { return false }
                try db.add(host, to: broker, visit.auditLine(of: broker, "host.add"), at: visit.now)
                return true
            }
            guard isFree else { return try visit.refused(typed, taken(host)) }
        } catch let problem as BrandedHost.Problem {
            return try visit.refused(typed, problem.text)
        }
        return .seeOther("/brokers/\(broker.id)?done=\(Done.hostAdded.rawValue)")
    }

    private static func taken(_ host: Host) -> String {
        guard let international = host.international else {
            return
                "\(host.name) is in use on this portal already, or looks like an address that is. Enter another name."
        }
        return
            "\(international) (\(host.name) in a browser's address) is in use on this portal already, or looks like an address that is. Enter another name."
    }

    private static func preview(_ visit: Visit) throws -> Response {
        let record = try visit.changeableBroker()
        guard let host = try visit.brandedHost(visit.query("host"), of: record.broker) else {
            return .seeOther(record.path)
        }
        let sessions = try visit.portal.database.read { try $0.countSessions(at: host, now: visit.now) }
        let frame = visit.frame(
            "Remove \(host.name)",
            above: [(title: "Brokers", path: "/brokers"), (title: record.broker.name, path: record.path)])
        return visit.show(frame, removalPage(host, record, sessions: sessions, visit))
    }

    private static func remove(_ visit: Visit) throws -> Response {
        let broker = try visit.changeableBroker().broker
        guard let host = try visit.brandedHost(visit.form["host"] ?? "", of: broker) else {
            throw PageError.stale("The address is not this broker's any more.")
        }
        try visit.portal.database.write { db in
            try db.remove(host, from: broker, visit.auditLine(of: broker, "host.remove"), at: visit.now)
        }
        return .seeOther("/brokers/\(broker.id)?done=\(Done.hostRemoved.rawValue)")
    }
}

extension Visit {
    fileprivate func refused(_ host: String, _ problem: String) throws -> Response {
        try brokerPage(BrokerPageForms(host: host, hostProblem: problem))
    }

    fileprivate func brandedHost(_ name: String, of broker: Broker) throws -> Host? {
        try portal.database.read { try $0.brandedHosts(of: broker.id) }.first { $0.name == name }
    }
}

private func removalPage(_ host: Host, _ record: BrokerRecord, sessions: Int, _ visit: Visit) -> HTML {
    let home = visit.portal.addresses.home(of: record.broker).baseURL
    return """
        \(alert(.warn, "What this means", """
            <ul><li>From the next request on, \(host.name) is answered like any address that is not ours.</li>
            <li>\(sessions == 0 ? "Nobody is signed in there." : "\(counted(sessions, "session")) at it \(sessions == 1 ? "ends" : "end") at once.")</li>
            <li>\(record.broker.name) works on at \("\(home)"), where its people sign in as before.</li>
            <li>Take the name out of nginx afterwards.</li></ul>
            """))
        \(form(FormPage(
            action: "\(record.path)/host-removals", csrfToken: visit.session.formToken, fields: [], submit: "Remove",
            cancel: (title: "Keep it", path: record.path), hidden: [(name: "host", value: host.name)], style: .danger)))
        """
}

func hostsSection(_ page: BrokerPage) -> HTML {
    section(
        "Branded addresses",
        intro:
            "The broker's own host names, for daily work. A sign-in at a provider starts and ends at the region's address.",
        """
        \(when(!page.hosts.isEmpty, hostTable(page)))
        \(form(FormPage(
            action: "\(page.path)/hosts", csrfToken: page.csrf,
            fields: [
                FormField(
                    name: "host", label: "Host name",
                    hint: "For example shop.example.com. International names are kept in the form that browsers send (xn--…).",
                    value: page.forms.host, problem: page.forms.hostProblem, maxLength: 300, isCode: true)
            ],
            submit: "Add the address", style: .secondary)))
        """)
}

private func hostTable(_ page: BrokerPage) -> HTML {
    """
    \(table(
        caption: "Branded addresses",
        columns: [Column(title: "Host"), Column(title: "Actions", labelHidden: true)],
        rows: page.hosts.map { host in
            [
                "\(copyable(host.name, label: "host name"))\(when(host.international) { " \(quiet($0))" })",
                linkButton("Remove…", path: "\(page.path)/host-removals/new?host=\(host.name)", style: .quiet),
            ]
        }))
    \(folded("What nginx needs", nginxNeeds(page.hosts.map(\.name), scheme: page.home?.baseURL.scheme ?? "https")))
    """
}

/// What makes nginx answer for these names, to copy.
func nginxNeeds(_ hosts: [String], scheme: String) -> HTML {
    """
    <p>The name must lead to this machine in DNS. nginx answers only for names that it knows: add them to the server block \
    of the regions, and reload it.</p>
    <p>\(copyable("server_name \(hosts.joined(separator: " "));", label: "nginx line"))</p>
    \(when(scheme == "https", """
        <p>Each name needs a certificate of its own, or a place in one (ssl_certificate and ssl_certificate_key of its \
        server block). Without it browsers refuse the address.</p>
        """))
    """
}
