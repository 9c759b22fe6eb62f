import HTTPTypes

extension PartnerCenter {
    /// "Get a list of products"; with a customer, those that it may buy.
    public func products(
        _ view: ProductView, segment: Segment? = nil, country: String, forCustomer customer: String? = nil
    ) async throws -> [Product] {
        try await all(
            catalogue(customer) + "/products",
            ["country": country, "targetView": view.rawValue, "targetSegment": segment?.rawValue])
    }

    /// "Get a list of SKUs for a product". Unknown: 404 / 400013.
    public func skus(
        ofProduct product: String, country: String, forCustomer customer: String? = nil
    ) async throws -> [SKU] {
        try await all(catalogue(customer) + "/products/\(product)/skus", ["country": country])
    }

    /// "Get a list of availabilities for a SKU": where the ids of cart lines come from, which age. Unknown: 404 / 400018.
    public func availabilities(
        ofProduct product: String, sku: String, country: String, forCustomer customer: String? = nil
    ) async throws -> [Availability] {
        try await all(
            catalogue(customer) + "/products/\(product)/skus/\(sku)/availabilities", ["country": country])
    }

    private func catalogue(_ customer: String?) -> Path {
        if let customer { "/v1/customers/\(customer)" } else { "/v1" }
    }

    public struct ProductView: MicrosoftWord {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let onlineServices: Self = "OnlineServices"
        /// The Azure plan.
        public static let microsoftAzure: Self = "MicrosoftAzure"
        public static let azureReservations: Self = "AzureReservations"
        public static let software: Self = "Software"
        public static let softwarePerpetual: Self = "SoftwarePerpetual"
        public static let softwareSubscriptions: Self = "SoftwareSubscriptions"
        public static let marketplace: Self = "MarketplaceSaaS"
    }

    public struct Segment: MicrosoftWord {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let commercial: Self = "commercial"
        public static let education: Self = "education"
        public static let government: Self = "government"
        public static let nonprofit: Self = "nonprofit"
    }

    public struct Product: Sendable, Decodable, Equatable {
        public let id: String
        public let title: String?
        public let description: String?
        public let productType: Subscription.ProductType?
        public let isMicrosoftProduct: Bool?
        public let publisherName: String?
    }

    public struct SKU: Sendable, Decodable, Equatable {
        public let id: String
        public let productId: String?
        public let title: String?
        public let description: String?
        @Lenient public private(set) var minimumQuantity: Int?
        @Lenient public private(set) var maximumQuantity: Int?
        public let isTrial: Bool?
        public let supportedBillingCycles: [BillingCycle]?
        public let purchasePrerequisites: [String]?
        public let dynamicAttributes: DynamicAttributes?

        public struct DynamicAttributes: Sendable, Decodable, Equatable {
            /// Graph's `skuId` of the licence.
            public let provisioningId: String?
            public let isAddon: Bool?
        }
    }

    public struct Availability: Sendable, Decodable, Equatable {
        public let id: String
        public let productId: String?
        public let skuId: String?
        /// `product:sku:availability`.
        public let catalogItemId: String?
        public let defaultCurrency: Currency?
        public let segment: Segment?
        public let country: String?
        public let isPurchasable: Bool?
        public let isRenewable: Bool?
        public let terms: [Term]?

        public struct Currency: Sendable, Decodable, Equatable {
            /// ISO 4217.
            public let code: String
            public let symbol: String?
        }

        public struct Term: Sendable, Decodable, Equatable {
            public let id: String
            /// ISO 8601, for example `P1Y`.
            public let duration: String?
            public let description: String?
            public let billingCycle: BillingCycle?
        }
    }
}
