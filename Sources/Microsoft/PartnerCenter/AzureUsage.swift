public import Foundation
import HTTPTypes

extension PartnerCenter {
    /// The Azure subscriptions of an Azure plan. "Get a list of Azure entitlements for a subscription". Throttled early.
    public func azureEntitlements(
        ofPlan plan: String, ofCustomer customer: String
    ) async throws -> [AzureEntitlement] {
        try await all("/v1/customers/\(customer)/subscriptions/\(plan)/azureEntitlements")
    }

    /// The customer's subscriptions with usage and their cost in this month: a cheap way to its Azure plan.
    /// "Get a customer subscription's usage records".
    public func usageRecords(ofCustomer customer: String) async throws -> [UsageRecord] {
        try await all("/v1/customers/\(customer)/subscriptions/usagerecords")
    }

    /// Usage of a legacy Azure subscription (MS-AZR-0145P), not of a plan. "Get a customer's utilization record for Azure".
    ///
    /// - Parameters:
    ///   - interval: from its start to before its end, UTC.
    ///   - size: at most 1,000.
    public func utilizations(
        ofSubscription subscription: String, ofCustomer customer: String, in interval: DateInterval,
        granularity: Granularity, size: Int = 1_000, after cursor: String?
    ) async throws -> Utilizations {
        let query: Query = [
            "start_time": MicrosoftDate.text(interval.start), "end_time": MicrosoftDate.text(interval.end),
            "granularity": granularity.rawValue, "show_details": "true", "size": "\(size)",
        ]
        let answer = try await service.answer(
            seekCall(
                "/v1/customers/\(customer)/subscriptions/\(subscription)/utilizations/azure", query,
                after: cursor))
        if answer.response.status == .noContent { return .notReady(retryAfter: answer.retryAfter) }
        return .page(try page(answer, after: cursor))
    }

    public enum Utilizations: Sendable, Equatable {
        case page(MicrosoftPage<Utilization>)
        /// Microsoft still collects them.
        case notReady(retryAfter: Duration?)
    }

    public enum Granularity: String, Sendable {
        case daily = "Daily"
        case hourly = "Hourly"
    }

    /// An Azure subscription under a plan.
    public struct AzureEntitlement: Sendable, Decodable, Equatable {
        /// The Azure subscription's id.
        public let id: String
        public let friendlyName: String?
        /// `active`; other words are not documented.
        public let status: String?
        /// Of the plan.
        public let subscriptionId: String?
        public let partnerOnRecord: String?
    }

    public struct UsageRecord: Sendable, Decodable, Equatable {
        /// The subscription in Partner Center.
        public let id: String
        public let name: String?
        public let resourceName: String?
        public let status: String?
        @Lenient public private(set) var totalCost: Decimal?
        public let currencyCode: String?
        @Lenient public private(set) var usdTotalCost: Decimal?
        public let isUpgraded: Bool?
        public let partnerOnRecord: String?
        @Lenient public private(set) var lastModifiedDate: Date?
    }

    public struct Utilization: Sendable, Decodable, Equatable {
        @Lenient public private(set) var usageStartTime: Date?
        @Lenient public private(set) var usageEndTime: Date?
        public let resource: Resource
        @Lenient public private(set) var quantity: Decimal?
        public let unit: String?
        public let instanceData: InstanceData?

        public struct Resource: Sendable, Decodable, Equatable {
            public let id: String
            public let name: String?
            public let category: String?
            public let subcategory: String?
            public let region: String?
        }

        public struct InstanceData: Sendable, Decodable, Equatable {
            public let resourceUri: String?
            public let location: String?
        }
    }
}
