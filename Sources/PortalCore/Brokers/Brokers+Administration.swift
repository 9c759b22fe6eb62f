import Foundation
import PortalKit

/// What portal administrators change of a broker. Each change carries its audit line.
extension DatabaseConnection {
    /// Whether another broker has this name.
    mutating func isBrokerNameTaken(_ name: String, except broker: Key<Broker>? = nil) throws -> Bool {
        try query("SELECT id, name FROM broker") { try ($0[0] as Key<Broker>, $0[1] as String) }
            .contains { $0.0 != broker && $0.1.folded == name.folded }
    }

    mutating func rename(_ broker: Broker, to name: String, _ line: AuditLine, at now: Date) throws {
        try execute("UPDATE broker SET name = \(name) WHERE id = \(broker.id)")
        try audit(line.changing("name", from: broker.name, to: name), at: now)
    }

    mutating func move(_ broker: Broker, to region: Region, _ line: AuditLine, at now: Date) throws {
        try execute("UPDATE broker SET region = \(region.id) WHERE id = \(broker.id)")
        try audit(line.changing("region", from: broker.region, to: region.id), at: now)
    }

    /// All its sessions end, and its jobs stand still.
    mutating func disable(_ broker: Broker, _ line: AuditLine, at now: Date) throws {
        try execute("UPDATE broker SET disabled_at = \(now) WHERE id = \(broker.id)")
        try execute(
            "DELETE FROM session WHERE user_id IN (SELECT id FROM portal_user WHERE broker_id = \(broker.id))")
        try execute(
            "DELETE FROM handover WHERE user_id IN (SELECT id FROM portal_user WHERE broker_id = \(broker.id))")
        try parkJobs(of: broker.id)
        try audit(line.changing("state", from: "enabled", to: "disabled"), at: now)
    }

    mutating func enable(_ broker: Broker, _ line: AuditLine, at now: Date) throws {
        try execute("UPDATE broker SET disabled_at = NULL WHERE id = \(broker.id)")
        try resumeJobs(of: broker.id)
        try audit(line.changing("state", from: "disabled", to: "enabled"), at: now)
    }

    mutating func isDisabled(_ broker: Key<Broker>) throws -> Bool {
        try count("SELECT COUNT(*) FROM broker WHERE id = \(broker) AND disabled_at IS NULL") == 0
    }

    /// Whether another broker's address, or a region's, is this one or looks like it.
    mutating func isTaken(_ host: Host, by other: Key<Broker>, _ addresses: Addresses) throws -> Bool {
        let hosts = try query("SELECT host, broker_id FROM branded_host") {
            try ($0[0] as String, $0[1] as Key<Broker>)
        }
        let foreign = hosts.filter { $0.1 != other }.map(\.0) + addresses.regions.map(\.baseURL.host)
        return try foreign.compactMap(Host.init).contains { $0.look == host.look }
            || count("SELECT COUNT(*) FROM branded_host WHERE host = \(host.name)") > 0
    }

    mutating func add(_ host: Host, to broker: Broker, _ line: AuditLine, at now: Date) throws {
        try insert(brandedHost: host.name, of: broker.id)
        try audit(line.changing("host", from: nil, to: host.name), at: now)
    }

    /// From the next request on nobody is at that address.
    mutating func remove(_ host: Host, from broker: Broker, _ line: AuditLine, at now: Date) throws {
        try execute("DELETE FROM branded_host WHERE host = \(host.name) AND broker_id = \(broker.id)")
        try execute("DELETE FROM session WHERE host = \(host.name)")
        try execute("DELETE FROM handover WHERE from_host = \(host.name)")
        // Who was handed over to the region from there has nowhere to go back to.
        try execute("UPDATE session SET came_from = NULL WHERE came_from = \(host.name)")
        try audit(line.changing("host", from: host.name, to: nil), at: now)
    }

    mutating func countSessions(at host: Host, now: Date) throws -> Int {
        try count("SELECT COUNT(*) FROM session WHERE host = \(host.name) AND expires_at > \(now)")
    }
}

extension AuditLine {
    fileprivate func changing(_ name: String, from before: String?, to after: String?) -> AuditLine {
        var line = self
        if let before { line.before[name] = before }
        if let after { line.after[name] = after }
        return line
    }
}

/// The broker is disabled; its jobs wait at their step.
struct BrokerDisabled: Error {
    static let reason = "The broker is disabled. The job goes on where it stands when the broker is enabled again."
}
