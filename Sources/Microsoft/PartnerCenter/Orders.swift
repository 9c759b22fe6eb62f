public import Foundation
import HTTPTypes

extension PartnerCenter {
    /// Puts what is to be bought together; a line that can't be bought says so itself. "Create a cart".
    public func createCart(_ cart: NewCart, forCustomer customer: String, requestID: UUID) async throws -> Cart {
        try await service.value(
            Call(.post, "/v1/customers/\(customer)/carts", body: cart, requestID: requestID))
    }

    /// Buys what is in the cart. "Checkout a cart".
    ///
    /// Repeated, it gives the first answer by one page of the documentation, and 400 / 800065 by another: then the order is
    /// in the list of orders, which lags by up to 15 minutes. 409 / 800064: another checkout of the cart is under way.
    public func checkOut(cart: String, ofCustomer customer: String, requestID: UUID) async throws -> Checkout {
        try await service.value(
            Call(.post, "/v1/customers/\(customer)/carts/\(cart)/checkout", requestID: requestID))
    }

    /// "Get an order by ID".
    public func order(_ id: String, ofCustomer customer: String) async throws -> Order {
        try await service.value(.get("/v1/customers/\(customer)/orders/\(id)"))
    }

    /// "Get all of a customer's orders".
    public func orders(ofCustomer customer: String) async throws -> [Order] {
        try await all("/v1/customers/\(customer)/orders")
    }

    /// "Get order provisioning status".
    public func provisioningStatus(
        ofOrder id: String, ofCustomer customer: String
    ) async throws -> [OrderLineProvisioning] {
        try await all("/v1/customers/\(customer)/orders/\(id)/provisioningstatus")
    }

    public struct Order: Sendable, Decodable, Equatable {
        public let id: String
        public let referenceCustomerId: String?
        public let billingCycle: BillingCycle?
        public let currencyCode: String?
        public let lineItems: [Line]?
        @Lenient public private(set) var creationDate: Date?
        public let status: Status?

        public struct Line: Sendable, Decodable, Equatable {
            @Lenient public private(set) var lineItemNumber: Int?
            public let offerId: String?
            /// Once it is provisioned.
            public let subscriptionId: String?
            public let termDuration: String?
            public let friendlyName: String?
            @Lenient public private(set) var quantity: Int?
        }

        public struct Status: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let pending: Self = "pending"
            public static let completed: Self = "completed"
            public static let cancelled: Self = "cancelled"
        }
    }

    public struct OrderLineProvisioning: Sendable, Decodable, Equatable {
        @Lenient public private(set) var lineItemNumber: Int?
        /// The words are not documented.
        public let status: String?
    }
}
