import Foundation
import OpenIDConnect
import PortalKit

/// A broker's OpenID Connect provider, as its owner has set it up.
struct SSOProvider: Sendable {
    let brokerID: Key<Broker>
    let issuer: String
    let clientID: String
    /// Sealed.
    let secret: [UInt8]
    /// Of the e-mail addresses that may be linked by themselves.
    let domains: [String]
    /// Whether people may sign in with it.
    let isEnabled: Bool
    /// Whether the broker's people may sign in with nothing else.
    let isRequired: Bool
    /// Counts the changes of the settings: a sign-in proves one version.
    let version: Int
    let changedAt: Date
    let changedBy: String
    /// What the provider last said of itself; `nil` before the first answer.
    let metadata: ProviderMetadata?
    let checkedAt: Date?
    /// Why the last check did not succeed.
    let problem: Problem?

    /// The row's identity, which the secret is sealed for.
    static func sealIdentity(_ broker: Key<Broker>) -> String { "sso_provider:\(broker)" }

    /// The issuer's host, by which people know it.
    var name: String { ProviderAddress(issuer)?.host ?? issuer }

    static let selection: SQL = """
        SELECT broker_id, issuer, client_id, secret, is_enabled, is_required, version, changed_at, changed_by, metadata,
               checked_at, problem FROM sso_provider
        """

    fileprivate init(row: Row, domains: [String]) throws {
        brokerID = try row[0]
        issuer = try row[1]
        clientID = try row[2]
        secret = try row[3]
        isEnabled = try row[4]
        isRequired = try row[5]
        version = try row[6]
        changedAt = try row[7]
        changedBy = try row[8]
        metadata = try (row[9] as JSONColumn<ProviderMetadata>?)?.value
        checkedAt = try row[10]
        problem = try (row[11] as JSONColumn<Problem>?)?.value
        self.domains = domains
    }
}

extension DatabaseConnection {
    mutating func ssoProvider(of broker: Key<Broker>) throws -> SSOProvider? {
        let domains = try query("SELECT domain FROM sso_domain WHERE broker_id = \(broker) ORDER BY domain") {
            try $0[0] as String
        }
        return try first("\(SSOProvider.selection) WHERE broker_id = \(broker)") {
            try SSOProvider(row: $0, domains: domains)
        }
    }

    /// The broker whose people come from this domain, if they can sign in with a provider now.
    mutating func broker(ssoDomain domain: String) throws -> Broker? {
        try first(
            """
            SELECT broker.id, broker.name, broker.region FROM sso_domain
            JOIN sso_provider ON sso_provider.broker_id = sso_domain.broker_id AND is_enabled = TRUE
            JOIN broker ON broker.id = sso_domain.broker_id AND broker.disabled_at IS NULL
            WHERE domain = \(domain)
            """
        ) { row in try Broker(id: row[0], name: row[1], region: row[2]) }
    }

    /// Whether anybody in this region can sign in with a provider.
    mutating func hasSSO(region: String) throws -> Bool {
        try first(
            """
            SELECT 1 FROM sso_provider JOIN broker ON broker.id = sso_provider.broker_id
            WHERE is_enabled = TRUE AND region = \(region) AND disabled_at IS NULL LIMIT 1
            """
        ) { try $0[0] as Int } != nil
    }
}
