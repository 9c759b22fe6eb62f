import Foundation
import PortalKit

/// A company or department under a broker. Just that until a tenant is linked to it.
struct Organization: Sendable, Hashable {
    let id: Key<Organization>
    let brokerID: Key<Broker>
    let name: String
    /// Lower case.
    let domain: String?
    let createdAt: Date
}

extension DatabaseConnection {
    mutating func insert(_ organization: Organization) throws {
        try execute(
            """
            INSERT INTO organization (id, broker_id, name, domain, search, created_at)
            VALUES (\(organization.id), \(organization.brokerID), \(organization.name), \(organization.domain),
                    \("\(organization.name) \(organization.domain ?? "")".folded), \(organization.createdAt))
            """)
    }

    mutating func organization(_ id: Key<Organization>, of scope: OrganizationScope) throws -> Organization? {
        try first("\(Organization.selection) WHERE id = \(id) AND \(scope.organizations)", Organization.init(row:))
    }

    /// Those with `search` in the name or the domain.
    mutating func organizations(of scope: OrganizationScope, like search: String, limit: Int, offset: Int = 0) throws
        -> [Organization]
    {
        try query(
            """
            \(Organization.selection) WHERE \(condition(scope, search)) ORDER BY name, id LIMIT \(limit) OFFSET \(offset)
            """, Organization.init(row:))
    }

    mutating func countOrganizations(of scope: OrganizationScope, like search: String) throws -> Int {
        try count("SELECT COUNT(*) FROM organization WHERE \(condition(scope, search))")
    }

    private func condition(_ scope: OrganizationScope, _ search: String) -> SQL {
        "\(scope.organizations) AND search LIKE \(search.likePattern) ESCAPE '\\'"
    }

    mutating func organizations(of scope: OrganizationScope) throws -> [Organization] {
        try query("\(Organization.selection) WHERE \(scope.organizations) ORDER BY name, id", Organization.init(row:))
    }
}

extension Organization {
    static let selection: SQL = "SELECT id, broker_id, name, domain, created_at FROM organization"

    init(row: Row) throws {
        try self.init(id: row[0], brokerID: row[1], name: row[2], domain: row[3], createdAt: row[4])
    }
}
