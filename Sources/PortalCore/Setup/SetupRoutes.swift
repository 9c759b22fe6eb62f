import Foundation
import HTML
import Hummingbird
import PortalKit

/// How a tenant is made usable: the tracker, and what a person can do at each step.
enum SetupRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/tenants/:tenant/setup", .seeSetups, tracker)
        routes.get("/tenants/:tenant/setup/state", .seeSetups, state)
        routes.post("/tenants/:tenant/setup/looks", .setUpTenants) { try tell($0, .lookNow, .lookingNow) }
        routes.post("/tenants/:tenant/setup/repetitions", .setUpTenants) { try tell($0, .doAgain, .doneAgain) }
        routes.post("/tenants/:tenant/setup/retries", .setUpTenants, retry)
        routes.post("/tenants/:tenant/setup/runs", .setUpTenants, beginAnew)
        routes.get("/tenants/:tenant/setup/disabling", .setUpTenants, disabling)
        routes.post("/tenants/:tenant/setup/disabling", .setUpTenants, disable)
        routes.get("/tenants/:tenant/removal", .setUpTenants, removal)
        routes.post("/tenants/:tenant/removal", .setUpTenants, remove)
    }

    private static func tracker(_ visit: Visit) throws -> Response {
        let page = try visit.setupPage()
        var frame = visit.frame(
            "Set-up of \(page.tenant.name)",
            "You can leave at any time: it goes on by itself, and several tenants at once.",
            above: [
                (title: "Tenants", path: "/tenants"), (title: page.tenant.name, path: "/tenants/\(page.tenant.id)"),
            ])
        frame.primaryAction = when(page.mayChange, page.menu)
        guard page.setup.state == .running else { return visit.show(frame, page.content) }
        frame.refreshSeconds = 5
        return visit.show(frame, live("/tenants/\(page.tenant.id)/setup/state", reloads: true, page.content))
    }

    private static func state(_ visit: Visit) throws -> Response {
        let page = try visit.setupPage()
        return .fragment(page.content, isDone: page.setup.state != .running)
    }

    /// One event for the present step; a form made for another step or run is refused.
    private static func tell(_ visit: Visit, _ event: WorkEvent, _ done: Done) throws -> Response {
        let (tenant, setup, _) = try visit.currentSetup()
        try visit.portal.database.write { db in
            guard try db.setup(of: tenant.id, setup.pluginID)?.stamp == visit.form["stamp"] else {
                throw PageError.stale("The set-up of \(tenant.name) has gone on since this page was loaded.")
            }
            try db.tell(tenant.id, setup.pluginID, event, visit.portal.vault, at: visit.now)
            try db.audit(
                visit.auditLine(
                    "setup.tell", "tenant:\(tenant.id)",
                    ["tenant": tenant.name, "step": setup.step, "what": done.rawValue]),
                at: visit.now)
        }
        return .seeOther("/tenants/\(tenant.id)/setup?done=\(done.rawValue)")
    }

    private static func retry(_ visit: Visit) throws -> Response {
        let (tenant, setup, _) = try visit.currentSetup()
        let broker = try visit.broker
        let started = try visit.portal.database.write { db in
            guard let job = try setup.jobID.flatMap({ try db.job($0, of: broker.id) }), try db.retry(job, at: visit.now)
            else { return false }
            try db.audit(visit.auditLine("job.retry", "job:\(job.id)", ["title": job.title]), at: visit.now)
            return true
        }
        guard started else { throw PageError.stale("The set-up of \(tenant.name) is under way.") }
        return .seeOther("/tenants/\(tenant.id)/setup?done=\(Done.jobRetried.rawValue)")
    }

    /// From the first step on. What is enabled stays so until the new run has something better.
    private static func beginAnew(_ visit: Visit) throws -> Response {
        let (tenant, setup, plugin) = try visit.currentSetup()
        let broker = try visit.broker
        try visit.portal.database.write { db in
            guard let now = try db.setup(of: tenant.id, setup.pluginID), now.stamp == visit.form["stamp"],
                now.mayBeginAnew(try now.jobID.flatMap { try db.job($0, of: broker.id) })
            else { throw PageError.stale("The set-up of \(tenant.name) is under way already.") }
            let claim = StoredSetup.claim(tenant.key.namespace, tenant.key.id)
            guard
                try db.count(
                    "SELECT COUNT(*) FROM tenant_setup WHERE claim = \(claim) AND broker_id <> \(broker.id)") == 0
            else { throw PageError.stale("Another company that uses this portal looks after \(tenant.name) by now.") }
            guard let manifest = visit.portal.plugins[setup.pluginID]?.manifest else { throw PageError.notFound }
            try db.beginSetup(
                of: tenant.id, SetupTenant(key: tenant.key, name: tenant.name, intake: setup.intake), broker.id,
                manifest,
                plugin.setup, visit.portal.vault, by: visit.user.email, at: visit.now)
            if !now.access.isEnabled { try db.set(.unknown, reason: "Set up anew", of: now, at: visit.now) }
        }
        return .seeOther("/tenants/\(tenant.id)/setup?done=\(Done.setupBegun.rawValue)")
    }

    private static func disabling(_ visit: Visit) throws -> Response {
        let (tenant, setup, plugin) = try visit.currentSetup()
        let frame = visit.setupFrame("Disable \(tenant.name)", tenant)
        return visit.show(frame, disablingPage(tenant, setup, plugin, csrf: visit.session.formToken))
    }

    private static func disable(_ visit: Visit) throws -> Response {
        let (tenant, setup, _) = try visit.currentSetup()
        let broker = try visit.broker
        try visit.portal.database.write { db in
            try db.end(setup, broker.id, reason: "Disabled by \(visit.user.name)", at: visit.now)
            try db.set(.disabled, reason: "Disabled by \(visit.user.name)", of: setup, at: visit.now)
            try db.audit(
                visit.auditLine("setup.disable", "tenant:\(tenant.id)", ["tenant": tenant.name]), at: visit.now)
        }
        return .seeOther("/tenants/\(tenant.id)/setup?done=\(Done.tenantDisabled.rawValue)")
    }

    private static func removal(_ visit: Visit) throws -> Response {
        let (tenant, setup, plugin) = try visit.currentSetup()
        let sources = try visit.portal.database.read { try $0.sources(of: tenant.id) }
        let frame = visit.setupFrame("Remove \(tenant.name)", tenant)
        return visit.show(
            frame,
            removalPage(
                tenant, setup, plugin, isElsewhere: sources.contains { $0 != setup.pluginID },
                csrf: visit.session.formToken))
    }

    private static func remove(_ visit: Visit) throws -> Response {
        let (tenant, setup, _) = try visit.currentSetup()
        let broker = try visit.broker
        guard visit.form["id"] == tenant.key.id else {
            throw PageError.stale("The form was made for another tenant.")
        }
        try visit.portal.database.write { db in
            try db.end(setup, broker.id, reason: "Removed by \(visit.user.name)", at: visit.now)
            try db.remove(setup)
            try db.audit(
                visit.auditLine(
                    "tenant.remove", "tenant:\(tenant.id)", ["tenant": tenant.name, "id": tenant.key.id]), at: visit.now
            )
        }
        return .seeOther("/services/\(setup.pluginID)/tenants?done=\(Done.tenantRemoved.rawValue)")
    }
}

extension StoredSetup {
    /// Of the state that a form was made for.
    var stamp: String { "\(run):\(step):\(state.rawValue)" }
}

extension Visit {
    /// The tenant that the address names, and its set-up by a plugin that is there.
    fileprivate func currentSetup() throws -> (StoredTenant, StoredSetup, any TenantSetup) {
        let tenant = try tenant()
        guard let setup = try portal.database.read({ try $0.setup(of: tenant.id) }),
            let entry = portal.plugins[setup.pluginID], let plugin = entry.tenantSetup
        else { throw PageError.notFound }
        let (isEnabled, isAdded) = try portal.database.read { db in
            (try db.isEnabled(setup.pluginID), try db.hasService(setup.pluginID, broker: setup.brokerID))
        }
        guard isEnabled else { throw PageError.pluginDisabled(entry.manifest.listing.name) }
        guard isAdded || request.method != .post || request.uri.path.hasSuffix("/removal") else {
            throw PageError.stale("\(entry.manifest.listing.name) is no service of yours any more. Add it again first.")
        }
        return (tenant, setup, plugin)
    }

    fileprivate func setupFrame(_ title: String, _ tenant: StoredTenant) -> PageFrame {
        frame(
            title,
            above: [
                (title: "Tenants", path: "/tenants"), (title: tenant.name, path: "/tenants/\(tenant.id)"),
                (title: "Set-up", path: "/tenants/\(tenant.id)/setup"),
            ])
    }

    fileprivate func setupPage() throws -> SetupPage {
        let (tenant, setup, plugin) = try currentSetup()
        let (steps, job, approvals) = try portal.database.read { db in
            (
                try db.steps(of: setup), try setup.jobID.flatMap { try db.job($0, of: setup.brokerID) },
                try db.approvals(of: tenant.id, setup.pluginID)
            )
        }
        return SetupPage(
            tenant: tenant, setup: setup, workflow: plugin.setup, steps: steps, job: job, approvals: approvals,
            mayChange: may(.setUpTenants), csrf: session.formToken, now: now)
    }
}

extension DatabaseConnection {
    /// Of the tenant: the plugins that see it.
    mutating func sources(of tenant: Key<StoredTenant>) throws -> [Key<PluginManifest>] {
        try query("SELECT plugin_id FROM tenant_source WHERE tenant_id = \(tenant) ORDER BY plugin_id") { try $0[0] }
    }

    /// Stops what is under way, and forgets the tenant's credentials.
    mutating func end(_ setup: StoredSetup, _ broker: Key<Broker>, reason: String, at now: Date) throws {
        for kind: any JobKind.Type in [SetupJob.self, AccessCheckJob.self] {
            if let id = try unfinishedJob(kind, subject: setup.subject), let job = try job(id, of: broker) {
                try requestCancellation(of: job, at: now)
            }
        }
        if setup.state != .stopped { try stop(setup, reason: reason, at: now) }
        try execute(
            "UPDATE tenant_setup SET claim = NULL, check_at = NULL WHERE tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID)"
        )
        try forgetGrants(of: setup.tenantID, setup.pluginID)
    }

    /// All of a service's, when it is removed: nothing can be done in these tenants any more.
    mutating func endSetups(of plugin: Key<PluginManifest>, _ broker: Key<Broker>, reason: String, at now: Date) throws
    {
        let setups = try query(
            "\(StoredSetup.selection) WHERE broker_id = \(broker) AND plugin_id = \(plugin)", StoredSetup.init(row:))
        for setup in setups where setup.access != .disabled || setup.state != .stopped {
            try end(setup, broker, reason: reason, at: now)
            try set(.disabled, reason: reason, of: setup, at: now)
        }
    }

    /// The set-up with all that belongs to it, and the tenant where no other plugin sees it. The organization stays.
    mutating func remove(_ setup: StoredSetup) throws {
        let (tenant, plugin) = (setup.tenantID, setup.pluginID)
        try eraseSetups("tenant_id = \(tenant) AND plugin_id = \(plugin)")
        try execute("DELETE FROM tenant_source WHERE tenant_id = \(tenant) AND plugin_id = \(plugin)")
        guard try sources(of: tenant).isEmpty else { return }
        try execute("DELETE FROM intake WHERE tenant_id = \(tenant)")
        try execute("DELETE FROM tenant_link WHERE tenant_id = \(tenant)")
        try execute("DELETE FROM tenant WHERE id = \(tenant)")
    }

    /// Set-ups and approvals, with everything that hangs on them.
    mutating func eraseSetups(_ condition: SQL) throws {
        let approvals: SQL = "SELECT id FROM approval WHERE \(condition)"
        try execute("DELETE FROM approval_message WHERE approval_id IN (\(approvals))")
        try execute("DELETE FROM approval_trip WHERE approval_id IN (\(approvals))")
        try execute("DELETE FROM approval_link WHERE approval_id IN (\(approvals))")
        for table: SQL in ["approval", "setup_event", "setup_step", "tenant_setup"] {
            try execute("DELETE FROM \(table) WHERE \(condition)")
        }
    }
}
