import Foundation
import HTML
import Hummingbird
import PortalKit

/// What is compiled in, and how each is.
enum PluginRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/plugins", .managePlugins, list)
        routes.get("/plugins/:plugin", .managePlugins, plugin)
        routes.post("/plugins/:plugin/examinations", .managePlugins, examine)
        routes.get("/plugins/:plugin/examination", .managePlugins, examination)
        routes.post("/plugins/:plugin/fault-dismissal", .managePlugins, dismissFault)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let portal = visit.portal
        let plugins = portal.plugins
        let (all, left) = try portal.database.read { db in
            (
                try plugins.entries.map { try db.status(of: $0, portal) },
                try db.pluginsWithData().filter { plugins[$0] == nil }.map { ($0, try db.reach(of: $0)) }
            )
        }
        let frame = visit.frame(
            "Plugins", "The providers that this portal is built with. Enabled and working are two things.")
        return visit.show(
            frame, "\(pluginList(all, csrf: visit.session.formToken))\(when(!left.isEmpty, leftoverList(left)))")
    }

    private static func plugin(_ visit: Visit) throws -> Response {
        try visit.showPlugin(try visit.pluginStatus())
    }

    /// The test is a job: nobody waits for a provider here.
    private static func examine(_ visit: Visit) throws -> Response {
        let status = try visit.pluginStatus()
        guard status.entry.selfTesting != nil, status.isEnabled else {
            throw PageError.stale(
                "\(status.manifest.listing.name) can't be tested now: it is disabled, or could not be built.")
        }
        try visit.portal.database.write { db in
            guard try db.openExamination(of: status.manifest.id) == nil else { return }
            try db.audit(visit.auditLine("plugin.test", "plugin:\(status.manifest.id)"), at: visit.now)
            _ = try ExaminationJob.start(status.manifest, by: visit.user.email, &db, at: visit.now)
        }
        // No fragment: with one, a browser without JavaScript does not load the page again by itself.
        return .seeOther(status.path)
    }

    /// The part of the page that keeps itself up to date.
    private static func examination(_ visit: Visit) throws -> Response {
        let status = try visit.pluginStatus()
        return .fragment(examinationContent(status, now: visit.now), isDone: status.examination == nil)
    }

    private static func dismissFault(_ visit: Visit) throws -> Response {
        let entry = try visit.plugin()
        try visit.portal.database.write { db in
            guard let fault = try db.fault(of: entry.manifest.id) else { return }
            try db.clearFault(of: entry.manifest.id)
            let detail = ["reason": fault.reason, "reference": fault.reference ?? ""]
            try db.audit(
                visit.auditLine("plugin.dismiss-fault", "plugin:\(entry.manifest.id)", detail), at: visit.now)
        }
        return .seeOther("/plugins/\(entry.manifest.id)?done=\(Done.pluginFaultDismissed.rawValue)")
    }
}

extension Visit {
    /// A plugin's page. Settings wrongly filled in come back as they were typed, but for the secrets.
    func showPlugin(
        _ status: PluginStatus, typed: [String: String]? = nil, problems: [String: FieldProblem] = [:],
        problem: String? = nil
    ) throws -> Response {
        var frame = frame(
            status.manifest.listing.name, status.manifest.listing.summary, above: [(title: "Plugins", path: "/plugins")]
        )
        frame.hasErrors = !problems.isEmpty || problem != nil
        if status.examination != nil { frame.refreshSeconds = 2 }
        let settings = PluginSettingsPage(
            status: status, csrf: session.formToken, typed: typed, problems: problems, problem: problem, now: now)
        return show(
            frame, status: frame.hasErrors ? .unprocessableContent : .ok,
            frame.hasErrors
                ? "\(settings.content)\(pluginContent(status, csrf: session.formToken, now: now))"
                : "\(pluginContent(status, csrf: session.formToken, now: now))\(settings.content)\(pluginEnd(status, csrf: session.formToken))"
        )
    }
}
