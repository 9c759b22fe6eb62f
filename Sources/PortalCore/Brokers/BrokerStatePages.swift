import Foundation
import HTML
import PortalKit

func brokerRegionPage(
    _ record: BrokerRecord, _ ties: BrokerTies, _ addresses: Addresses, problem: String?, csrf: String
) -> HTML {
    let broker = record.broker
    let others = addresses.regions.filter { $0.id != broker.region }
    guard !others.isEmpty else {
        return emptyState(
            title: "There is no other region",
            text: "Regions are made by the configuration: GATEHOUSE_REGION_… with its base URL.",
            action: linkButton("Back to \(broker.name)", path: record.path))
    }
    guard !ties.hold else {
        return """
            \(when(problem) { errorSummary([(field: "", text: $0)]) })
            \(alert(.warn, "\(broker.name) can't leave its region now", """
                <ul>\(when(ties.connections > 0, "<li>\(counted(ties.connections, "connection")): a provider answers a sign-in only at the address that was registered for it, and that is the region's. Remove the services in My Services, move the broker, and connect anew.</li>"))\
                \(when(ties.signInsUnderWay > 0, "<li>\(counted(ties.signInsUnderWay, "sign-in")) at a provider under way. Wait until it has ended, half an hour at most.</li>"))\
                \(when(ties.requiresSingleSignOn, "<li>Single sign-on is required, and its provider knows this region's address only: after the move nobody could sign in. Switch the requirement off on the broker's security page first.</li>"))</ul>
                """))
            <p>\(linkButton("Back to \(broker.name)", path: record.path, style: .secondary))</p>
            """
    }
    return """
        \(alert(.wait, "What this means", """
            <ul><li>Its people are led to the new address at their next request; \
            \(ties.sessions == 0 ? "nobody is signed in now" : "\(counted(ties.sessions, "session")) now").</li>
            <li>Its branded addresses stay as they are.</li>
            <li>Sign-ins at providers start and end at the new region's address, which must be registered there: see \
            <a href="/addresses">Addresses</a>.</li>
            \(when(ties.usesSingleSignOn, "<li>Its single sign-on answers at a new address, which must be registered at its provider before somebody signs in by it.</li>"))\
            <li>Invitations that are out go on working.</li></ul>
            """))
        \(form(FormPage(
            action: "\(record.path)/region", csrfToken: csrf,
            fields: [
                FormField(
                    name: "region", label: "New region", value: others.count == 1 ? others[0].id : "",
                    kind: .choice(others.map { ($0.id, "\($0.label): \($0.baseURL)") }), problem: problem)
            ],
            submit: "Move the broker", cancel: (title: "Keep it in \(broker.region.uppercased())", path: record.path))))
        """
}

func disablingPage(_ record: BrokerRecord, _ reach: BrokerReach, csrf: String) -> HTML {
    """
    \(alert(.warn, "What this means", """
        <ul><li>\(reach.sessions == 0 ? "Nobody is signed in." : "\(counted(reach.sessions, "session")) \(reach.sessions == 1 ? "ends" : "end") at once.") \
        None of its \(counted(reach.people, "person", "people")) can sign in, and links to invitations and new passwords don't work.</li>
        <li>\(reach.openJobs == 0 ? "No job is open." : "\(counted(reach.openJobs, "open job stands still", "open jobs stand still")) before the next step, to go on there when the broker is enabled again.") \
        Nothing is read at night.</li>
        <li>\(counted(reach.connections, "sign-in")) at providers and all tenants, links and settings stay stored. A sign-in that is \
        not used for long may end at its provider.</li>
        <li>\(reach.hosts == 0 ? "It has no branded address." : "It keeps \(counted(reach.hosts, "branded address", "branded addresses")).")</li>
        <li>No call to a provider starts for it after this is confirmed.</li></ul>
        """))
    \(form(FormPage(
        action: "\(record.path)/disabling", csrfToken: csrf, fields: [], submit: "Disable \(record.broker.name)",
        cancel: (title: "Keep it enabled", path: record.path), style: .danger)))
    """
}

func brokerErasurePage(
    _ record: BrokerRecord, _ contents: [BrokerContent], typed: String, problem: String?, csrf: String
) -> HTML {
    let broker = record.broker
    let something = contents.filter { $0.count > 0 }
    let list: HTML =
        something.isEmpty
        ? "<p>Nothing but the broker itself.</p>"
        : "<ul>\(each(something) { "<li>\(counted($0.count, $0.words.one, $0.words.many))</li>" })</ul>"
    guard record.disabledAt != nil else {
        return """
            \(alert(.wait, "Only a disabled broker can be erased", """
                <p>Disabling ends its sessions and stops its jobs, and can be undone: look for some days whether somebody \
                misses something. This is what would go:</p>\(list)
                """))
            <p>\(linkButton("Disable…", path: "\(record.path)/disabling", style: .secondary))</p>
            """
    }
    return """
        \(alert(.bad, "This can't be undone", """
            <p>What goes, for good, with the broker \(name(broker.name)):</p>\(list)
            <p>Its <a href="/audit">audit</a> goes too: look at it, or save it, before. That the broker was there, who erased it and how much \
            stays in the portal's own audit. Backups that were made before still hold it.</p>
            """))
        \(alert(.warn, "What stays at the providers", """
            <p>The portal forgets its sign-ins, and can't call any more. What the broker and its customers consented to at a \
            provider stays there until somebody withdraws it: the provider's own list of applications with access, in the \
            broker's account and in each customer's, has an entry for this portal. Remove it there, and let the account that \
            signed in end its sessions.</p>
            """))
        \(form(FormPage(
            action: "\(record.path)/erasure", csrfToken: csrf,
            fields: [
                FormField(
                    name: "name", label: "Type the broker's name to erase it", hint: broker.name, value: typed,
                    problem: problem)
            ],
            submit: "Erase for good", cancel: (title: "Keep it", path: record.path), style: .danger)))
        """
}
