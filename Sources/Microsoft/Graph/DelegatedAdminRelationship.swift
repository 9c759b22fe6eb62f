public import Foundation

extension Graph {
    /// A granular delegated admin relationship (Microsoft Learn: "delegatedAdminRelationship resource type").
    public struct DelegatedAdminRelationship: Sendable, Decodable, Equatable {
        /// Opaque; two GUIDs joined by a hyphen.
        public let id: String
        /// Changes with each status; for `If-Match`.
        public let etag: String?
        public let displayName: String?
        /// ISO 8601, for example `P730D`.
        public let duration: String?
        /// None while any one customer may accept it.
        public let customer: Customer?
        public let accessDetails: AccessDetails?
        /// ISO 8601; `P180D`, or nothing of length: off.
        public let autoExtendDuration: String?
        public let status: Status?
        @Lenient public private(set) var createdDateTime: Date?
        @Lenient public private(set) var lastModifiedDateTime: Date?
        @Lenient public private(set) var activatedDateTime: Date?
        @Lenient public private(set) var endDateTime: Date?

        private enum CodingKeys: String, CodingKey {
            case id, displayName, duration, customer, accessDetails, autoExtendDuration, status
            case createdDateTime, lastModifiedDateTime, activatedDateTime, endDateTime
            case etag = "@odata.etag"
        }

        public struct Customer: Sendable, Codable, Equatable {
            public let tenantId: String
            public let displayName: String?

            public init(tenantID: String, displayName: String?) {
                tenantId = tenantID
                self.displayName = displayName
            }
        }

        public struct Status: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let created: Self = "created"
            public static let approvalPending: Self = "approvalPending"
            public static let approved: Self = "approved"
            public static let activating: Self = "activating"
            public static let active: Self = "active"
            public static let expiring: Self = "expiring"
            public static let expired: Self = "expired"
            public static let terminationRequested: Self = "terminationRequested"
            public static let terminating: Self = "terminating"
            public static let terminated: Self = "terminated"

            /// What the status means for who waits. It never goes back, and it skips.
            public var phase: Phase {
                switch self {
                case .created: .waitingForUs
                case .approvalPending: .waitingForCustomer
                case .approved, .activating: .beingSetUp
                case .active: .usable
                default: .overOrEnding
                }
            }
        }

        public enum Phase: Sendable, Equatable, CaseIterable {
            /// It has to be locked for approval.
            case waitingForUs
            case waitingForCustomer
            case beingSetUp
            case usable
            /// And every word that is not known.
            case overOrEnding
        }
    }

    /// Directory roles, by their template ids (Microsoft Learn: "Microsoft Entra built-in roles").
    public struct AccessDetails: Sendable, Codable, Equatable {
        private let unifiedRoles: [Role]?

        public init(roles: [String]) {
            unifiedRoles = roles.map { Role(roleDefinitionId: $0) }
        }

        public var roles: [String] { unifiedRoles?.map(\.roleDefinitionId) ?? [] }

        private struct Role: Sendable, Codable, Equatable {
            let roleDefinitionId: String
        }
    }

    public struct NewDelegatedAdminRelationship: Sendable, Encodable, Equatable {
        private let displayName: String
        private let duration: String
        private let customer: DelegatedAdminRelationship.Customer?
        private let accessDetails: AccessDetails
        private let autoExtendDuration: String?

        /// - Parameters:
        ///   - displayName: shown to the customer; at most 50 characters, and unique among the partner's relationships.
        ///   - duration: ISO 8601, from `P1D` to `P2Y`.
        ///   - autoExtendDuration: `P180D`, or nil for none; not with Global Administrator.
        public init(
            displayName: String, duration: String, customer: DelegatedAdminRelationship.Customer?, roles: [String],
            autoExtendDuration: String? = nil
        ) {
            self.displayName = displayName
            self.duration = duration
            self.customer = customer
            accessDetails = AccessDetails(roles: roles)
            self.autoExtendDuration = autoExtendDuration
        }
    }

    /// What changes of a relationship; what is nil stays. Of an active one only the extension, or Global Administrator away.
    public struct DelegatedAdminRelationshipChange: Sendable, Encodable, Equatable {
        public var displayName: String?
        public var duration: String?
        public var customer: DelegatedAdminRelationship.Customer?
        public var accessDetails: AccessDetails?
        public var autoExtendDuration: String?

        public init() {}
    }
}
