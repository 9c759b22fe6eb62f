public import Foundation
import HTTPTypes

extension Graph {
    /// The tenant's licences; without names for people. "List subscribedSkus".
    public func subscribedSKUs() async throws -> [SubscribedSKU] {
        try await all("/v1.0/subscribedSkus")
    }

    /// The tenant's secure scores, newest first, one a day; none before Microsoft's first run. "List secureScores".
    public func secureScores(top: Int, after cursor: String? = nil) async throws -> MicrosoftPage<SecureScore> {
        try await page("/v1.0/security/secureScores", ["$top": "\(top)"], after: cursor)
    }

    public struct SubscribedSKU: Sendable, Decodable, Equatable {
        /// `{tenant}_{skuId}`.
        public let id: String
        public let skuId: String?
        public let skuPartNumber: String?
        /// `User` or `Company`.
        public let appliesTo: String?
        public let capabilityStatus: CapabilityStatus?
        @Lenient public private(set) var consumedUnits: Int?
        public let prepaidUnits: Units?
        /// In Partner Center.
        public let subscriptionIds: [String]?
        public let servicePlans: [ServicePlan]?

        public struct Units: Sendable, Decodable, Equatable {
            @Lenient public private(set) var enabled: Int?
            @Lenient public private(set) var suspended: Int?
            @Lenient public private(set) var warning: Int?
            @Lenient public private(set) var lockedOut: Int?
        }

        public struct ServicePlan: Sendable, Decodable, Equatable {
            public let servicePlanId: String?
            public let servicePlanName: String?
            public let provisioningStatus: String?
            public let appliesTo: String?
        }

        /// Enabled and warning ones less those in use, as Partner Center counts; can be negative. Nil when it isn't told.
        public var availableUnits: Int? {
            guard let consumedUnits, let enabled = prepaidUnits?.enabled else { return nil }
            let (sum, isTooMuch) = enabled.addingReportingOverflow(prepaidUnits?.warning ?? 0)
            let (available, isTooLittle) = sum.subtractingReportingOverflow(consumedUnits)
            return isTooMuch || isTooLittle ? nil : available
        }
    }

    public struct SecureScore: Sendable, Decodable, Equatable {
        /// `{tenant}_{yyyy-MM-dd}`.
        public let id: String
        @Lenient public private(set) var createdDateTime: Date?
        @Lenient public private(set) var currentScore: Decimal?
        @Lenient public private(set) var maxScore: Decimal?
        @Lenient public private(set) var activeUserCount: Int?
        @Lenient public private(set) var licensedUserCount: Int?
        public let enabledServices: [String]?
        public let averageComparativeScores: [Comparison]?
        public let controlScores: [Control]?

        public struct Comparison: Sendable, Decodable, Equatable {
            /// `AllTenants`, `TotalSeats` or `IndustryTypes`.
            public let basis: String?
            @Lenient public private(set) var averageScore: Decimal?
        }

        public struct Control: Sendable, Decodable, Equatable {
            public let controlName: String?
            public let controlCategory: String?
            public let description: String?
            @Lenient public private(set) var score: Decimal?
        }
    }
}
