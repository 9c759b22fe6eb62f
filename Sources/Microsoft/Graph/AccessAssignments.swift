public import Foundation
import HTTPTypes

extension Graph {
    /// Gives roles of an active relationship to a security group of the partner. "Create accessAssignments". One
    /// group a call; after no answer look into the list first.
    public func assign(
        roles: [String], toGroup group: String, inRelationship relationship: String
    ) async throws -> AccessAssignment {
        try await service.value(
            Call(.post, assignments(relationship), body: NewAssignment(group: group, roles: roles)))
    }

    /// "List accessAssignments".
    public func accessAssignments(
        ofRelationship relationship: String, after cursor: String?
    ) async throws -> MicrosoftPage<AccessAssignment> {
        try await page(assignments(relationship), after: cursor)
    }

    /// "Get delegatedAdminAccessAssignment".
    public func accessAssignment(_ id: String, ofRelationship relationship: String) async throws -> AccessAssignment {
        try await service.value(.get(assignments(relationship) + "/\(id)"))
    }

    /// Replaces the roles. "Update delegatedAdminAccessAssignment".
    public func update(
        accessAssignment id: String, ofRelationship relationship: String, etag: String, roles: [String]
    ) async throws -> Update<AccessAssignment> {
        try await update(
            assignments(relationship) + "/\(id)", etag, ["accessDetails": AccessDetails(roles: roles)])
    }

    /// "Delete delegatedAdminAccessAssignment": it goes on as `deleting`, then it is gone.
    public func deleteAccessAssignment(_ id: String, ofRelationship relationship: String, etag: String) async throws {
        _ = try await service.answer(
            Call(.delete, assignments(relationship) + "/\(id)", fields: [.ifMatch: etag]))
    }

    private func assignments(_ relationship: String) -> Path {
        "/v1.0/tenantRelationships/delegatedAdminRelationships/\(relationship)/accessAssignments"
    }

    private struct NewAssignment: Encodable {
        let accessContainer: AccessAssignment.Container
        let accessDetails: AccessDetails

        init(group: String, roles: [String]) {
            accessContainer = AccessAssignment.Container(accessContainerId: group, accessContainerType: "securityGroup")
            accessDetails = AccessDetails(roles: roles)
        }
    }

    public struct AccessAssignment: Sendable, Decodable, Equatable {
        public let id: String
        public let etag: String?
        public let status: Status?
        public let accessContainer: Container?
        public let accessDetails: AccessDetails?
        @Lenient public private(set) var createdDateTime: Date?
        @Lenient public private(set) var lastModifiedDateTime: Date?

        private enum CodingKeys: String, CodingKey {
            case id, status, accessContainer, accessDetails, createdDateTime, lastModifiedDateTime
            case etag = "@odata.etag"
        }

        public struct Container: Sendable, Codable, Equatable {
            /// The group's id, in the partner's tenant.
            public let accessContainerId: String
            public let accessContainerType: String?
        }

        public struct Status: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let pending: Self = "pending"
            public static let active: Self = "active"
            public static let deleting: Self = "deleting"
            public static let deleted: Self = "deleted"
            public static let error: Self = "error"
        }
    }
}
