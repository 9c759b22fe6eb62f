import Foundation
import PortalKit

extension Portal {
    /// Marks a connection broken, and tells the broker's owners: in the same transaction, and once, since only one that is in
    /// force can break.
    func breakConnection(
        _ id: Key<StoredConnection>, of brokerID: Key<Broker>?, _ pluginID: Key<PluginManifest>?, cause: Problem,
        _ db: inout DatabaseConnection, at now: Date
    ) throws {
        guard try db.breakConnection(id, cause: cause, at: now), let brokerID, let pluginID,
            let broker = try db.broker(brokerID), let manifest = plugins[pluginID]?.manifest
        else { return }
        try db.audit(
            AuditLine(
                brokerID: brokerID, actor: "portal", action: "connection.break", object: "connection:\(id)",
                detail: ["plugin": pluginID.rawValue, "service": manifest.listing.name, "cause": cause.title]),
            at: now)
        let link = "\(addresses.home(of: broker).baseURL)/services/\(pluginID)/authentication"
        for owner in try db.activeOwners(of: brokerID) {
            let mail = Mail.brokenConnection(
                to: owner, broker, service: manifest.listing.name, cause, link: link)
            try db.post(mail, vault, at: now)
        }
    }
}

extension DatabaseConnection {
    /// Those who answer for a broker and can sign in.
    mutating func activeOwners(of broker: Key<Broker>) throws -> [User] {
        try query(
            """
            SELECT id, email, name, role, broker_id, organization_id, is_demo FROM portal_user
            WHERE broker_id = \(broker) AND disabled_at IS NULL AND (role = \(Role.brokerOwner) OR id IN (
                SELECT user_id FROM user_group_member JOIN user_group ON user_group.id = user_group_member.group_id
                WHERE user_group.role = \(Role.brokerOwner)))
            ORDER BY email
            """
        ) { row in
            try User(
                id: row[0], email: row[1], name: row[2], role: row[3], brokerID: row[4], organizationID: row[5],
                isDemo: row[6])
        }
    }
}
