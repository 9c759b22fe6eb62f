import Foundation
import PortalKit

extension DatabaseConnection {
    mutating func groups(of broker: Key<Broker>) throws -> [UserGroup] {
        try query("\(UserGroup.selection) WHERE broker_id = \(broker) ORDER BY name, id", UserGroup.init(row:))
    }

    mutating func group(_ id: Key<UserGroup>, of broker: Key<Broker>) throws -> UserGroup? {
        try first("\(UserGroup.selection) WHERE id = \(id) AND broker_id = \(broker)", UserGroup.init(row:))
    }

    /// - Returns: whether the name is one that no other group of the broker has.
    mutating func isFree(_ name: String, of broker: Key<Broker>, except group: Key<UserGroup>?) throws -> Bool {
        try count(
            """
            SELECT COUNT(*) FROM user_group WHERE broker_id = \(broker) AND LOWER(name) = LOWER(\(name)) AND id <> \(group ?? "")
            """) == 0
    }

    mutating func insert(_ group: UserGroup, at now: Date) throws {
        try execute(
            """
            INSERT INTO user_group (id, broker_id, name, role, created_at)
            VALUES (\(group.id), \(group.brokerID), \(group.name), \(group.role), \(now))
            """)
    }

    mutating func update(_ group: UserGroup) throws {
        try execute("UPDATE user_group SET name = \(group.name), role = \(group.role) WHERE id = \(group.id)")
    }

    mutating func delete(_ group: Key<UserGroup>) throws {
        try execute("DELETE FROM user_group_member WHERE group_id = \(group)")
        try execute("DELETE FROM user_group WHERE id = \(group)")
    }

    mutating func members(of group: UserGroup) throws -> [Person] {
        try query(
            """
            \(Person.selection) WHERE portal_user.id IN (SELECT user_id FROM user_group_member WHERE group_id = \(group.id))
                AND portal_user.broker_id = \(group.brokerID)
            ORDER BY portal_user.name, portal_user.id
            """, Person.init(row:))
    }

    mutating func memberships(of user: Key<User>) throws -> Set<Key<UserGroup>> {
        Set(try query("SELECT group_id FROM user_group_member WHERE user_id = \(user)") { try $0[0] as Key<UserGroup> })
    }

    mutating func add(_ user: Key<User>, to group: Key<UserGroup>, of broker: Key<Broker>) throws {
        try execute(
            """
            INSERT INTO user_group_member (group_id, user_id, broker_id) VALUES (\(group), \(user), \(broker))
            ON CONFLICT (user_id, group_id) DO NOTHING
            """)
    }

    mutating func remove(_ user: Key<User>, from group: Key<UserGroup>) throws {
        try execute("DELETE FROM user_group_member WHERE user_id = \(user) AND group_id = \(group)")
    }
}

extension UserGroup {
    fileprivate static let selection: SQL = "SELECT id, broker_id, name, role FROM user_group"

    fileprivate init(row: Row) throws {
        try self.init(id: row[0], brokerID: row[1], name: row[2], role: row[3])
    }
}
