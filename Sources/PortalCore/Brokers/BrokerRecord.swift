import Foundation
import PortalKit

/// A broker as portal administrators see it: what it is, how it stands, how much hangs on it. Nothing of its customers.
struct BrokerRecord: Sendable {
    let broker: Broker
    let createdAt: Date
    let disabledAt: Date?
    /// Since when it is being erased, which can't be taken back.
    let erasingSince: Date?
    let hosts: Int
    let people: Int
    /// Owners who can sign in.
    let owners: Int
    let services: Int
    let tenants: Int
    let connected: Int
    let broken: Int

    enum State: Sendable {
        case active, ownerless, disabled, erasing
    }

    var state: State {
        if erasingSince != nil { return .erasing }
        if disabledAt != nil { return .disabled }
        return owners > 0 ? .active : .ownerless
    }

    var path: String { "/brokers/\(broker.id)" }

    fileprivate static let selection: SQL = """
        SELECT id, name, region, created_at, disabled_at, erasing_since,
            (SELECT COUNT(*) FROM branded_host WHERE broker_id = broker.id),
            (SELECT COUNT(*) FROM portal_user WHERE broker_id = broker.id),
            (SELECT COUNT(*) FROM portal_user WHERE broker_id = broker.id AND role = 'broker-owner' AND disabled_at IS NULL
                AND (password <> '' OR signed_in_at IS NOT NULL)),
            (SELECT COUNT(*) FROM service WHERE broker_id = broker.id),
            (SELECT COUNT(*) FROM tenant WHERE broker_id = broker.id),
            (SELECT COUNT(*) FROM connection WHERE broker_id = broker.id AND state = 'connected'),
            (SELECT COUNT(*) FROM connection WHERE broker_id = broker.id AND state = 'broken')
        FROM broker
        """

    fileprivate init(row: Row) throws {
        broker = try Broker(id: row[0], name: row[1], region: row[2])
        createdAt = try row[3]
        disabledAt = try row[4]
        erasingSince = try row[5]
        hosts = try row[6]
        people = try row[7]
        owners = try row[8]
        services = try row[9]
        tenants = try row[10]
        connected = try row[11]
        broken = try row[12]
    }
}

extension DatabaseConnection {
    mutating func brokerRecords(limit: Int, offset: Int) throws -> [BrokerRecord] {
        try query(
            "\(BrokerRecord.selection) ORDER BY LOWER(name), id LIMIT \(limit) OFFSET \(offset)",
            BrokerRecord.init(row:))
    }

    mutating func brokerRecord(_ id: Key<Broker>) throws -> BrokerRecord? {
        try first("\(BrokerRecord.selection) WHERE id = \(id)", BrokerRecord.init(row:))
    }

    /// Enabled ones without an owner who can sign in, with a broken connection, or in a region that is none.
    mutating func brokersInNeed(_ addresses: Addresses, limit: Int) throws -> [BrokerRecord] {
        let lost = addresses.regions.reduce("TRUE" as SQL) { "\($0) AND region <> \($1.id)" }
        return try query(
            """
            \(BrokerRecord.selection) WHERE disabled_at IS NULL AND ((\(lost))
                OR EXISTS (SELECT 1 FROM connection WHERE broker_id = broker.id AND state = 'broken')
                OR NOT EXISTS (SELECT 1 FROM portal_user WHERE broker_id = broker.id AND role = 'broker-owner'
                    AND disabled_at IS NULL AND (password <> '' OR signed_in_at IS NOT NULL)))
            ORDER BY LOWER(name), id LIMIT \(limit)
            """, BrokerRecord.init(row:))
    }

    mutating func countBrokers() throws -> Int { try count("SELECT COUNT(*) FROM broker") }

    mutating func brandedHosts(of broker: Key<Broker>) throws -> [Host] {
        try query("SELECT host FROM branded_host WHERE broker_id = \(broker) ORDER BY host") { try $0[0] as String }
            .compactMap(Host.init)
    }
}
