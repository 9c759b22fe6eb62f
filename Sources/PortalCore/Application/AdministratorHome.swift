import Foundation
import HTML
import PortalKit

/// The portal administrator's start: the way to a first connection, and then a calm look at all.
func administratorHome(_ progress: InstallationProgress, _ portal: Portal, now: Date) -> HTML {
    progress.isComplete ? overview(progress, portal.addresses, now: now) : firstRun(progress, portal, now: now)
}

private func firstRun(_ progress: InstallationProgress, _ portal: Portal, now: Date) -> HTML {
    var steps = [
        regionsStep(portal.addresses), addressesStep(progress, portal.addresses), pluginsStep(progress),
        brokerStep(progress), ownerStep(progress, sendsMail: portal.sendsMail, now: now),
        connectionStep(progress),
    ]
    // Whether an address is registered shows only at the end: it does not keep the way there.
    let last = progress.ready.isEmpty ? [] : [1]
    if let next = steps.indices.first(where: { steps[$0].tone != .good && !last.contains($0) }) {
        steps[next].isCurrent = true
    }
    return section(
        "The way to the first connection", intro: "Each step shows how it stands now. They can be done in any order.",
        tracker(steps, level: .h3))
}

private func regionsStep(_ addresses: Addresses) -> TrackerStep {
    let list = addresses.regions.map { "\($0.label) at \($0.baseURL)" }.joined(separator: ", ")
    return TrackerStep(
        title: "Regions",
        sentence: addresses.areLoopback
            ? "\(list). They are on this machine only: fine for a trial, and https addresses are needed for more."
            : "\(list). They come from the configuration.",
        tone: .good, word: "Set", action: link("See the addresses", "/addresses"))
}

private func addressesStep(_ progress: InstallationProgress, _ addresses: Addresses) -> TrackerStep {
    let unproved = addresses.regions.filter { !progress.provenRegions.contains($0.id) }
    let isProved = unproved.count < addresses.regions.count
    return TrackerStep(
        title: "Redirect addresses",
        sentence: isProved
            ? "A provider has answered at \(progress.provenRegions.sorted().map { $0.uppercased() }.joined(separator: ", "))."
            : "Register each region's redirect address with your application at the provider. Whether it is, the first connection shows.",
        tone: isProved ? .good : .idle, word: isProved ? "Proved" : "Not proved yet", who: isProved ? nil : "You",
        action: link("Copy the addresses", "/addresses"))
}

private func pluginsStep(_ progress: InstallationProgress) -> TrackerStep {
    let failed = progress.failed.map { "\($0.name): \($0.failure ?? "")" }.joined(separator: " ")
    let ready = progress.ready.map(\.name).joined(separator: ", ")
    return TrackerStep(
        title: "Plugin settings",
        sentence: progress.plugins.isEmpty
            ? "This portal was built without plugins: there is nothing to connect to."
            : ready.isEmpty && failed.isEmpty
                ? "All plugins are disabled." : "\(ready.isEmpty ? "" : "Ready: \(ready). ")\(failed)",
        tone: progress.ready.isEmpty ? .warn : .good,
        word: progress.ready.isEmpty
            ? "None is ready" : "\(progress.ready.count) of \(progress.plugins.count) ready",
        who: progress.ready.isEmpty && !progress.plugins.isEmpty ? "You" : nil,
        action: link("Go to the plugins", "/plugins"))
}

private func brokerStep(_ progress: InstallationProgress) -> TrackerStep {
    let count = progress.brokerCount
    return TrackerStep(
        title: "First broker",
        sentence: count == 0
            ? "A broker is a partner with its own people, customers and connections. Its owner is invited with it."
            : "\(counted(count, "broker")): \(progress.brokers.prefix(3).map(\.broker.name).joined(separator: ", "))\(count > 3 ? " and more" : "").",
        tone: count == 0 ? .idle : .good, word: count == 0 ? "None yet" : "Created", who: count == 0 ? "You" : nil,
        action: count == 0 ? link("Create a broker", "/brokers/new") : link("See the brokers", "/brokers"))
}

private func ownerStep(_ progress: InstallationProgress, sendsMail: Bool, now: Date) -> TrackerStep {
    var step = TrackerStep(
        title: "An owner signs in", sentence: "The owner accepts the invitation and chooses a password.", tone: .idle,
        word: "Not invited yet")
    if progress.hasOwner {
        step.sentence = "A broker has an owner who can sign in."
        step.tone = .good
        step.word = "Done"
    } else if let (owner, broker) = progress.invitation {
        let way = sendsMail ? "The link went out by mail." : "No mail is set up: pass the link on yourself."
        if case .invited(let until) = owner.state(now: now) {
            step.sentence = "\(owner.name) of \(broker.name) is invited until \(UTCTime(until).text). \(way)"
            step.tone = .wait
            step.word = "Invited"
            step.who = owner.name
        } else {
            step.sentence = "The invitation of \(owner.name) of \(broker.name) has expired. Make a new link."
            step.tone = .warn
            step.word = "Link expired"
            step.who = "You"
        }
        step.action = link("See the invitation", "/brokers/\(broker.id)")
    } else if let record = progress.brokers.first {
        step.who = "You"
        step.action = link("Invite an owner", "\(record.path)/owners/new")
    }
    return step
}

private func connectionStep(_ progress: InstallationProgress) -> TrackerStep {
    let isMade = progress.connections.connected + progress.connections.broken > 0
    return TrackerStep(
        title: "First connection",
        sentence: isMade
            ? "A broker is connected to a provider."
            : "The owner adds a service from the marketplace and signs in at its provider. You can't do this for a broker.",
        tone: isMade ? .good : .idle, word: isMade ? "Connected" : "Not yet",
        who: isMade || !progress.hasOwner ? nil : "The broker's owner",
        action: isMade || progress.brokers.isEmpty ? nil : link("See the brokers", "/brokers"))
}

private func link(_ title: String, _ path: String) -> HTML { linkButton(title, path: path, style: .secondary) }

private func overview(_ progress: InstallationProgress, _ addresses: Addresses, now: Date) -> HTML {
    let needs = needs(progress, addresses, now: now)
    return """
        \(section("Needs you", needs.isEmpty ? panel("<p>Nothing. No plugin has failed, and every broker has an owner.</p>") : each(needs, \.self)))
        \(stats([
            stat(progress.brokerCount, progress.brokerCount == 1 ? "broker" : "brokers", path: "/brokers"),
            stat(progress.connections.connected, progress.connections.connected == 1 ? "connection" : "connections", tone: .good),
            stat(progress.connections.broken, "broken", tone: progress.connections.broken > 0 ? .bad : .idle),
        ]))
        \(section("Brokers", action: link("All brokers", "/brokers"), brokerTable(progress.brokers, addresses, now: now)))
        """
}

private func needs(_ progress: InstallationProgress, _ addresses: Addresses, now: Date) -> [HTML] {
    var all = progress.failed.map { plugin in
        alert(
            .bad, "\(plugin.name) does not work",
            "<p>\(plugin.failure ?? "")</p><p>\(link("Go to the plugins", "/plugins"))</p>")
    }
    all += progress.brokersInNeed.compactMap { record in
        let lost = !addresses.knows(region: record.broker.region)
        let text: (String, String)? =
            lost
            ? (
                "\(record.broker.name) has no region",
                "There is no region \(record.broker.region.uppercased()) in the configuration any more."
            )
            : record.state == .ownerless
                ? ("\(record.broker.name) has no owner yet", "The invitation was not accepted, or has expired.")
                : record.broken > 0
                    ? (
                        "\(counted(record.broken, "connection")) of \(record.broker.name) \(record.broken == 1 ? "is" : "are") broken",
                        "Its owner has to sign in at the provider anew."
                    )
                    : nil
        return text.map { title, text in
            alert(.warn, title, "<p>\(text)</p><p>\(link("See the broker", record.path))</p>")
        }
    }
    return all
}
