import Foundation
import PortalKit

/// A row of a plugin's settings: a text, or a sealed secret.
struct StoredSetting: Sendable {
    let name: String
    let value: String?
    let secret: [UInt8]?
    let changedAt: Date
    let changedBy: String

    /// The row's identity, which a secret is sealed for.
    static func sealIdentity(_ plugin: Key<PluginManifest>, _ name: String) -> String {
        "plugin_setting:\(plugin):\(name)"
    }
}

/// What is stored for one plugin.
struct StoredSettings: Sendable {
    /// Grows with each change.
    var version = 0
    var settings: [StoredSetting] = []
}

extension DatabaseConnection {
    /// Of all plugins together: grows with each change of any.
    mutating func settingsVersion() throws -> Int {
        try first("SELECT CAST(COALESCE(SUM(settings_version), 0) AS BIGINT) FROM plugin") { try $0[0] } ?? 0
    }

    mutating func storedSettings() throws -> [Key<PluginManifest>: StoredSettings] {
        var all: [Key<PluginManifest>: StoredSettings] = [:]
        for (id, version) in try query(
            "SELECT id, settings_version FROM plugin", { try ($0[0] as Key<PluginManifest>, $0[1] as Int) })
        {
            all[id, default: StoredSettings()].version = version
        }
        let rows = try query(
            "SELECT plugin_id, name, value, secret, changed_at, changed_by FROM plugin_setting ORDER BY plugin_id, name"
        ) { row in
            let setting = try StoredSetting(
                name: row[1], value: row[2], secret: row[3], changedAt: row[4], changedBy: row[5])
            return try (row[0] as Key<PluginManifest>, setting)
        }
        for (id, setting) in rows { all[id, default: StoredSettings()].settings.append(setting) }
        return all
    }

    /// Takes the change if the settings are still of that version.
    ///
    /// - Parameter rows: by name; `nil` forgets.
    /// - Returns: whether they were.
    mutating func store(
        _ rows: [String: StoredSetting?], of plugin: Key<PluginManifest>, version: Int, by actor: String, at now: Date
    ) throws -> Bool {
        try execute(
            """
            INSERT INTO plugin (id, enabled, changed_at, changed_by) VALUES (\(plugin), TRUE, \(now), \(actor))
            ON CONFLICT (id) DO NOTHING
            """)
        let changed = try execute(
            """
            UPDATE plugin SET settings_version = settings_version + 1
            WHERE id = \(plugin) AND settings_version = \(version)
            """)
        guard changed == 1 else { return false }
        for (name, row) in rows {
            try execute("DELETE FROM plugin_setting WHERE plugin_id = \(plugin) AND name = \(name)")
            guard let row else { continue }
            try execute(
                """
                INSERT INTO plugin_setting (plugin_id, name, value, secret, changed_at, changed_by)
                VALUES (\(plugin), \(name), \(row.value), \(row.secret), \(row.changedAt), \(row.changedBy))
                """)
        }
        return true
    }
}
