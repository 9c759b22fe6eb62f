import Foundation
import HTML
import Hummingbird
import PortalKit

/// What is compiled in, and its switches.
enum PluginRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/plugins", .managePlugins, list)
        routes.get("/plugins/:plugin/disabling", .managePlugins, preview)
        routes.post("/plugins/:plugin/disabling", .managePlugins, disable)
        routes.post("/plugins/:plugin/enabling", .managePlugins, enable)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let rows = try visit.portal.database.read { db in
            try visit.portal.plugins.entries.map { entry in
                PluginRow(
                    entry: entry, isEnabled: try db.isEnabled(entry.manifest.id),
                    reach: try db.reach(of: entry.manifest.id),
                    problem: try db.oldestProblem(of: entry.manifest.id),
                    clockWarning: visit.portal.providerClocks.warning(
                        for: entry.manifest.id, provider: entry.manifest.provider))
            }
        }
        let frame = visit.frame(
            "Plugins", "The providers that this portal is built with. Enabled and working are two things.")
        return visit.show(frame, pluginList(rows, csrf: visit.session.formToken))
    }

    private static func preview(_ visit: Visit) throws -> Response {
        let entry = try visit.plugin()
        let reach = try visit.portal.database.read { try $0.reach(of: entry.manifest.id) }
        let frame = visit.frame("Disable \(entry.manifest.listing.name)", above: [(title: "Plugins", path: "/plugins")])
        return visit.show(frame, disablingPage(entry.manifest, reach, csrf: visit.session.formToken))
    }

    /// Closes the gate, waits for what is under way, and only then says that it is off.
    private static func disable(_ visit: Visit) async throws -> Response {
        let entry = try visit.plugin()
        try visit.portal.database.write { db in
            let line = visit.auditLine("plugin.disable", "plugin:\(entry.manifest.id)")
            try db.setEnabled(entry.manifest.id, false, line, at: visit.now)
        }
        let done: Done =
            try await visit.portal.gates.drained(entry.manifest.id) ? .pluginDisabled : .pluginDisabledSlowly
        return .seeOther("/plugins?done=\(done.rawValue)")
    }

    private static func enable(_ visit: Visit) throws -> Response {
        let entry = try visit.plugin()
        try visit.portal.database.write { db in
            let line = visit.auditLine("plugin.enable", "plugin:\(entry.manifest.id)")
            try db.setEnabled(entry.manifest.id, true, line, at: visit.now)
        }
        return .seeOther("/plugins?done=\(Done.pluginEnabled.rawValue)")
    }
}

/// A line of the list of plugins.
private struct PluginRow: Sendable {
    let entry: PluginRegistry.Entry
    let isEnabled: Bool
    let reach: PluginReach
    /// Of the connection that has been broken the longest.
    let problem: String?
    let clockWarning: String?
}

/// What hangs on a plugin.
private struct PluginReach: Sendable {
    let brokers: Int
    let connections: Int
    let openJobs: Int
    let tenants: Int
    let links: Int
}

extension Visit {
    fileprivate func plugin() throws -> PluginRegistry.Entry {
        guard let entry = portal.plugins[parameter("plugin")] else { throw PageError.notFound }
        return entry
    }
}

extension DatabaseConnection {
    fileprivate mutating func reach(of plugin: Key<PluginManifest>) throws -> PluginReach {
        try PluginReach(
            brokers: count("SELECT COUNT(*) FROM service WHERE plugin_id = \(plugin)"),
            connections: count("SELECT COUNT(*) FROM connection WHERE plugin_id = \(plugin) AND state = 'connected'"),
            openJobs: count("SELECT COUNT(*) FROM job WHERE plugin_id = \(plugin) AND finished_at IS NULL"),
            tenants: count("SELECT COUNT(*) FROM tenant_source WHERE plugin_id = \(plugin)"),
            links: count(
                "SELECT COUNT(*) FROM tenant_link WHERE tenant_id IN (SELECT tenant_id FROM tenant_source WHERE plugin_id = \(plugin))"
            ))
    }

    fileprivate mutating func oldestProblem(of plugin: Key<PluginManifest>) throws -> String? {
        let cause: JSONColumn<Problem>?? = try first(
            "SELECT cause FROM connection WHERE plugin_id = \(plugin) AND state = 'broken' ORDER BY state_since LIMIT 1"
        ) { try $0[0] }
        return cause??.value.title
    }
}

private func pluginList(_ rows: [PluginRow], csrf: String) -> HTML {
    guard !rows.isEmpty else {
        return emptyState(
            title: "No plugins",
            text: "This portal was built without provider plugins. The core works; there is nothing to connect to.")
    }
    return cards(
        rows.map { row in
            let manifest = row.entry.manifest
            return card(
                title: manifest.listing.name,
                subtitle: "\(manifest.provider) · \(manifest.id) · version \(manifest.version)",
                badge: stateBadge(row.isEnabled ? .good : .idle, row.isEnabled ? "Enabled" : "Disabled"),
                body: """
                    <p>\(manifest.listing.summary)</p>
                    \(definitionList([
                        ("Health", health(row)), ("Can", "\(row.entry.canDo)"),
                        ("Brokers that use it", "\(row.reach.brokers)"), ("Connected", "\(row.reach.connections)"),
                        ("Open jobs", "\(row.reach.openJobs)"),
                    ]))
                    """,
                footer: row.isEnabled
                    ? linkButton("Disable…", path: "/plugins/\(manifest.id)/disabling", style: .secondary)
                    : postButton("Enable", action: "/plugins/\(manifest.id)/enabling", csrfToken: csrf, style: .primary)
            )
        })
}

private func health(_ row: PluginRow) -> HTML {
    guard row.isEnabled else { return stateBadge(.idle, "Off") }
    if let failure = row.entry.failure { return "\(stateBadge(.bad, "Failed to start")) \(failure)" }
    let clock: HTML? = row.clockWarning.map { "\(stateBadge(.warn, "Clock off")) \($0)" }
    let degraded: HTML? = row.problem.map { "\(stateBadge(.bad, "Degraded")) \($0)" }
    if let clock, let degraded { return "\(clock)<br>\(degraded)" }
    if let one = clock ?? degraded { return one }
    return row.reach.connections > 0
        ? stateBadge(.good, "Working") : stateBadge(.warn, "Needs sign-in", why: "No broker is connected")
}

private func disablingPage(_ manifest: PluginManifest, _ reach: PluginReach, csrf: String) -> HTML {
    """
    \(alert(.warn, "What this means", """
        <ul><li>\(reach.openJobs == 0 ? "No job is open." : "\(counted(reach.openJobs, "open job stops", "open jobs stop")) before the next step, to go on there when the plugin is enabled again.")</li>
        <li>Its pages are gone for \(counted(reach.brokers, "broker that uses it", "brokers that use it")), with an explanation.</li>
        <li>\(counted(reach.tenants, "tenant")), \(counted(reach.links, "link")) and \(counted(reach.connections, "sign-in")) stay stored.</li>
        <li>No call to \(manifest.provider) starts after this is confirmed.</li></ul>
        """))
    \(form(FormPage(
        action: "/plugins/\(manifest.id)/disabling", csrfToken: csrf, fields: [], submit: "Disable",
        cancel: (title: "Keep it enabled", path: "/plugins"), style: .danger)))
    """
}
