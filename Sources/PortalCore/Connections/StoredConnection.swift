import Foundation
import PortalKit

/// A broker's connection to a provider through one plugin.
struct StoredConnection: Sendable {
    let id: Key<StoredConnection>
    let state: State
    let since: Date
    let cause: Problem?
    /// What was typed for the sign-in that is in force.
    let form: Values
    /// The verdict that made it connected.
    let verdict: [VerdictEntry]
    /// Of the credential in force.
    let renewedAt: Date?
    /// Since the restore of a backup the credential has not worked yet: it may have been replaced after the backup.
    let isUnproved: Bool

    enum State: String, Sendable, SQLConvertible {
        case none, connected, broken
    }

    static let selection: SQL = """
        SELECT id, state, state_since, cause, form, verdict,
               (SELECT MAX(renewed_at) FROM provider_grant WHERE connection_id = connection.id AND is_current = TRUE
                   AND tenant_id IS NULL),
               (SELECT value FROM installation WHERE name = 'restored-at')
        FROM connection
        """

    init(row: Row) throws {
        id = try row[0]
        state = try row[1]
        since = try row[2]
        cause = try (row[3] as JSONColumn<Problem>?)?.value
        form = try (row[4] as JSONColumn<Values>).value
        verdict = try (row[5] as JSONColumn<[VerdictEntry]>?)?.value ?? []
        renewedAt = try row[6]
        let restored = try (row[7] as String?).flatMap { Installation.time($0) }
        isUnproved = if let renewedAt, let restored { renewedAt <= restored } else { false }
    }
}

/// One line of a verdict, as it is kept.
struct VerdictEntry: Sendable, Codable {
    let requirement: Key<Requirement>
    let verdict: Verdict
}

extension DatabaseConnection {
    mutating func connection(of broker: Key<Broker>, plugin: Key<PluginManifest>) throws -> StoredConnection? {
        try first(
            "\(StoredConnection.selection) WHERE broker_id = \(broker) AND plugin_id = \(plugin)",
            StoredConnection.init(row:))
    }

    mutating func connection(_ id: Key<StoredConnection>) throws -> StoredConnection? {
        try first("\(StoredConnection.selection) WHERE id = \(id)", StoredConnection.init(row:))
    }

    /// The connection's row, made when there is none.
    mutating func connectionID(of broker: Key<Broker>, plugin: Key<PluginManifest>, now: Date) throws -> Key<
        StoredConnection
    > {
        if let known = try connection(of: broker, plugin: plugin) { return known.id }
        let id = Key<StoredConnection>.new()
        try execute(
            """
            INSERT INTO connection (id, broker_id, plugin_id, state, state_since, form)
            VALUES (\(id), \(broker), \(plugin), \(StoredConnection.State.none), \(now), \(JSONColumn(Values())))
            """)
        return id
    }

    mutating func connect(_ attempt: SignInAttempt, verdict: [VerdictEntry], at now: Date) throws {
        try execute(
            """
            UPDATE connection SET state = \(StoredConnection.State.connected), state_since = \(now), cause = NULL,
                form = \(JSONColumn(attempt.form)), verdict = \(JSONColumn(verdict))
            WHERE id = \(attempt.connectionID)
            """)
    }

    /// Of one that is in force; one that was removed in the meantime stays removed.
    ///
    /// - Returns: whether it was in force until now.
    mutating func breakConnection(_ id: Key<StoredConnection>, cause: Problem, at now: Date) throws -> Bool {
        try execute(
            """
            UPDATE connection SET state = \(StoredConnection.State.broken), state_since = \(now), cause = \(JSONColumn(cause))
            WHERE id = \(id) AND state = \(StoredConnection.State.connected)
            """) == 1
    }

    /// Forgets the sign-in, with every credential.
    mutating func disconnect(_ id: Key<StoredConnection>, at now: Date) throws {
        try execute("DELETE FROM provider_grant WHERE connection_id = \(id)")
        try execute("DELETE FROM throttle WHERE connection_id = \(id)")
        try execute("DELETE FROM nightly_reading WHERE connection_id = \(id)")
        try execute("UPDATE sign_in_attempt SET secrets = NULL, answer = NULL WHERE connection_id = \(id)")
        try execute(
            """
            UPDATE connection SET state = \(StoredConnection.State.none), state_since = \(now), cause = NULL, verdict = NULL,
                form = \(JSONColumn(Values()))
            WHERE id = \(id)
            """)
    }
}
