package import Foundation
package import PortalKit

/// What a plugin's last test found.
package struct PluginCheck: Sendable {
    package let at: Date
    package let lines: [SelfTestLine]
    /// Of the settings that were tested.
    let settingsVersion: Int

    package var failures: [SelfTestLine] {
        lines.filter { if case .failed = $0.verdict { true } else { false } }
    }

    /// One sentence.
    package var summary: String {
        guard failures.isEmpty else {
            return "\(failures.count) of \(counted(lines.count, "check")) failed."
        }
        let unknown = lines.count { if case .unknown = $0.verdict { true } else { false } }
        return unknown == 0
            ? "All \(counted(lines.count, "check")) passed." : "\(lines.count - unknown) passed, \(unknown) not known."
    }
}

/// Why a plugin was not tested.
package enum PluginUntestable: Error, CustomStringConvertible {
    case unknown(String)
    case off(String)
    case failed(String, reason: String)
    case noTest(String)

    package var description: String {
        switch self {
        case .unknown(let id): "There is no plugin \"\(id)\"."
        case .off(let id): "\(id) is disabled: no call leaves it. Enable it first."
        case .failed(let id, let reason): "\(id) could not be built: \(reason)"
        case .noTest(let id): "\(id) has no test of its own."
        }
    }
}

extension Portal {
    /// Tests a plugin now and keeps what was found: for commands. Pages start ``ExaminationJob``.
    ///
    /// - Throws: ``PluginUntestable``; ``ProviderBusy`` while the provider asks to wait.
    package func examinePlugin(_ id: Key<PluginManifest>, by actor: String) async throws -> PluginCheck {
        guard let entry = plugins[id] else { throw PluginUntestable.unknown(id.rawValue) }
        if let failure = entry.failure { throw PluginUntestable.failed(id.rawValue, reason: failure) }
        guard let plugin = entry.selfTesting else { throw PluginUntestable.noTest(id.rawValue) }
        do {
            let check = try await check(plugin)
            let now = now
            try database.write { db in
                try db.store(check, of: id)
                try db.audit(
                    AuditLine(
                        actor: actor, action: "plugin.test", object: "plugin:\(id)", detail: ["result": check.summary]),
                    at: now)
            }
            return check
        } catch is PluginDisabled {
            throw PluginUntestable.off(id.rawValue)
        }
    }

    package func lastCheck(of id: Key<PluginManifest>) throws -> PluginCheck? {
        try database.read { try $0.check(of: id) }
    }

    func check(_ plugin: any SelfTesting) async throws -> PluginCheck {
        let id = type(of: plugin).manifest.id
        let version = plugins[id]?.settingsVersion ?? 0
        // No broker's connection: the provider's waits are kept for the plugin itself.
        let calls = ProviderCalls(portal: self, plugin: plugin, connection: Key("plugin:\(id)"))
        do {
            let lines = try await asking(id) { try await plugin.examine { try await calls.send($0, $1) } }
            return PluginCheck(at: now, lines: lines, settingsVersion: version)
        } catch let problem as Problem {
            return PluginCheck(at: now, lines: [SelfTestLine("Test", .failed(problem))], settingsVersion: version)
        }
    }
}

extension DatabaseConnection {
    mutating func check(of plugin: Key<PluginManifest>) throws -> PluginCheck? {
        try first("SELECT checked_at, verdict, settings_version FROM plugin_check WHERE plugin_id = \(plugin)") { row in
            let lines: JSONColumn<[SelfTestLine]> = try row[1]
            return try PluginCheck(at: row[0], lines: lines.value, settingsVersion: row[2])
        }
    }

    /// A test without a failure ends what was noted of earlier ones.
    mutating func store(_ check: PluginCheck, of plugin: Key<PluginManifest>) throws {
        try execute(
            """
            INSERT INTO plugin_check (plugin_id, checked_at, verdict, settings_version)
            VALUES (\(plugin), \(check.at), \(JSONColumn(check.lines)), \(check.settingsVersion))
            ON CONFLICT (plugin_id) DO UPDATE SET checked_at = excluded.checked_at, verdict = excluded.verdict,
                settings_version = excluded.settings_version
            """)
        if check.failures.isEmpty { try clearFault(of: plugin) }
    }
}
