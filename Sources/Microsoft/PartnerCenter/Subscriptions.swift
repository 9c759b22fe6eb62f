public import Foundation
import HTTPTypes

extension PartnerCenter {
    /// "Get all of a customer's subscriptions". It proves the reseller relationship: 403 / 20002 without.
    public func subscriptions(ofCustomer customer: String, orderID: String? = nil) async throws -> [Subscription] {
        try await all("/v1/customers/\(customer)/subscriptions", ["order_id": orderID])
    }

    /// "Get a subscription by ID".
    public func subscription(_ id: String, ofCustomer customer: String) async throws -> Subscription {
        try await service.value(.get("/v1/customers/\(customer)/subscriptions/\(id)"))
    }

    /// Sends the whole subscription back with a change ("Change the quantity of a subscription").
    ///
    /// - Throws: ``MicrosoftFault`` with ``MicrosoftFault/isStaleETag`` when it was changed since it was read.
    public func update(
        _ subscription: Subscription, _ change: SubscriptionChange, ofCustomer customer: String, requestID: UUID
    ) async throws -> Subscription {
        try await service.value(
            Call(
                .patch, "/v1/customers/\(customer)/subscriptions/\(subscription.id)",
                fields: subscription.etag.map { [.ifMatch: $0] } ?? [:],
                body: change.applied(to: subscription.document), requestID: requestID))
    }

    /// "Get subscription provisioning status".
    public func provisioningStatus(
        ofSubscription id: String, ofCustomer customer: String
    ) async throws -> ProvisioningStatus {
        try await service.value(.get("/v1/customers/\(customer)/subscriptions/\(id)/provisioningstatus"))
    }

    /// Licence counts ("Get a list of available licenses"); only as a user, and only with a role in the customer's tenant:
    /// 403 / 900308 without.
    public func subscribedSKUs(
        ofCustomer customer: String, groups: [LicenseGroup] = [.entra, .minecraft]
    ) async throws -> [SubscribedSKU] {
        var query: Query = [:]
        for group in groups { query.append("licenseGroupIds", group.rawValue) }
        return try await all("/v1/customers/\(customer)/subscribedskus", query)
    }

    public struct ProvisioningStatus: Sendable, Decodable, Equatable {
        public let skuId: String?
        public let status: Word
        @Lenient public private(set) var quantity: Int?
        @Lenient public private(set) var endDate: Date?

        public struct Word: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let success: Self = "success"
            public static let pending: Self = "pending"
            public static let failed: Self = "failed"
        }
    }

    /// Where the licences of a product are managed.
    public struct LicenseGroup: MicrosoftWord {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let entra: Self = "group1"
        public static let minecraft: Self = "group2"
    }

    /// The licences of one product: total = active + warning, available = total − consumed.
    public struct SubscribedSKU: Sendable, Decodable, Equatable {
        public let productSku: ProductSKU
        @Lenient public private(set) var availableUnits: Int?
        @Lenient public private(set) var activeUnits: Int?
        @Lenient public private(set) var consumedUnits: Int?
        @Lenient public private(set) var suspendedUnits: Int?
        @Lenient public private(set) var totalUnits: Int?
        @Lenient public private(set) var warningUnits: Int?
        public let capabilityStatus: CapabilityStatus?

        public struct ProductSKU: Sendable, Decodable, Equatable {
            public let id: String
            public let name: String?
            public let skuPartNumber: String?
            public let licenseGroupId: LicenseGroup?
        }
    }
}
