import Foundation
import HTML
import Hummingbird
import PortalKit

/// The tenants of a broker, and linking them one by one.
enum TenantRoutes {
    private static let pageLength = 50

    static func add(to routes: inout RouteTable) {
        routes.get("/tenants", .seeTenants, all)
        routes.get("/services/:plugin/tenants", .seeTenants, ofService)
        routes.post("/services/:plugin/discoveries", .linkTenants, discover)
        routes.get("/tenants/:tenant", .seeTenants, tenant)
        routes.post("/tenants/:tenant/link", .linkTenants, link)
        routes.post("/tenants/:tenant/organization", .linkTenants, createOrganization)
        routes.post("/tenants/:tenant/unlinking", .linkTenants, unlink)
        routes.post("/tenants/:tenant/exclusion", .linkTenants, exclude)
        routes.post("/tenants/:tenant/inclusion", .linkTenants, include)
    }

    private static func all(_ visit: Visit) throws -> Response {
        let frame = visit.frame(
            "Tenants", "The accounts of your customers at providers, with the organization that each is linked to.")
        return visit.show(frame, try list(visit, TenantFilter(), path: "/tenants", source: nil))
    }

    /// *Link Tenant to Organization*: the totals, the alert, the bulk action and the list of one service.
    private static func ofService(_ visit: Visit) throws -> Response {
        let service = try visit.service()
        guard service.entry.hasTenants else { throw PageError.notFound }
        let readsList = service.entry.tenantSource != nil
        let broker = try visit.broker
        let scope = try visit.scope
        let (totals, discovery, nextReading) = try visit.portal.database.read { db in
            let connection = service.connection?.id ?? ""
            return (
                try db.totals(of: scope, source: service.manifest.id),
                try db.unfinishedJob(DiscoveryJob.self, subject: connection.rawValue).flatMap {
                    try db.job($0, of: broker.id)
                }, try db.nextReading(of: connection)
            )
        }
        var frame = visit.frame(
            service.manifest.listing.linkTitle,
            "Each tenant found at \(service.manifest.listing.source) belongs to one of your organizations.",
            above: [
                (title: "My Services", path: "/services"), (title: service.manifest.listing.name, path: service.path),
            ])
        if discovery != nil { frame.refreshSeconds = 2 }
        if service.entry.tenantIntake != nil {
            frame.primaryAction = when(
                visit.may(.setUpTenants), linkButton("Add a tenant", path: "\(service.path)/intakes/new"))
        }
        let path = "\(service.path)/tenants"
        let mayLink = visit.may(.linkTenants)
        return visit.show(
            frame,
            """
            \(when(discovery) { discoveryAlert($0, maySeeJob: visit.may(.seeJobs), now: visit.now) })
            \(tenantTotals(totals, service, path, isWhole: scope.isWhole))
            \(when(totals[.unlinked] > 0 && discovery == nil, unlinkedAlert(totals, service, mayLink: mayLink && readsList)))
            \(when(readsList && mayLink && service.connection?.state == .connected && discovery == nil, postButton("Read the list again", action: "\(service.path)/discoveries", csrfToken: visit.session.formToken, style: .secondary)))
            \(when(readsList && service.connection?.state == .connected ? nextReading : nil) { "<p class=\"quiet\">The list is read again every night, next on \(UTCTime($0).text).</p>" })
            \(try list(visit, TenantFilter(source: service.manifest.id), path: path, source: service))
            """)
    }

    private static func discover(_ visit: Visit) throws -> Response {
        let service = try visit.tenantSource()
        let broker = try visit.broker
        guard let connection = service.connection, connection.state == .connected else {
            throw PageError.stale("The service is not connected, so its list can't be read.")
        }
        let job = try visit.portal.database.write { db in
            try DiscoveryJob.start(
                for: connection.id, broker.id, service.manifest.id, by: visit.user.email, &db, at: visit.now)
        }
        return .seeOther("/jobs/\(job)")
    }

    private static func list(_ visit: Visit, _ base: TenantFilter, path: String, source: Service?) throws -> HTML {
        let scope = try visit.scope
        var filter = base
        filter.search = visit.query("q")
        filter.state = StoredTenant.State(rawValue: visit.query("state"))
        let start = visit.pageStart
        let narrowed = filter
        let (rows, total, all) = try visit.portal.database.read { db in
            (
                try db.tenantLines(of: scope, narrowed, limit: pageLength, offset: start),
                try db.countTenants(of: scope, narrowed), try db.countTenants(of: scope, base)
            )
        }
        guard all > 0 else { return noTenants(source, scope, may: visit.session.access.permissions) }
        let isFiltered = !filter.search.isEmpty || filter.state != nil
        let query = "\(path)?q=\(filter.search.queryEncoded)&state=\(visit.query("state").queryEncoded)"
        return """
            \(tenantFilters(path, filter, isFiltered: isFiltered))
            \(rows.isEmpty ? emptyState(title: "No match", text: "No tenant is like this.") : tenantTable(rows, visit.portal.plugins, now: visit.now))
            \(when(total > pageLength, pager(
                first: start + 1, last: start + rows.count, total: total,
                previousPath: start > 0 ? "\(query)&from=\(max(0, start - pageLength))" : nil,
                nextPath: start + rows.count < total ? "\(query)&from=\(start + pageLength)" : nil)))
            """
    }

    private static func tenant(_ visit: Visit) throws -> Response {
        let scope = try visit.scope
        let tenant = try visit.tenant()
        let search = visit.query("q")
        let (line, organizations, sources, setup) = try visit.portal.database.read { db in
            (
                tenant.state == .unlinked ? try db.planLine(for: tenant) : nil,
                tenant.state == .unlinked ? try db.organizations(of: scope, like: search, limit: 20) : [],
                try db.sources(of: tenant.id), try db.setup(of: tenant.id)
            )
        }
        let frame = visit.frame(tenant.name, above: [(title: "Tenants", path: "/tenants")])
        let page = TenantPage(
            tenant: tenant, sources: visit.portal.plugins.sourceNames(sources, of: tenant), setup: setup,
            maySeeSetup: visit.may(.seeSetups), line: line,
            organizations: organizations, search: search,
            mayLink: visit.may(.linkTenants), csrf: visit.session.formToken, now: visit.now)
        return visit.show(frame, page.content)
    }

    private static func link(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let scope = try visit.scope
        return try visit.change(.tenantLinked, "tenant.link") { tenant, db in
            try tenant.require(.unlinked)
            guard let organization = try db.organization(Key(visit.form["organization"] ?? ""), of: scope) else {
                throw PageError.stale("No organization was chosen, or it is gone.")
            }
            try db.link(
                tenant.id, to: organization.id, of: broker.id, reason: "Chosen by \(visit.user.name)", job: nil,
                by: visit.user.email, at: visit.now)
            return ["organization": organization.name, "organization id": organization.id.rawValue]
        }
    }

    private static func createOrganization(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        return try visit.change(.organizationCreated, "tenant.link") { tenant, db in
            try tenant.require(.unlinked)
            let organization = try db.createOrganization(named: tenant.name, for: tenant, at: visit.now)
            try db.link(
                tenant.id, to: organization.id, of: broker.id, reason: "Created for it", job: nil, by: visit.user.email,
                at: visit.now)
            return ["organization": organization.name, "organization id": organization.id.rawValue, "created": "yes"]
        }
    }

    private static func unlink(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        return try visit.change(.tenantUnlinked, "tenant.unlink") { tenant, db in
            guard let link = tenant.link else { throw PageError.stale("The tenant is not linked any more.") }
            try db.unlink(tenant.id, of: broker.id)
            return ["organization": link.organizationName, "organization id": link.organizationID.rawValue]
        }
    }

    private static func exclude(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let reason = (visit.form["reason"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        return try visit.change(.tenantExcluded, "tenant.exclude") { tenant, db in
            try tenant.require(.unlinked)
            try db.exclude(
                tenant.id, of: broker.id, reason: reason.isEmpty ? "No reason given" : String(reason.prefix(500)),
                at: visit.now)
            return ["reason": reason]
        }
    }

    private static func include(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        return try visit.change(.tenantIncluded, "tenant.include") { tenant, db in
            try tenant.require(.excluded)
            try db.exclude(tenant.id, of: broker.id, reason: nil, at: nil)
            return [:]
        }
    }
}

extension Visit {
    /// The service that the address names, as one that lists tenants.
    func tenantSource() throws -> Service {
        let service = try service()
        guard service.entry.tenantSource != nil else { throw PageError.notFound }
        return service
    }

    func tenant() throws -> StoredTenant {
        let scope = try scope
        guard let tenant = try portal.database.read({ try $0.tenant(parameter("tenant"), of: scope) }) else {
            throw PageError.notFound
        }
        return tenant
    }

    /// One change of one tenant, with its audit line; `change` sees the tenant as it is in the same transaction.
    fileprivate func change(
        _ done: Done, _ action: String, _ change: (StoredTenant, inout DatabaseConnection) throws -> [String: String]
    ) throws -> Response {
        let scope = try scope
        let id: Key<StoredTenant> = parameter("tenant")
        try portal.database.write { db in
            guard let tenant = try db.tenant(id, of: scope) else { throw PageError.notFound }
            let detail = try change(tenant, &db)
            try db.audit(
                auditLine(action, "tenant:\(id)", detail.merging(["tenant": tenant.name]) { mine, _ in mine }), at: now)
        }
        return .seeOther("/tenants/\(id)?done=\(done.rawValue)")
    }
}

extension StoredTenant {
    fileprivate func require(_ wanted: State) throws {
        guard state == wanted else { throw PageError.stale("\(name) is \(state.rawValue) by now.") }
    }
}
