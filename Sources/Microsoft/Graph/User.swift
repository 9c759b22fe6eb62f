public import Foundation

extension Graph {
    /// A person or guest in a tenant (Microsoft Learn: "user resource type"): what was selected.
    public struct User: Sendable, Decodable, Equatable {
        public let id: String
        public let displayName: String?
        public let userPrincipalName: String?
        public let mail: String?
        public let givenName: String?
        public let surname: String?
        public let jobTitle: String?
        public let department: String?
        public let accountEnabled: Bool?
        /// `Member` or `Guest`.
        public let userType: String?
        /// ISO 3166.
        public let usageLocation: String?
        public let preferredLanguage: String?
        public let assignedLicenses: [AssignedLicense]?
        /// Of a guest.
        public let externalUserState: ExternalState?
        @Lenient public private(set) var externalUserStateChangeDateTime: Date?
        @Lenient public private(set) var createdDateTime: Date?

        public struct AssignedLicense: Sendable, Decodable, Equatable {
            public let skuId: String?
            public let disabledPlans: [String]?
        }

        public struct ExternalState: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let pendingAcceptance: Self = "PendingAcceptance"
            public static let accepted: Self = "Accepted"
        }
    }

    /// A user in a round of changes.
    public struct UserChange: Sendable, Decodable, Equatable {
        /// Holds only what ``members`` names: the rest is unchanged, not empty.
        public let user: User
        /// The members of the answer, for example `displayName`.
        public let members: Set<String>
        /// Why the user is gone; nil when it is there.
        public let removed: RemovalReason?

        public init(from decoder: any Decoder) throws {
            user = try User(from: decoder)
            let all = try decoder.container(keyedBy: AnyKey.self)
            members = Set(all.allKeys.map(\.stringValue).filter { !$0.hasPrefix("@") })
            removed = try all.decodeIfPresent(Removal.self, forKey: AnyKey(stringValue: "@removed")).map {
                $0.reason ?? .deleted
            }
        }

        private struct Removal: Decodable {
            let reason: RemovalReason?
        }

        public struct RemovalReason: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            /// Deleted, and can be restored for 30 days.
            public static let changed: Self = "changed"
            public static let deleted: Self = "deleted"
        }
    }
}
