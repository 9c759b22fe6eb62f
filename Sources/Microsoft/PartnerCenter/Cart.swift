public import Foundation

extension PartnerCenter {
    /// What is to be bought ("Create a cart").
    public struct NewCart: Sendable, Encodable {
        private let lineItems: [Line]
        private let partnerOnRecordAttestationAccepted: Bool

        public init(_ lines: [Line], partnerOnRecordAttestationAccepted: Bool = true) {
            lineItems = lines
            self.partnerOnRecordAttestationAccepted = partnerOnRecordAttestationAccepted
        }

        private enum CodingKeys: String, CodingKey {
            case lineItems
            case partnerOnRecordAttestationAccepted = "PartnerOnRecordAttestationAccepted"
        }

        public struct Line: Sendable, Encodable, Equatable {
            /// Counts the lines from 0.
            public var id: Int
            public var catalogItemId: String
            public var quantity: Int
            public var billingCycle: BillingCycle
            /// ISO 8601, for example `P1Y`.
            public var termDuration: String?
            public var promotionId: String?
            public var attestationAccepted: Bool?
            public var provisioningContext: [String: String] = [:]

            public init(
                id: Int, catalogItemID: String, quantity: Int, billingCycle: BillingCycle, termDuration: String?
            ) {
                self.id = id
                catalogItemId = catalogItemID
                self.quantity = quantity
                self.billingCycle = billingCycle
                self.termDuration = termDuration
            }
        }
    }

    /// A cart ("Cart resources"); it lives 7 days.
    public struct Cart: Sendable, Decodable, Equatable {
        public let id: String
        /// `Active` or `Ordered`.
        public let status: String?
        @Lenient public private(set) var expirationTimestamp: Date?
        public let lineItems: [Line]?

        public struct Line: Sendable, Decodable, Equatable {
            @Lenient public private(set) var id: Int?
            public let catalogItemId: String?
            @Lenient public private(set) var quantity: Int?
            public let billingCycle: BillingCycle?
            public let termDuration: String?
            public let currencyCode: String?
            public let orderGroup: String?
            /// Why it can't be bought; the cart is made all the same.
            public let error: Fault?
        }

        public struct Fault: Sendable, Decodable, Equatable {
            /// For example `CurrencyIsNotSupported`.
            @LenientText public private(set) var errorCode: String
            public let errorDescription: String?
        }
    }

    /// What a checkout gave ("Checkout a cart"): orders, and the groups of lines that failed.
    public struct Checkout: Sendable, Decodable, Equatable {
        public let orders: [Order]?
        public let orderErrors: [Fault]?

        public struct Fault: Sendable, Decodable, Equatable {
            @LenientText public private(set) var orderGroupId: String
            /// Comes as a number.
            @LenientText public private(set) var code: String
            public let description: String?
        }
    }
}
