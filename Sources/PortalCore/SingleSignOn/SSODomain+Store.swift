import PortalKit

extension DatabaseConnection {
    /// Whether people of another broker or its customers, or of the portal itself, have addresses there.
    mutating func isDomainOfOthers(_ domain: String, than broker: Key<Broker>) throws -> Bool {
        try first(
            """
            SELECT 1 FROM portal_user WHERE (broker_id IS NULL OR broker_id <> \(broker))
                AND SUBSTR(email, LENGTH(email) - \(domain.count)) = \("@\(domain)") LIMIT 1
            """
        ) { try $0[0] as Int } != nil
    }

    mutating func ssoDomains(of broker: Key<Broker>) throws -> [String] {
        try query("SELECT domain FROM sso_domain WHERE broker_id = \(broker) ORDER BY domain") { try $0[0] as String }
    }

    /// From now on the domain leads nobody to the broker's provider, and links nobody by itself. Who is linked stays so.
    ///
    /// - Returns: whether the broker had it.
    mutating func takeAway(ssoDomain domain: String, of broker: Key<Broker>) throws -> Bool {
        try execute("DELETE FROM sso_domain WHERE broker_id = \(broker) AND domain = \(domain)") == 1
    }
}
