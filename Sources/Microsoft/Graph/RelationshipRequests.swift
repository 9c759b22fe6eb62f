public import Foundation
import HTTPTypes

extension Graph {
    /// Asks for the next state of a relationship: `lockForApproval` of a created one, `terminate` of an active one.
    /// "Create requests". After no answer look at the relationship's status first.
    public func request(
        _ action: RelationshipRequest.Action, ofRelationship id: String
    ) async throws -> RelationshipRequest {
        try await service.value(
            Call(
                .post, "/v1.0/tenantRelationships/delegatedAdminRelationships/\(id)/requests",
                body: ["action": action]))
    }

    /// "Get delegatedAdminRelationshipRequest".
    public func request(_ id: String, ofRelationship relationship: String) async throws -> RelationshipRequest {
        try await service.value(
            .get(
                "/v1.0/tenantRelationships/delegatedAdminRelationships/\(relationship)/requests/\(id)",
                fields: Self.allWords))
    }

    /// "Get delegatedAdminRelationshipOperation".
    public func operation(_ id: String, ofRelationship relationship: String) async throws -> RelationshipOperation {
        try await service.value(
            .get(
                "/v1.0/tenantRelationships/delegatedAdminRelationships/\(relationship)/operations/\(id)",
                fields: Self.allWords))
    }

    /// The operation that a change began.
    public func operation(at location: LongRunning) async throws -> RelationshipOperation {
        try await service.value(Call(.get, .link(location.location), fields: Self.allWords))
    }

    /// Without it, words that were added later come as `unknownFutureValue`.
    private static let allWords: [HTTPField.Name: String] = [.prefer: "include-unknown-enum-members"]

    public struct RelationshipRequest: Sendable, Decodable, Equatable {
        public let id: String
        public let action: Action?
        public let status: Status?
        @Lenient public private(set) var createdDateTime: Date?
        @Lenient public private(set) var lastModifiedDateTime: Date?

        public struct Action: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let lockForApproval: Self = "lockForApproval"
            public static let terminate: Self = "terminate"
        }

        public struct Status: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let created: Self = "created"
            public static let pending: Self = "pending"
            public static let succeeded: Self = "succeeded"
            public static let failed: Self = "failed"
        }
    }

    public struct RelationshipOperation: Sendable, Decodable, Equatable {
        public let id: String
        /// `delegatedAdminAccessAssignmentUpdate` or `delegatedAdminRelationshipUpdate`.
        public let operationType: String?
        public let status: OperationStatus?
        /// JSON, as a text.
        public let data: String?
        @Lenient public private(set) var createdDateTime: Date?
        @Lenient public private(set) var lastModifiedDateTime: Date?
    }

    public struct OperationStatus: MicrosoftWord {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let notStarted: Self = "notStarted"
        public static let running: Self = "running"
        public static let succeeded: Self = "succeeded"
        public static let failed: Self = "failed"
    }
}
