import Foundation
import HTML
import PortalKit

/// - Parameter isWhole: whether these are all of the broker's, and not those of a limited person's organizations.
func tenantTotals(_ totals: TenantTotals, _ service: Service, _ path: String, isWhole: Bool) -> HTML {
    guard totals.atProvider > 0 || totals[.gone] > 0 else { return HTML() }
    let parts: [(StoredTenant.State, Tone)] = [
        (.linked, .good), (.unlinked, .warn), (.excluded, .idle), (.unreachable, .bad),
    ]
    let sum = PortalCore.totals(
        Total(
            count: totals.atProvider,
            word: "at \(service.manifest.listing.source)\(isWhole ? "" : " of your organizations")", path: path),
        parts.map { state, tone in
            Total(count: totals[state], word: state.rawValue, path: "\(path)?state=\(state.rawValue)", tone: tone)
        })
    return """
        \(sum)\
        \(when(totals[.gone] > 0, #"<p class="quiet"><a href="\#(url: "\(path)?state=gone")">\#(grouped(totals[.gone]))</a> more are gone from the list; their links are kept.</p>"#))
        """
}

/// Why it matters.
let unlinkedMeans =
    "Unlinked tenants belong to no organization: their people see nothing here, and whatever is told by organization leaves them out."

func unlinkedAlert(_ totals: TenantTotals, _ service: Service, mayLink: Bool) -> HTML {
    alert(
        .warn, "\(counted(totals[.unlinked], "tenant is", "tenants are")) not linked to an organization",
        """
        <p>\(unlinkedMeans)</p>
        \(when(mayLink, "<p>\(linkButton("Auto-create and link…", path: "\(service.path)/bulk-links/new"))</p>"))
        """)
}

/// How far the reading has come; when it ends, the page is loaded again with the new numbers.
func discoveryAlert(_ job: Job, maySeeJob: Bool, now: Date) -> HTML {
    guard maySeeJob else {
        return alert(.wait, "The list is being read", "<p>The numbers below change when it has been read.</p>")
    }
    return alert(
        .wait, "The list is being read",
        """
        \(live("/jobs/\(job.id)/progress", reloads: true, jobProgress(job, now: now)))
        <p><a href="\(url: "/jobs/\(job.id)")">Look at the job</a>. It goes on when you leave this page.</p>
        """)
}

func noTenants(_ source: Service?, _ scope: OrganizationScope, may: Set<Permission>) -> HTML {
    guard scope.isWhole else {
        return emptyState(
            title: "No tenants yet", text: "None is linked to the organizations that you look after.",
            action: linkButton("Go to your organizations", path: "/organizations"))
    }
    guard let source else {
        return emptyState(
            title: "No tenants yet", text: "They are read from a provider once a service is connected.",
            action: linkButton("Go to My Services", path: "/services"))
    }
    let isConnected = source.connection?.state == .connected
    return emptyState(
        title: "No tenants yet",
        text: isConnected
            ? "The list at \(source.manifest.listing.source) was read and is empty, or is being read."
            : "They are read from \(source.manifest.listing.source) once the service is connected.",
        action: isConnected || !may.contains(.seeConnections)
            ? nil : linkButton(connectWord(may), path: "\(source.path)/authentication"))
}

func tenantFilters(_ path: String, _ filter: TenantFilter, isFiltered: Bool) -> HTML {
    filters(
        path: path, search: (label: "Name, domain or id", value: filter.search),
        choices: [
            FilterChoice(
                name: "state", label: "State",
                options: [(value: "", label: "All")]
                    + StoredTenant.State.allCases.map { (value: $0.rawValue, label: $0.rawValue.capitalized) },
                value: filter.state?.rawValue ?? "")
        ],
        clearPath: isFiltered ? path : nil)
}

/// A line of the list.
struct TenantLine: Sendable {
    let tenant: StoredTenant
    let sources: [Key<PluginManifest>]
    let setup: StoredSetup?
}

extension PluginRegistry {
    /// Where a tenant comes from, in the words of its sources.
    func sourceNames(_ sources: [Key<PluginManifest>], of tenant: StoredTenant) -> String {
        let names = sources.compactMap { self[$0]?.manifest.listing.source }
        return names.isEmpty ? tenant.key.namespace : names.joined(separator: ", ")
    }
}

func tenantTable(_ lines: [TenantLine], _ plugins: PluginRegistry, now: Date) -> HTML {
    table(
        caption: "Tenants",
        columns: [
            Column(title: "Tenant"), Column(title: "Source"), Column(title: "State"), Column(title: "Organization"),
            Column(title: "First seen"),
        ],
        rows: lines.map { line in
            let tenant = line.tenant
            return [
                twoLines(nameLink(tenant.name, path: "/tenants/\(tenant.id)"), code(tenant.key.id)),
                "\(plugins.sourceNames(line.sources, of: tenant))",
                "\(tenantBadge(tenant))\(when(line.setup) { " \(accessBadge($0))" })",
                tenant.link.map { nameLink($0.organizationName, path: "/organizations/\($0.organizationID)") }
                    ?? quiet("none"),
                timestamp(tenant.firstSeenAt, now: now),
            ]
        })
}

func tenantBadge(_ tenant: StoredTenant) -> HTML {
    switch tenant.state {
    case .linked: stateBadge(.good, "Linked", why: tenant.link?.reason)
    case .unlinked: stateBadge(.warn, "Unlinked")
    case .excluded: stateBadge(.idle, "Excluded", why: tenant.excludedReason)
    case .unreachable: stateBadge(.bad, "Unreachable", why: tenant.presenceReason)
    case .gone: stateBadge(.idle, "Gone", why: tenant.presenceReason)
    }
}

/// One tenant: what is known, and what can be done with it.
struct TenantPage {
    let tenant: StoredTenant
    let sources: String
    let setup: StoredSetup?
    let maySeeSetup: Bool
    /// What the bulk action would do with it.
    let line: LinkPlan.Line?
    let organizations: [Organization]
    let search: String
    let mayLink: Bool
    let csrf: String
    let now: Date

    private var path: String { "/tenants/\(tenant.id)" }

    var content: HTML {
        """
        \(definitionList([
            ("State", tenantBadge(tenant)), ("Source", "\(sources)"),
            ("Tenant id", copyable(tenant.key.id, label: "tenant id")),
            ("Domains", tenant.domains.isEmpty ? quiet("not known") : each(tenant.domains) { "<div>\($0.name)\(when($0.isVerified, " \(stateBadge(.good, "verified"))"))</div>" }),
            ("First seen", timestamp(tenant.firstSeenAt, now: now)),
        ] + (setup.map { [("Access", accessBadge($0))] } ?? [])))
        \(when(maySeeSetup && setup != nil, "<p>\(linkButton("Look at the set-up", path: "\(path)/setup", style: setup?.access.isEnabled == true ? .secondary : .primary))</p>"))
        \(when(tenant.link) { linked($0) })
        \(when(tenant.state == .unlinked, unlinked))
        \(when(tenant.state == .excluded, excluded))
        \(when(tenant.state == .unreachable || tenant.state == .gone, alert(.warn, "It can't be read at the provider", "<p>\(tenant.presenceReason ?? "")</p>")))
        """
    }

    private func linked(_ link: StoredTenant.Link) -> HTML {
        section(
            "Organization",
            """
            \(definitionList([
                ("Linked to", nameLink(link.organizationName, path: "/organizations/\(link.organizationID)")),
                ("Why", "\(link.reason)"), ("Linked", timestamp(link.at, now: now)), ("By", "\(link.by)"),
            ]))
            \(when(mayLink, postButton("Remove the link", action: "\(path)/unlinking", csrfToken: csrf)))
            """)
    }

    private var unlinked: HTML {
        """
        \(when(line) { suggestion($0) })
        \(when(mayLink, section("Link it to an organization that exists", existing)))
        \(when(mayLink, section("Create an organization from it", intro: "Named \(tenant.name), and linked.", postButton("Create and link", action: "\(path)/organization", csrfToken: csrf))))
        \(when(mayLink, section("Leave it out", intro: "It is then counted as excluded, not as unlinked.", form(FormPage(
            action: "\(path)/exclusion", csrfToken: csrf, fields: [FormField(name: "reason", label: "Why", hint: "For whoever looks later.", isRequired: false, maxLength: 500)],
            submit: "Exclude", style: .secondary)))))
        """
    }

    private func suggestion(_ line: LinkPlan.Line) -> HTML {
        switch line.decision {
        case .create: alert(.idle, "No organization is like it", "<p>Auto-create and link would create one.</p>")
        case .link(_, let name, let reason): alert(.good, "Suggested: \(name)", "<p>\(reason).</p>")
        case .ask(let candidates, let reason):
            alert(
                .warn, "Your decision is needed",
                "<p>\(reason)\(when(!candidates.isEmpty, " Candidates: \(names(of: candidates))."))</p>")
        }
    }

    private var existing: HTML {
        guard !organizations.isEmpty else {
            return
                "\(finder)<p>No organization\(when(!search.isEmpty, " has this in its name or domain"))\(when(search.isEmpty, " exists yet")).</p>"
        }
        return """
            \(finder)
            \(form(FormPage(
                action: "\(path)/link", csrfToken: csrf,
                fields: [FormField(name: "organization", label: "Organization", value: preferred, kind: .choice(organizations.map { (value: $0.id.rawValue, label: label(of: $0)) }))],
                submit: "Link")))
            """
    }

    private func label(of organization: Organization) -> String {
        organization.domain.map { "\(organization.name) (\($0))" } ?? organization.name
    }

    private var finder: HTML {
        filters(
            path: path, search: (label: "Find an organization", value: search), clearPath: search.isEmpty ? nil : path)
    }

    private var preferred: String {
        switch line?.decision {
        case .link(let id, _, _): id.rawValue
        case .ask(let candidates, _): candidates.first?.id.rawValue ?? ""
        case .create, nil: ""
        }
    }

    private var excluded: HTML {
        section(
            "Left out", intro: tenant.excludedReason,
            when(mayLink, postButton("Count it again", action: "\(path)/inclusion", csrfToken: csrf)))
    }
}
