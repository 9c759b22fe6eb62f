import Foundation
import Logging
import PortalKit

/// A plugin's own code failed in a way that it did not foresee.
struct PluginFailed: Error {
    let plugin: Key<PluginManifest>
    let cause: any Error
}

/// That it did, until it works again or an administrator dismisses it.
struct PluginFault: Sendable {
    let at: Date
    let reason: String
    /// Of the request or the job, under which the log has the whole error.
    let reference: String?
}

extension Portal {
    /// Runs a plugin's code. What it throws unforeseen is the plugin's failure, not the portal's.
    ///
    /// - Throws: ``PluginFailed``, and what plugins and the way out may throw.
    func asking<T>(_ plugin: Key<PluginManifest>, _ work: () async throws -> T) async throws -> T {
        do { return try await work() } catch { throw Self.told(error, of: plugin) }
    }

    /// The same, of what is answered at once.
    func asking<T>(_ plugin: Key<PluginManifest>, _ work: () throws -> T) throws -> T {
        do { return try work() } catch { throw Self.told(error, of: plugin) }
    }

    private static func told(_ error: any Error, of plugin: Key<PluginManifest>) -> any Error {
        if error is Problem || error is ProviderBusy || error is CancellationError { return error }
        // What the core itself throws on the way out only passes through the plugin.
        if String(reflecting: type(of: error)).hasPrefix("PortalCore.") { return error }
        return PluginFailed(plugin: plugin, cause: error)
    }

    func note(_ failed: PluginFailed, reference: String) {
        logger.error(
            "a plugin failed",
            metadata: [
                "plugin": "\(failed.plugin)", "reference": "\(reference)",
                "error": "\(String(reflecting: failed.cause))",
            ])
        let fault = PluginFault(at: now, reason: plainWords(failed.cause), reference: reference)
        do {
            try database.write { try $0.store(fault, of: failed.plugin) }
        } catch {
            logger.error("a plugin's failure could not be noted", metadata: ["error": "\(error)"])
        }
    }
}

/// An error's own words where it has some that are meant to be read, else what kind it is: the rest is for the log.
func plainWords(_ error: any Error) -> String {
    if let problem = error as? Problem { return problem.title }
    // Of the type: as a value every error has some words, be it its whole content.
    guard type(of: error) is any CustomStringConvertible.Type else { return "\(type(of: error))" }
    return String("\(error)".prefix(300))
}

extension DatabaseConnection {
    mutating func fault(of plugin: Key<PluginManifest>) throws -> PluginFault? {
        try first("SELECT at, reason, request_id FROM plugin_fault WHERE plugin_id = \(plugin)") {
            try PluginFault(at: $0[0], reason: $0[1], reference: $0[2])
        }
    }

    mutating func store(_ fault: PluginFault, of plugin: Key<PluginManifest>) throws {
        try execute(
            """
            INSERT INTO plugin_fault (plugin_id, at, reason, request_id)
            VALUES (\(plugin), \(fault.at), \(fault.reason), \(fault.reference))
            ON CONFLICT (plugin_id) DO UPDATE SET at = excluded.at, reason = excluded.reason,
                request_id = excluded.request_id
            """)
    }

    /// - Returns: whether there was one.
    @discardableResult
    mutating func clearFault(of plugin: Key<PluginManifest>) throws -> Bool {
        try execute("DELETE FROM plugin_fault WHERE plugin_id = \(plugin)") > 0
    }
}
