import Foundation
import Logging
import PortalKit

/// Every night the list of each connection is read anew, or its sign-in checked where there is no list, which renews the
/// sign-in: a token that has died, and a customer that nobody has linked, show in the morning and not weeks later. Once a
/// night, whatever the clock does.
struct NightlyReading: Sendable {
    let portal: Portal

    /// Local time; the connections of an installation are spread over two hours. No time zone changes its clock then.
    private static let firstHour = 3
    private static let spreadMinutes = 120

    /// Starts what is due, and sets each the next night. What was missed while the portal was off is done once; a connection
    /// that can't be read holds up no other.
    func startDue() throws {
        let now = portal.now
        let (due, unplanned) = try portal.database.read { try ($0.readings(due: now), $0.connectionsWithoutReading()) }
        for reading in unplanned where portal.plugins[reading.plugin]?.connectable != nil {
            try portal.database.write { try $0.readNightly(reading.connection, region: reading.region, now: now) }
        }
        for reading in due {
            do {
                try start(reading, now: now)
            } catch {
                portal.logger.error(
                    "a list could not be read at night",
                    metadata: ["connection": "\(reading.connection)", "error": "\(error)"])
            }
        }
    }

    private func start(_ reading: Planned, now: Date) throws {
        try portal.database.write { db in
            guard try db.move(reading, to: Self.next(for: reading.connection, in: reading.region, after: now)),
                let entry = portal.plugins[reading.plugin], entry.connectable != nil,
                try db.isEnabled(reading.plugin), try db.isConnected(reading.connection)
            else { return }
            let start = entry.tenantSource == nil ? ConnectionCheckJob.start : DiscoveryJob.start
            _ = try start(reading.connection, reading.broker, reading.plugin, "portal", &db, now)
        }
    }

    /// The next night's time in the region of the broker.
    static func next(for connection: Key<StoredConnection>, in region: String, after now: Date) -> Date {
        let minute = connection.rawValue.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % spreadMinutes }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: region == "us" ? "America/New_York" : "Europe/Berlin") ?? .gmt
        let time = DateComponents(hour: firstHour + minute / 60, minute: minute % 60, second: 0)
        return calendar.nextDate(after: now, matching: time, matchingPolicy: .nextTime)
            ?? now.addingTimeInterval(86_400)
    }

    struct Planned: Sendable {
        let connection: Key<StoredConnection>
        let broker: Key<Broker>
        let plugin: Key<PluginManifest>
        let region: String
        /// Nil before the first plan.
        let at: Date?
    }
}

extension DatabaseConnection {
    fileprivate mutating func readings(due now: Date) throws -> [NightlyReading.Planned] {
        try query(
            """
            SELECT connection.id, broker.id, plugin_id, broker.region, due_at FROM nightly_reading
            JOIN connection ON connection.id = nightly_reading.connection_id
            JOIN broker ON broker.id = connection.broker_id
            WHERE due_at <= \(now) AND broker.disabled_at IS NULL ORDER BY due_at
            """
        ) { try NightlyReading.Planned(connection: $0[0], broker: $0[1], plugin: $0[2], region: $0[3], at: $0[4]) }
    }

    /// Those that were connected by an earlier release.
    fileprivate mutating func connectionsWithoutReading() throws -> [NightlyReading.Planned] {
        try query(
            """
            SELECT connection.id, broker.id, plugin_id, broker.region FROM connection
            JOIN broker ON broker.id = connection.broker_id
            WHERE state = \(StoredConnection.State.connected)
                AND connection.id NOT IN (SELECT connection_id FROM nightly_reading)
            """
        ) { try NightlyReading.Planned(connection: $0[0], broker: $0[1], plugin: $0[2], region: $0[3], at: nil) }
    }

    fileprivate mutating func isConnected(_ id: Key<StoredConnection>) throws -> Bool {
        try count(
            "SELECT COUNT(*) FROM connection WHERE id = \(id) AND state = \(StoredConnection.State.connected)") > 0
    }

    /// - Returns: false when another process was faster.
    fileprivate mutating func move(_ reading: NightlyReading.Planned, to next: Date) throws -> Bool {
        try execute(
            "UPDATE nightly_reading SET due_at = \(next) WHERE connection_id = \(reading.connection) AND due_at = \(reading.at)"
        ) > 0
    }

    /// From now on, beginning with the next night.
    mutating func readNightly(_ connection: Key<StoredConnection>, region: String, now: Date) throws {
        let next = NightlyReading.next(for: connection, in: region, after: now)
        try execute(
            """
            INSERT INTO nightly_reading (connection_id, due_at) VALUES (\(connection), \(next))
            ON CONFLICT (connection_id) DO UPDATE SET due_at = excluded.due_at
            """)
    }

    mutating func nextReading(of connection: Key<StoredConnection>) throws -> Date? {
        try first("SELECT due_at FROM nightly_reading WHERE connection_id = \(connection)") { try $0[0] }
    }
}
