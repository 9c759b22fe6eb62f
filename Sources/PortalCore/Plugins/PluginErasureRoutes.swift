import Foundation
import HTML
import Hummingbird
import PortalKit

/// Erasing what is stored of a plugin that is disabled, or no longer built in.
enum PluginErasureRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/plugins/:plugin/erasure", .managePlugins, preview)
        routes.post("/plugins/:plugin/erasure", .managePlugins, needs: .recentProof, erase)
    }

    private static func preview(_ visit: Visit) throws -> Response {
        let (id, name, reach) = try erasable(visit)
        let frame = visit.frame("Erase the data of \(name)", above: [(title: "Plugins", path: "/plugins")])
        return visit.show(frame, erasurePage(id, reach, csrf: visit.session.formToken))
    }

    private static func erase(_ visit: Visit) throws -> Response {
        let (id, _, reach) = try erasable(visit)
        let version = try visit.portal.database.write { db in
            // Enabled again since it was looked at.
            if visit.portal.plugins[id] != nil, try db.isEnabled(id) { throw Self.enabled }
            try db.erase(id)
            let detail = [
                "brokers": "\(reach.brokers.count)", "tenants": "\(reach.tenants)", "links": "\(reach.links)",
                "sign-ins": "\(reach.credentials)",
            ]
            try db.audit(visit.auditLine("plugin.erase", "plugin:\(id)", detail), at: visit.now)
            return try db.settingsVersion()
        }
        try visit.portal.builtPlugins.follow(version)
        return .seeOther("/plugins?done=\(Done.pluginErased.rawValue)")
    }

    /// A plugin whose data may go: no work of it is under way.
    private static func erasable(_ visit: Visit) throws -> (Key<PluginManifest>, name: String, PluginReach) {
        let id: Key<PluginManifest> = visit.parameter("plugin")
        let entry = visit.portal.plugins[id]
        let (isEnabled, isKnown, reach) = try visit.portal.database.read { db in
            (try db.isEnabled(id), try db.pluginsWithData().contains(id), try db.reach(of: id))
        }
        guard entry != nil || isKnown else { throw PageError.notFound }
        guard entry == nil || !isEnabled else { throw Self.enabled }
        return (id, entry?.manifest.listing.name ?? id.rawValue, reach)
    }

    private static let enabled = PageError.stale(
        "The plugin is enabled. Disable it first; its data can be erased then.")
}

private func erasurePage(_ id: Key<PluginManifest>, _ reach: PluginReach, csrf: String) -> HTML {
    """
    \(alert(.bad, "This can't be undone", """
        <ul><li>\(counted(reach.credentials, "sign-in")) of \(counted(reach.brokers.count, "broker")) \(reach.credentials == 1 ? "is" : "are") forgotten. \
        At the provider they stay allowed until somebody revokes them there.</li>
        <li>\(counted(reach.tenants, "tenant")) and \(counted(reach.links, "link")) are erased, except tenants that another plugin sees too.</li>
        <li>\(counted(reach.openJobs, "open job")) and all that have ended are erased, and so are the stored settings.</li>
        <li>Organizations stay, and so do the lines of the audit.</li></ul>
        """))
    \(form(FormPage(
        action: "/plugins/\(id)/erasure", csrfToken: csrf, fields: [], submit: "Erase it all",
        cancel: (title: "Keep it", path: "/plugins"), style: .danger)))
    """
}
