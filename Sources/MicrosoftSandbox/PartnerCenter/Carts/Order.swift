import Foundation

/// What was bought at once. Source: Microsoft Learn, "Order resources".
struct Order: Codable, Sendable {
    struct Line: Codable, Sendable {
        let number: Int
        let offerID: String
        let subscriptionID: String
        let termDuration: String
        let friendlyName: String
        let quantity: Int
    }

    let id: String
    let customerID: String
    let billingCycle: String
    let createdAt: Date
    /// Before it the order is pending, and nothing of it is there.
    let completedAt: Date
    let lines: [Line]

    /// How long provisioning takes. Microsoft documents no time.
    static let provisioningTime: TimeInterval = 60
    /// How long it takes until an order is in the list. Source: Microsoft Learn, "Check out a cart".
    static let listDelay: TimeInterval = 15 * 60
}

extension MicrosoftSandbox {
    /// Those of the first day, one for each subscription then, and those placed since.
    func orders(of customer: Customer) -> [Order] {
        let placed = store.read { $0.commerce.orders[customer.id] ?? [] }
        let first = subscriptions(of: customer).filter { subscription in
            !placed.contains { $0.id == subscription.orderID }
        }
        return first.map(Order.init) + placed
    }
}

extension Order {
    fileprivate init(_ subscription: Subscription) {
        let line = Line(
            number: 0, offerID: subscription.offerID, subscriptionID: subscription.id,
            termDuration: subscription.termDuration, friendlyName: subscription.offerName,
            quantity: subscription.quantity)
        self.init(
            id: subscription.orderID, customerID: subscription.customerID, billingCycle: subscription.billingCycle,
            createdAt: subscription.createdAt, completedAt: subscription.createdAt, lines: [line])
    }
}
