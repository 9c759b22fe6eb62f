import Foundation
import PortalKit

/// What a page of people is narrowed to.
struct PeopleFilter: Sendable {
    /// In the name or the address.
    var search = ""
    var role: Role?
    var state: Person.State?
    var broker: Key<Broker>?

    var isOn: Bool { !search.isEmpty || role != nil || state != nil || broker != nil }
}

extension DatabaseConnection {
    mutating func person(_ id: Key<User>, in scope: PeopleScope) throws -> Person? {
        try first("\(Person.selection) WHERE portal_user.id = \(id) AND \(scope.people)", Person.init(row:))
    }

    mutating func people(in scope: PeopleScope, _ filter: PeopleFilter, limit: Int, offset: Int = 0) throws -> [Person]
    {
        try query(
            """
            \(Person.selection) WHERE \(condition(scope, filter))
            ORDER BY portal_user.name, portal_user.id LIMIT \(limit) OFFSET \(offset)
            """, Person.init(row:))
    }

    mutating func countPeople(in scope: PeopleScope, _ filter: PeopleFilter) throws -> Int {
        try count("SELECT COUNT(*) FROM portal_user WHERE \(condition(scope, filter))")
    }

    /// The organizations that a broker's person is limited to. None is: to all.
    mutating func limits(of user: Key<User>) throws -> [Organization] {
        try query(
            """
            \(Organization.selection) WHERE id IN (SELECT organization_id FROM user_organization WHERE user_id = \(user))
            ORDER BY name, id
            """, Organization.init(row:))
    }

    mutating func setLimits(of user: Key<User>, _ broker: Key<Broker>, to organizations: [Key<Organization>]) throws {
        try execute("DELETE FROM user_organization WHERE user_id = \(user)")
        for organization in organizations {
            try execute(
                """
                INSERT INTO user_organization (user_id, broker_id, organization_id)
                VALUES (\(user), \(broker), \(organization))
                """)
        }
    }

    mutating func rename(_ user: User, to name: String) throws {
        try execute(
            "UPDATE portal_user SET name = \(name), search = \("\(name) \(user.email)".folded) WHERE id = \(user.id)")
    }

    mutating func setRole(of user: Key<User>, to role: Role) throws {
        try execute("UPDATE portal_user SET role = \(role) WHERE id = \(user)")
        if !role.canBeLimited { try execute("DELETE FROM user_organization WHERE user_id = \(user)") }
    }

    /// Nothing of this person opens anything from the next request on.
    mutating func disable(_ user: Key<User>, at now: Date) throws {
        try execute("UPDATE portal_user SET disabled_at = \(now) WHERE id = \(user)")
        try execute("DELETE FROM one_time_link WHERE user_id = \(user)")
        try endSessions(of: user)
    }

    mutating func enable(_ user: Key<User>) throws {
        try execute("UPDATE portal_user SET disabled_at = NULL WHERE id = \(user)")
    }

    /// A person that has never signed in, with the invitation.
    mutating func delete(_ user: Key<User>) throws {
        for table: SQL in ["one_time_link", "user_organization", "user_group_member"] {
            try execute("DELETE FROM \(table) WHERE user_id = \(user)")
        }
        try execute("DELETE FROM portal_user WHERE id = \(user)")
    }

    mutating func countSessions(of user: Key<User>, _ limits: SessionLimits, now: Date) throws -> Int {
        try count(
            """
            SELECT COUNT(*) FROM session WHERE user_id = \(user) AND expires_at > \(now)
                AND seen_at > \(now - limits.idle) AND parent_hash IS NULL
            """)
    }

    /// For filters: those with a name, in its order.
    mutating func brokerNames() throws -> [(id: Key<Broker>, name: String)] {
        try query("SELECT id, name FROM broker ORDER BY name, id") { try (id: $0[0], name: $0[1]) }
    }

    private func condition(_ scope: PeopleScope, _ filter: PeopleFilter) -> SQL {
        var sql = scope.people
        if !filter.search.isEmpty {
            sql = "\(sql) AND portal_user.search LIKE \(filter.search.likePattern) ESCAPE '\\'"
        }
        if let role = filter.role { sql = "\(sql) AND role = \(role)" }
        if let broker = filter.broker { sql = "\(sql) AND portal_user.broker_id = \(broker)" }
        switch filter.state {
        case nil: return sql
        case .disabled: return "\(sql) AND portal_user.disabled_at IS NOT NULL"
        case .active:
            return
                "\(sql) AND portal_user.disabled_at IS NULL AND (signed_in_at IS NOT NULL OR \(Person.wayIn))"
        case .invited:
            return "\(sql) AND portal_user.disabled_at IS NULL AND signed_in_at IS NULL AND NOT \(Person.wayIn)"
        }
    }
}
