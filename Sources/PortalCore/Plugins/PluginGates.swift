import Foundation
package import PortalKit
import Synchronization

/// Off means off per outgoing call: each call passes its plugin's gate, and a switch-off is acknowledged only when none is
/// under way any more.
final class PluginGates: Sendable {
    private static let patience = Duration.seconds(10)
    private static let look = Duration.milliseconds(10)

    private let database: Database
    private let underWay = Mutex<[Key<PluginManifest>: Int]>([:])

    init(database: Database) {
        self.database = database
    }

    /// Runs `call` while the plugin is on.
    ///
    /// - Throws: ``PluginDisabled`` without calling.
    func pass<T>(_ plugin: Key<PluginManifest>, _ call: () async throws -> T) async throws -> T {
        // Counted first and looked at second: a switch-off that was written before the look waits for the count.
        underWay.withLock { $0[plugin, default: 0] += 1 }
        defer { underWay.withLock { $0[plugin, default: 1] -= 1 } }
        guard try database.read({ try $0.isEnabled(plugin) }) else { throw PluginDisabled() }
        return try await call()
    }

    /// Waits until no call of a plugin is under way, for as long as ``patience``.
    ///
    /// - Returns: whether all have ended.
    func drained(_ plugin: Key<PluginManifest>) async throws -> Bool {
        for _ in 0..<Int(Self.patience / Self.look) {
            if underWay.withLock({ $0[plugin] ?? 0 }) == 0 { return true }
            try await Task.sleep(for: Self.look)
        }
        return false
    }
}

/// The plugin is switched off; its jobs wait at their step.
struct PluginDisabled: Error {}

extension DatabaseConnection {
    /// A plugin that nobody has switched is on.
    mutating func isEnabled(_ plugin: Key<PluginManifest>) throws -> Bool {
        try first("SELECT enabled FROM plugin WHERE id = \(plugin)") { try $0[0] } ?? true
    }

    /// How often a plugin was switched: two of them at once tell by it which was the last.
    mutating func switches(of plugin: Key<PluginManifest>) throws -> Int {
        try first("SELECT switches FROM plugin WHERE id = \(plugin)") { try $0[0] } ?? 0
    }

    /// Switches a plugin and says who did; switched on, its jobs go on where they stand. One that stands so already is left
    /// alone.
    ///
    /// - Returns: which switch this was.
    @discardableResult
    mutating func setEnabled(_ plugin: Key<PluginManifest>, _ enabled: Bool, _ line: AuditLine, at now: Date) throws
        -> Int
    {
        guard try isEnabled(plugin) != enabled else { return try switches(of: plugin) }
        try execute(
            """
            INSERT INTO plugin (id, enabled, changed_at, changed_by, switches)
            VALUES (\(plugin), \(enabled), \(now), \(line.actor), 1)
            ON CONFLICT (id) DO UPDATE SET enabled = excluded.enabled, changed_at = excluded.changed_at,
                changed_by = excluded.changed_by, switches = plugin.switches + 1
            """)
        if enabled { try resumeJobs(of: plugin, at: now) }
        try audit(line, at: now)
        return try switches(of: plugin)
    }
}

/// The switches, for the command line on a portal that does not serve.
extension Portal {
    package func isPluginEnabled(_ id: Key<PluginManifest>) throws -> Bool {
        try database.read { try $0.isEnabled(id) }
    }
}
