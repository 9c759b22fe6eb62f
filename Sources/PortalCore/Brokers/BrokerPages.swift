import Foundation
import HTML
import Hummingbird
import PortalKit

/// The forms of a broker's page as they were sent, where something was wrong.
struct BrokerPageForms: Sendable {
    var name: String?
    var nameProblem: String?
    var host = ""
    var hostProblem: String?

    var hasErrors: Bool { nameProblem != nil || hostProblem != nil }
}

/// All that a broker's page shows.
struct BrokerPage: Sendable {
    let record: BrokerRecord
    let owners: [BrokerOwner]
    let hosts: [Host]
    let domains: [String]
    let link: HTML?
    let erasure: Job?
    let forms: BrokerPageForms
    let home: Region?
    let csrf: String
    let now: Date

    var path: String { record.path }
    var broker: Broker { record.broker }
}

extension Visit {
    func brokerPage(_ forms: BrokerPageForms = BrokerPageForms()) throws -> Response {
        let record = try brokerRecord()
        let broker = record.broker
        let (owners, hosts, domains, erasure) = try portal.database.read { db in
            try (
                db.owners(of: broker.id), db.brandedHosts(of: broker.id), db.ssoDomains(of: broker.id),
                db.lastJob(BrokerErasure.self, subject: broker.id.rawValue)
            )
        }
        let page = BrokerPage(
            record: record, owners: owners, hosts: hosts, domains: domains, link: try freshLink().map(freshLinkBox),
            erasure: erasure,
            forms: forms,
            home: portal.addresses.regions.first { $0.id == broker.region },
            csrf: session.formToken, now: now)
        var frame = frame(broker.name, above: [(title: "Brokers", path: "/brokers")])
        frame.hasErrors = forms.hasErrors
        frame.refreshSeconds = record.state == .erasing ? 3 : nil
        let content = record.state == .erasing ? erasingPage(page) : openBrokerPage(page, portal.addresses)
        return show(frame, status: forms.hasErrors ? .unprocessableContent : .ok, content)
    }
}

extension DatabaseConnection {
    /// The newest job of a kind about something.
    mutating func lastJob(_ kind: any JobKind.Type, subject: String) throws -> Job? {
        try first(
            """
            \(Job.selection) WHERE kind = \(kind.name) AND subject = \(subject) ORDER BY created_at DESC, id DESC LIMIT 1
            """, Job.init(row:))
    }
}

let noBrokers = emptyState(
    title: "No brokers yet",
    text:
        "A broker is a partner who works here with its own people, customers and connections. Create the first one; its owner is invited by a link.",
    action: linkButton("New broker", path: "/brokers/new"))

func brokerTable(_ rows: [BrokerRecord], _ addresses: Addresses, now: Date) -> HTML {
    table(
        caption: "Brokers",
        columns: [
            Column(title: "Broker"), Column(title: "State"), Column(title: "Region"),
            Column(title: "Branded addresses", numeric: true), Column(title: "People", numeric: true),
            Column(title: "Services", numeric: true), Column(title: "Tenants", numeric: true), Column(title: "Since"),
        ],
        rows: rows.map { row in
            [
                nameLink(row.broker.name, path: row.path), brokerBadge(row),
                addresses.knows(region: row.broker.region)
                    ? "\(row.broker.region.uppercased())"
                    : stateBadge(.bad, row.broker.region.uppercased(), why: "This region is not configured"),
                "\(row.hosts)", "\(grouped(row.people))", "\(row.services)", "\(grouped(row.tenants))",
                timestamp(row.createdAt, now: now),
            ]
        })
}

func brokerBadge(_ record: BrokerRecord) -> HTML {
    switch record.state {
    case .erasing: stateBadge(.warn, "Being erased", since: record.erasingSince.map { UTCTime($0).text })
    case .disabled: stateBadge(.idle, "Disabled", since: record.disabledAt.map { UTCTime($0).text })
    case .ownerless: stateBadge(.wait, "Waits for its owner")
    case .active: stateBadge(.good, "Active")
    }
}

private func erasingPage(_ page: BrokerPage) -> HTML {
    let hasFailed = page.erasure?.state.isFinal ?? true
    return """
        \(alert(.warn, "This broker is being erased", """
            <p>Begun \(timestamp(page.record.erasingSince ?? page.now, now: page.now)). It can't be stopped. When it is done, \
            this page is gone, and the audit says so.</p>
            """))
        \(when(page.erasure) { panel(jobProgress($0, now: page.now)) })
        \(when(hasFailed, linkButton("Go on erasing", path: "\(page.path)/erasure", style: .danger)))
        """
}

private func openBrokerPage(_ page: BrokerPage, _ addresses: Addresses) -> HTML {
    let record = page.record
    return """
        \(page.link)
        \(when(record.state == .disabled, alert(.warn, "This broker is disabled", """
            <p>Since \(timestamp(record.disabledAt ?? page.now, now: page.now)). Nobody of it can sign in, and its jobs stand \
            still.</p>\(postButton("Enable", action: "\(page.path)/enabling", csrfToken: page.csrf, style: .primary))
            """)))
        \(brokerFacts(page, addresses))
        \(ownersSection(page))
        \(hostsSection(page))
        \(domainsSection(page))
        \(section("Name", form(FormPage(
            action: "\(page.path)/name", csrfToken: page.csrf,
            fields: [
                FormField(
                    name: "name", label: "Broker's name", value: page.forms.name ?? page.broker.name,
                    problem: page.forms.nameProblem, maxLength: 100)
            ],
            submit: "Rename", style: .secondary))))
        \(section("Ending", intro: "Disabling can be undone. Erasing can't, and is for a broker that is disabled.", """
            <div class="actions">\(when(record.state != .disabled, linkButton("Disable…", path: "\(page.path)/disabling", style: .secondary)))\
            \(linkButton("Erase…", path: "\(page.path)/erasure", style: record.state == .disabled ? .danger : .quiet))</div>
            """))
        """
}

private func brokerFacts(_ page: BrokerPage, _ addresses: Addresses) -> HTML {
    let record = page.record
    let region: HTML =
        page.home.map { "\($0.label): \(code("\($0.baseURL)"))" }
        ?? "\(stateBadge(.bad, "Not configured")) There is no region \(page.broker.region.uppercased()) in the configuration."
    return """
        \(definitionList([
            ("State", brokerBadge(record)),
            ("Region", "\(region) <a href=\"\(url: "\(page.path)/region")\">Change…</a>"),
            ("Broker id", copyable(page.broker.id.rawValue, label: "broker id")),
            ("Address of its single sign-on", copyable(addresses.singleSignOnAddress(of: page.broker), label: "address of its single sign-on")),
            ("People", "\(grouped(record.people))"), ("Services", "\(record.services)"),
            ("Connections", "\(record.connected) connected\(when(record.broken > 0, ", \(record.broken) broken"))"),
            ("Tenants", "\(grouped(record.tenants))"),
            ("Created", timestamp(record.createdAt, now: page.now)),
        ]))
        """
}
