import HTML
import Hummingbird
import PortalKit

/// The e-mail domains whose people a broker's single sign-on catches at the region's sign-in page. A broker claims them by
/// itself; whether they are its own is for the portal's administrator to judge.
enum BrokerDomainRoutes {
    static func add(to routes: inout RouteTable) {
        routes.post("/brokers/:broker/sso-domain-removals", .manageBrokers, needs: .recentProof, takeAway)
    }

    private static func takeAway(_ visit: Visit) throws -> Response {
        let record = try visit.changeableBroker()
        let domain = visit.form["domain"] ?? ""
        try visit.portal.database.write { db in
            guard try db.takeAway(ssoDomain: domain, of: record.broker.id) else { return }
            var line = visit.auditLine(of: record.broker, "sso.take-domain")
            line.before = ["domain": domain]
            try db.audit(line, at: visit.now)
            try db.tellOwners(
                of: record.broker.id, "A domain of single sign-on was taken away",
                "The portal's administrator has taken the domain \(domain) from the single sign-on of \(record.broker.name). Addresses there are no longer led to your provider.",
                visit.portal.vault, at: visit.now)
        }
        return .seeOther("\(record.path)?done=\(Done.ssoDomainTakenAway.rawValue)")
    }
}

func domainsSection(_ page: BrokerPage) -> HTML {
    guard !page.domains.isEmpty else { return HTML() }
    return section(
        "Domains of its single sign-on",
        intro:
            "Who types an address of one of these at the region's sign-in page is led to this broker's provider. Take away what is not the broker's own.",
        table(
            caption: "Domains of its single sign-on",
            columns: [Column(title: "Domain"), Column(title: "Actions", labelHidden: true)],
            rows: page.domains.map { domain in
                [
                    code(domain),
                    postButton(
                        "Take away", action: "\(page.path)/sso-domain-removals", csrfToken: page.csrf,
                        hidden: [("domain", domain)], style: .quiet),
                ]
            }))
}
