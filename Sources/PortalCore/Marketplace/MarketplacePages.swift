import Foundation
import HTML
import PortalKit

func marketplacePage(_ entries: [PluginRegistry.Entry], _ added: [Service], mayAdd: Bool) -> HTML {
    guard !entries.isEmpty else {
        return emptyState(
            title: "No services yet",
            text: "Services come with provider plugins. An administrator of this portal enables them.")
    }
    return cards(
        entries.map { entry in
            let service = added.first { $0.manifest.id == entry.manifest.id }
            let path = "/marketplace/\(entry.manifest.id)"
            return card(
                title: entry.manifest.listing.name, titlePath: path, subtitle: entry.manifest.provider,
                badge: service.map { connectionBadge($0.connection) } ?? stateBadge(.idle, "Not added"),
                body: """
                    <p>\(entry.manifest.listing.summary)</p>
                    \(definitionList([
                        ("For whom", "\(entry.manifest.listing.audience)"),
                        ("Needs", "<ul>\(each(entry.manifest.listing.needs) { "<li>\($0)</li>" })</ul>"),
                    ]))
                    """,
                footer: service.map { linkButton("Open", path: $0.path, style: .secondary) }
                    ?? linkButton(mayAdd ? "See and add" : "See", path: path))
        })
}

func listingPage(_ manifest: PluginManifest) -> HTML {
    """
    \(section("What it does", panel("<ul>\(each(manifest.listing.does) { "<li>\($0)</li>" })</ul>")))
    \(section("What you need", panel("<ul>\(each(manifest.listing.needs) { "<li>\($0)</li>" })</ul>")))
    \(section("What it asks \(manifest.provider) for", permissionTable(manifest)))
    \(definitionList([
        ("For whom", "\(manifest.listing.audience)"), ("Provider", "\(manifest.provider)"), ("Version", "\(manifest.version)"),
    ]))
    """
}

private func permissionTable(_ manifest: PluginManifest) -> HTML {
    table(
        caption: "Permissions", columns: [Column(title: "Permission"), Column(title: "Why")],
        rows: manifest.permissions.map { [code($0.name), "\($0.reason)"] })
}

func stepsPage(_ entry: PluginRegistry.Entry, csrf: String) -> HTML {
    let (manifest, listing) = (entry.manifest, entry.manifest.listing)
    let add = TrackerStep(
        title: "Add it to your services",
        sentence:
            "It appears in My Services, and your customers see it in the E-Store. Nothing is sent to \(manifest.provider) yet.",
        tone: .wait, word: "Now", who: "You",
        action: postButton(
            "Add Service", action: "/marketplace/\(manifest.id)/additions", csrfToken: csrf, style: .primary),
        isCurrent: true)
    let connect = entry.connectable.map { _ in
        TrackerStep(
            title: listing.connectionTitle,
            sentence: "You sign in at \(manifest.provider) once. The page tells what is needed before you leave.",
            tone: .idle, word: "Next")
    }
    let link = entry.tenantSource.map { _ in
        TrackerStep(
            title: listing.linkTitle,
            sentence: "The tenants found at \(listing.source) become organizations of yours, after a preview.",
            tone: .idle, word: "Then")
    }
    let intake = entry.tenantIntake.map { _ in
        TrackerStep(
            title: "Add tenants", sentence: "You add your customers one by one; each approves on a page of its own.",
            tone: .idle, word: "Then")
    }
    return tracker([add, connect, link, intake].compactMap(\.self))
}

func servicesPage(_ services: [(Service, TenantTotals)]) -> HTML {
    guard !services.isEmpty else {
        return emptyState(
            title: "No services yet", text: "A service that you add in the marketplace is managed here.",
            action: linkButton("Go to the marketplace", path: "/marketplace"))
    }
    return cards(
        services.map { service, totals in
            card(
                title: service.manifest.listing.name, titlePath: service.path, subtitle: service.manifest.provider,
                badge: service.isEnabled ? connectionBadge(service.connection) : stateBadge(.idle, "Switched off"),
                body: """
                    <p>\(service.manifest.listing.summary)</p>
                    \(stats([stat(totals[.linked], "linked", tone: .good), stat(totals[.unlinked], "unlinked", tone: .warn)]))
                    """,
                footer: linkButton("Open", path: service.path, style: .secondary))
        })
}

func connectionBadge(_ connection: StoredConnection?) -> HTML {
    switch connection?.state {
    case .connected where connection?.isUnproved == true:
        stateBadge(.warn, "Connected, to be proved", why: restoredMeans)
    case .connected: stateBadge(.good, "Connected")
    case .broken: stateBadge(.bad, "Sign-in needed", why: connection?.cause?.title)
    case .some(.none), nil: stateBadge(.warn, "Not connected")
    }
}

let restoredMeans =
    "The portal was restored from a backup. Whether this sign-in still works shows at its next use, at night at the latest."

/// The guided steps, with where the service stands.
func overviewPage(_ service: Service, _ totals: TenantTotals, may: Set<Permission>) -> HTML {
    let added = TrackerStep(
        title: "Added to your services", sentence: "Your customers see it in the E-Store.", tone: .good, word: "Done",
        action: when(may.contains(.seeStore), linkButton("Look at the E-Store", path: "/store", style: .quiet)))
    let connect = service.entry.connectable.map { _ in connectionStep(service, may: may) }
    let link = service.entry.tenantSource.map { _ in linkStep(service, totals) }
    let intake = service.entry.tenantIntake.map { _ in intakeStep(service, totals, may: may) }
    return tracker([added, connect, link, intake].compactMap(\.self))
}

private func intakeStep(_ service: Service, _ totals: TenantTotals, may: Set<Permission>) -> TrackerStep {
    let isConnected = service.connection?.state == .connected
    let mayAdd = isConnected && may.contains(.setUpTenants)
    return TrackerStep(
        title: "Add tenants",
        sentence: totals.atProvider > 0
            ? "\(counted(totals.atProvider, "tenant")) of \(service.manifest.listing.source)."
            : "You add your customers one by one; each approves on a page of its own.",
        tone: totals.atProvider > 0 ? .good : isConnected ? .wait : .idle,
        word: totals.atProvider > 0 ? "Begun" : isConnected ? "None yet" : "After the connection",
        who: mayAdd && totals.atProvider == 0 ? "You" : nil,
        action: """
            \(when(mayAdd, linkButton("Add a tenant", path: "\(service.path)/intakes/new")))\
            \(when(totals.atProvider > 0, linkButton("Its tenants", path: "\(service.path)/tenants", style: .secondary)))
            """,
        isCurrent: isConnected && totals.atProvider == 0)
}

private func connectionStep(_ service: Service, may: Set<Permission>) -> TrackerStep {
    let isConnected = service.connection?.state == .connected
    return TrackerStep(
        title: service.manifest.listing.connectionTitle, sentence: connectionSentence(service),
        tone: isConnected ? .good : .warn,
        word: isConnected ? "Connected" : "To do", who: isConnected ? nil : "You",
        action: when(
            may.contains(.seeConnections),
            linkButton(
                isConnected ? "Look at the connection" : connectWord(may), path: "\(service.path)/authentication",
                style: isConnected ? .secondary : .primary)),
        isCurrent: !isConnected)
}

private func linkStep(_ service: Service, _ totals: TenantTotals) -> TrackerStep {
    let isConnected = service.connection?.state == .connected
    let isLinked = totals[.unlinked] == 0 && totals.atProvider > 0
    return TrackerStep(
        title: service.manifest.listing.linkTitle,
        sentence: linkSentence(totals, isConnected: isConnected, service.manifest.listing.source),
        tone: isLinked ? .good : isConnected ? .warn : .idle,
        word: isLinked ? "All linked" : isConnected ? "\(grouped(totals[.unlinked])) unlinked" : "After the connection",
        who: isConnected && !isLinked ? "You" : nil,
        action: when(
            isConnected || totals.atProvider > 0,
            linkButton("Open", path: "\(service.path)/tenants", style: isLinked ? .secondary : .primary)),
        isCurrent: isConnected && !isLinked)
}

private func connectionSentence(_ service: Service) -> String {
    switch service.connection?.state {
    case .connected: "The sign-in at \(service.manifest.provider) is in force."
    case .broken: service.connection?.cause?.title ?? "The sign-in no longer works."
    case .some(.none), nil:
        "You sign in at \(service.manifest.provider) once, with the account that your company uses there."
    }
}

private func linkSentence(_ totals: TenantTotals, isConnected: Bool, _ source: String) -> String {
    guard isConnected || totals.atProvider > 0 else {
        return "The tenants of your customers are read from \(source) as soon as you are connected."
    }
    return "\(counted(totals.atProvider, "tenant")) at \(source), \(grouped(totals[.linked])) of them linked."
}

func removalPage(_ service: Service, _ totals: TenantTotals, csrf: String) -> HTML {
    """
    \(alert(.warn, "What this means", """
        <ul><li>The stored sign-in at \(service.manifest.provider) is deleted here. At \(service.manifest.provider) the consent stays until you take it back there.</li>
        <li>Running work of this service is cancelled at its next step.</li>
        <li>Your customers no longer see the service in the E-Store.</li>
        <li>\(counted(totals.atProvider, "tenant")) and \(counted(totals[.linked], "link")) stay. Add the service again, and they are back.</li></ul>
        """))
    \(form(FormPage(
        action: "\(service.path)/removal", csrfToken: csrf, fields: [], submit: "Remove service",
        cancel: (title: "Keep it", path: service.path), style: .danger)))
    <p>\(linkButton("Remove and erase its tenants too…", path: "\(service.path)/erasure", style: .quiet))</p>
    """
}

func storePage(_ services: [Service], _ broker: Broker, isBroker: Bool) -> HTML {
    guard !services.isEmpty else {
        return emptyState(
            title: "Nothing here yet",
            text: isBroker
                ? "Services that you add in the marketplace appear here."
                : "\(broker.name) has not added a service yet.",
            action: isBroker ? linkButton("Go to the marketplace", path: "/marketplace") : nil)
    }
    return cards(
        services.map { service in
            card(
                title: service.manifest.listing.name, subtitle: "\(service.manifest.provider), through \(broker.name)",
                body: "<p>\(service.manifest.listing.offer)</p>",
                footer: "<p>To order, ask your partner: <strong>\(broker.name)</strong>.</p>")
        })
}
