public import Foundation

extension PartnerCenter {
    /// A subscription of a customer ("Subscription resources"). Kept whole, since a change sends the whole of it back.
    @dynamicMemberLookup
    public struct Subscription: Sendable, Decodable, Equatable {
        let document: JSON
        private let members: Members

        public init(from decoder: any Decoder) throws {
            document = try JSON(from: decoder)
            members = try Members(from: decoder)
        }

        public subscript<Value>(dynamicMember path: KeyPath<Members, Value>) -> Value { members[keyPath: path] }

        public struct Members: Sendable, Decodable, Equatable {
            public let id: String
            /// In new commerce `product:sku:availability`.
            public let offerId: String?
            public let offerName: String?
            public let friendlyName: String?
            public let productType: ProductType?
            public let orderId: String?
            /// Of a legacy Azure subscription: its id in Azure.
            public let entitlementId: String?
            public let parentSubscriptionId: String?
            public let publisherName: String?
            public let promotionId: String?
            @Lenient public private(set) var quantity: Int?
            public let unitType: String?
            public let status: Status?
            public let billingType: BillingType?
            public let billingCycle: BillingCycle?
            /// ISO 8601, for example `P1Y`; can be empty.
            public let termDuration: String?
            public let autoRenewEnabled: Bool?
            public let isTrial: Bool?
            public let isMicrosoftProduct: Bool?
            @Lenient public private(set) var creationDate: Date?
            @Lenient public private(set) var effectiveStartDate: Date?
            @Lenient public private(set) var commitmentEndDate: Date?
            @Lenient public private(set) var billingCycleEndDate: Date?
            /// Until then it can be cancelled or reduced.
            @Lenient public private(set) var cancellationAllowedUntilDate: Date?
            public let suspensionReasons: [String]?
            let attributes: Attributes?

            /// Of this version of the subscription.
            public var etag: String? { attributes?.etag }

            /// Whether it is an Azure plan ("Create an Azure plan": the offer says so, not the product type).
            public var isAzurePlan: Bool { offerId?.hasPrefix("DZH318Z0BPS6") == true }
        }

        public struct ProductType: Sendable, Decodable, Equatable {
            public let id: String?
            public let displayName: String?
        }

        struct Attributes: Sendable, Decodable, Equatable {
            let etag: String?
        }

        public struct Status: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let active: Self = "active"
            public static let suspended: Self = "suspended"
            public static let deleted: Self = "deleted"
            public static let expired: Self = "expired"
            public static let pending: Self = "pending"
            public static let disabled: Self = "disabled"
        }

        public struct BillingType: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let usage: Self = "usage"
            public static let license: Self = "license"
        }
    }

    /// How often is paid; requests are matched without case.
    public struct BillingCycle: MicrosoftWord {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let monthly: Self = "monthly"
        public static let annual: Self = "annual"
        public static let triennial: Self = "triennial"
        public static let oneTime: Self = "one_time"
        public static let none: Self = "none"
    }

    /// What changes of a subscription; what is nil stays.
    public struct SubscriptionChange: Sendable, Equatable {
        public var quantity: Int?
        public var autoRenewEnabled: Bool?
        public var friendlyName: String?
        public var status: Subscription.Status?
        public var billingCycle: BillingCycle?
        /// ISO 8601, for example `P1Y`.
        public var termDuration: String?

        public init() {}

        func applied(to document: JSON) -> JSON {
            var changed = document
            if let quantity { changed["quantity"] = .number(Decimal(quantity)) }
            if let autoRenewEnabled { changed["autoRenewEnabled"] = .bool(autoRenewEnabled) }
            if let friendlyName { changed["friendlyName"] = .string(friendlyName) }
            if let status { changed["status"] = .string(status.rawValue) }
            if let billingCycle { changed["billingCycle"] = .string(billingCycle.rawValue) }
            if let termDuration { changed["termDuration"] = .string(termDuration) }
            return changed
        }
    }
}
