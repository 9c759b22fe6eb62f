import Foundation
import PortalKit

/// A grant's row.
struct StoredGrant: Sendable {
    let id: Key<StoredGrant>
    let connectionID: Key<StoredConnection>
    let name: GrantName
    let account: Account
    let credential: [UInt8]

    /// The row's identity, which its credential is sealed for.
    static func sealIdentity(_ id: Key<StoredGrant>) -> String { "provider_grant:\(id)" }

    init(row: Row) throws {
        id = try row[0]
        connectionID = try row[1]
        name = try row[2]
        account = try Account(realm: row[3], id: row[4], name: row[5])
        credential = try row[6]
    }

    static let selection: SQL =
        "SELECT id, connection_id, name, realm, account_id, account_name, credential FROM provider_grant"
}

extension DatabaseConnection {
    mutating func grant(_ id: Key<StoredGrant>) throws -> StoredGrant? {
        try first("\(StoredGrant.selection) WHERE id = \(id)", StoredGrant.init(row:))
    }

    /// - Parameter tenant: whose; `nil` for the connection's own.
    mutating func currentGrant(
        _ name: GrantName, of connection: Key<StoredConnection>, tenant: Key<StoredTenant>? = nil
    ) throws -> StoredGrant? {
        try first(
            """
            \(StoredGrant.selection) WHERE connection_id = \(connection) AND name = \(name) AND is_current = TRUE
                AND tenant_id IS NOT DISTINCT FROM CAST(\(tenant) AS TEXT)
            """, StoredGrant.init(row:))
    }

    /// An authorization of one tenant, in the place of an earlier one of its name.
    mutating func keep(
        _ proved: Authorization, of tenant: Key<StoredTenant>, _ connection: Key<StoredConnection>,
        _ broker: Key<Broker>, _ vault: Vault, at now: Date
    ) throws {
        let id = Key<StoredGrant>.new()
        try execute(
            "DELETE FROM provider_grant WHERE tenant_id = \(tenant) AND connection_id = \(connection) AND name = \(proved.name)"
        )
        try execute(
            """
            INSERT INTO provider_grant (id, connection_id, broker_id, tenant_id, name, realm, account_id, account_name,
                credential, is_current, created_at, renewed_at)
            VALUES (\(id), \(connection), \(broker), \(tenant), \(proved.name), \(proved.account.realm),
                \(proved.account.id), \(proved.account.name),
                \(try vault.seal(proved.credential, for: StoredGrant.sealIdentity(id))), TRUE, \(now), \(now))
            """)
    }

    mutating func forgetGrants(of tenant: Key<StoredTenant>, _ plugin: Key<PluginManifest>) throws {
        try execute(
            """
            DELETE FROM provider_grant WHERE tenant_id = \(tenant)
                AND connection_id IN (SELECT id FROM connection WHERE plugin_id = \(plugin))
            """)
    }

    /// Which sign-in is in force.
    mutating func currentGrant(of connection: Key<StoredConnection>) throws -> Key<StoredGrant>? {
        try first(
            """
            SELECT id FROM provider_grant WHERE connection_id = \(connection) AND is_current = TRUE AND tenant_id IS NULL
            ORDER BY created_at DESC LIMIT 1
            """
        ) { try $0[0] }
    }

    /// The grant that an attempt brought and that is not proved yet.
    mutating func candidateGrant(of attempt: Key<SignInAttempt>) throws -> StoredGrant? {
        try first(
            "\(StoredGrant.selection) WHERE attempt_id = \(attempt) AND is_current = FALSE", StoredGrant.init(row:))
    }

    mutating func insertCandidate(
        _ id: Key<StoredGrant>, _ proved: Authorization, sealed: [UInt8], of attempt: SignInAttempt, at now: Date
    ) throws {
        try execute(
            """
            INSERT INTO provider_grant (id, connection_id, broker_id, attempt_id, name, realm, account_id, account_name,
                credential, is_current, created_at, renewed_at)
            VALUES (\(id), \(attempt.connectionID), \(attempt.brokerID), \(attempt.id), \(proved.name), \(proved.account.realm),
                \(proved.account.id), \(proved.account.name), \(sealed), FALSE, \(now), \(now))
            """)
    }

    /// The proved grant takes the place of the old one, which is deleted.
    mutating func promote(_ grant: StoredGrant) throws {
        try execute(
            """
            DELETE FROM provider_grant WHERE connection_id = \(grant.connectionID) AND name = \(grant.name)
                AND id <> \(grant.id) AND tenant_id IS NULL
            """)
        try execute("UPDATE provider_grant SET is_current = TRUE WHERE id = \(grant.id)")
    }

    mutating func deleteCandidates(of attempt: Key<SignInAttempt>) throws {
        try execute("DELETE FROM provider_grant WHERE attempt_id = \(attempt) AND is_current = FALSE")
    }

    mutating func replaceCredential(of grant: StoredGrant, sealed: [UInt8], at now: Date) throws {
        try execute("UPDATE provider_grant SET credential = \(sealed), renewed_at = \(now) WHERE id = \(grant.id)")
    }
}
