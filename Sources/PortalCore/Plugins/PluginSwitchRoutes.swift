import Foundation
import HTML
import Hummingbird
import PortalKit

/// Enabling and disabling a plugin while the portal runs.
enum PluginSwitchRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/plugins/:plugin/disabling", .managePlugins, preview)
        routes.post("/plugins/:plugin/disabling", .managePlugins, disable)
        routes.post("/plugins/:plugin/enabling", .managePlugins, enable)
    }

    private static func preview(_ visit: Visit) throws -> Response {
        let status = try visit.pluginStatus()
        let frame = visit.frame(
            "Disable \(status.manifest.listing.name)",
            above: [(title: "Plugins", path: "/plugins"), (title: status.manifest.listing.name, path: status.path)])
        return visit.show(frame, disablingPage(status, csrf: visit.session.formToken))
    }

    /// Closes the gate, waits for what is under way, and only then says that it is off; or that it is on again, when somebody
    /// was at it in the meantime.
    private static func disable(_ visit: Visit) async throws -> Response {
        let id = try visit.plugin().manifest.id
        let portal = visit.portal
        let mine = try portal.database.write { db in
            try db.setEnabled(id, false, visit.auditLine("plugin.disable", "plugin:\(id)"), at: visit.now)
        }
        let isOver = try await portal.gates.drained(id)
        let last = try portal.database.read { try $0.isEnabled(id) ? $0.switches(of: id) : mine }
        let done: Done =
            last != mine ? .pluginSwitchedSince : isOver ? .pluginDisabled : .pluginDisabledSlowly
        return .seeOther("/plugins?done=\(done.rawValue)")
    }

    private static func enable(_ visit: Visit) throws -> Response {
        let id = try visit.plugin().manifest.id
        try visit.portal.database.write { db in
            _ = try db.setEnabled(id, true, visit.auditLine("plugin.enable", "plugin:\(id)"), at: visit.now)
        }
        return .seeOther("/plugins?done=\(Done.pluginEnabled.rawValue)")
    }
}
