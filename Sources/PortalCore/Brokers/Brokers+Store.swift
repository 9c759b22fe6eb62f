import Foundation
import PortalKit

extension DatabaseConnection {
    mutating func insert(_ broker: Broker, at now: Date) throws {
        try execute(
            "INSERT INTO broker (id, name, region, created_at) VALUES (\(broker.id), \(broker.name), \(broker.region), \(now))"
        )
    }

    mutating func insert(brandedHost host: String, of broker: Key<Broker>) throws {
        try execute("INSERT INTO branded_host (host, broker_id) VALUES (\(host), \(broker))")
    }

    mutating func broker(_ id: Key<Broker>) throws -> Broker? {
        try first("SELECT id, name, region FROM broker WHERE id = \(id)") { row in
            try Broker(id: row[0], name: row[1], region: row[2])
        }
    }

    mutating func broker(brandedHost host: String) throws -> Broker? {
        try first(
            """
            SELECT broker.id, broker.name, broker.region FROM branded_host
            JOIN broker ON broker.id = branded_host.broker_id WHERE host = \(host)
            """
        ) { row in try Broker(id: row[0], name: row[1], region: row[2]) }
    }

    /// - Parameter password: `nil` until the person has chosen one.
    mutating func insert(_ user: User, password: PasswordHash?, at now: Date) throws {
        try execute(
            """
            INSERT INTO portal_user (id, email, name, password, role, broker_id, organization_id, is_demo, search,
                created_at)
            VALUES (\(user.id), \(user.email), \(user.name), \(password?.text ?? ""), \(user.role), \(user.brokerID),
                    \(user.organizationID), \(user.isDemo), \("\(user.name) \(user.email)".folded), \(now))
            """)
    }
}
