import Foundation
import Hummingbird
import PortalKit

/// A plugin's settings, in force as soon as they are stored.
enum PluginSettingsRoutes {
    static func add(to routes: inout RouteTable) {
        routes.post("/plugins/:plugin/settings", .managePlugins, needs: .recentProof, save)
    }

    /// Nothing is stored that the form does not take, or that the plugin can't be built from.
    private static func save(_ visit: Visit) throws -> Response {
        let portal = visit.portal
        let entry = try visit.plugin()
        let id = entry.manifest.id
        guard visit.form["version"] == "\(entry.settingsVersion)" else { throw Self.changedSince }
        let change = SettingsChange(visit.form, entry.settings)
        guard change.problems.isEmpty else {
            return try visit.showPlugin(visit.pluginStatus(), typed: visit.form, problems: change.problems)
        }
        let next = PluginRegistry.Entry(
            entry.type, entry.settings.applying(change, at: visit.now, by: visit.user.email),
            version: entry.settingsVersion)
        if let problem = next.failure ?? portal.practiceProblem(of: next) {
            return try visit.showPlugin(visit.pluginStatus(), typed: visit.form, problem: problem)
        }
        let saved = Response.seeOther("/plugins/\(id)?done=\(Done.pluginSaved.rawValue)")
        guard !change.isEmpty else { return saved }
        let rows = try portal.rows(of: change, entry, by: visit.user.email, at: visit.now)
        let version = try portal.database.write { db -> Int? in
            guard
                try db.store(
                    rows, of: id, version: entry.settingsVersion, by: visit.user.email, at: visit.now)
            else { return nil }
            var line = visit.auditLine("plugin.set", "plugin:\(id)")
            line.before = change.before
            line.after = change.after
            try db.audit(line, at: visit.now)
            // It was of the plugin as it was built before.
            try db.clearFault(of: id)
            return try db.settingsVersion()
        }
        guard let version else { throw Self.changedSince }
        try portal.builtPlugins.follow(version)
        return saved
    }

    private static let changedSince = PageError.stale("Somebody else has changed these settings since you opened them.")
}

extension Portal {
    /// What keeps a plugin out of practice mode.
    fileprivate func practiceProblem(of entry: PluginRegistry.Entry) -> String? {
        guard configuration.isPractice, let endpoint = entry.foreignEndpoint else { return nil }
        return
            "Practice mode calls services on this machine only: \(entry.manifest.listing.name) would call \(endpoint). Nothing was stored."
    }

    /// Secrets are sealed for their rows.
    fileprivate func rows(
        of change: SettingsChange, _ entry: PluginRegistry.Entry, by actor: String, at now: Date
    ) throws -> [String: StoredSetting?] {
        let secrets = Set(entry.manifest.settings.fields.filter { $0.kind == .secret }.map(\.name))
        return try change.stores.mapValues { text in text }.reduce(into: [:]) { rows, store in
            let (name, text) = store
            guard let text else {
                rows[name] = .some(nil)
                return
            }
            let sealed =
                secrets.contains(name)
                ? try vault.seal(text, for: StoredSetting.sealIdentity(entry.manifest.id, name)) : nil
            rows[name] = StoredSetting(
                name: name, value: sealed == nil ? text : nil, secret: sealed, changedAt: now, changedBy: actor)
        }
    }
}
