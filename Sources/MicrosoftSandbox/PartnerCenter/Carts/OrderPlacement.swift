import Foundation

/// An order with the subscriptions that come of it.
struct PlacedOrder: Sendable {
    let order: Order
    let subscriptions: [Subscription]

    func keep(in state: inout SandboxState) {
        state.commerce.orders[order.customerID, default: []].append(order)
        for subscription in subscriptions { state.commerce.keep(subscription) }
    }
}

/// Makes orders; who calls it keeps them.
struct OrderPlacement {
    let call: PartnerCenterCall
    let customer: Customer

    private static let mostSubscriptions = 999

    /// `others` are subscriptions of the same checkout, which have their numbers already. Every item of `lines` exists.
    func place(_ lines: [CartLine], after others: [Subscription]) throws(PartnerCenterFault) -> PlacedOrder {
        let known = knownNumbers + others.map(\.number)
        let first = (known.max() ?? 0) + 1
        guard first + lines.count <= Self.mostSubscriptions else { throw .subscriptionLimit }
        let completedAt = call.now.addingTimeInterval(Order.provisioningTime)
        let orderID = customer.orderID(first)
        var subscriptions: [Subscription] = []
        for (index, line) in lines.enumerated() {
            guard let item = line.item else { throw .cartItems }
            subscriptions.append(subscription(line, item, number: first + index, orderID: orderID, at: completedAt))
        }
        let order = Order(
            id: orderID, customerID: customer.id, billingCycle: lines.first?.billingCycle ?? "monthly",
            createdAt: call.now, completedAt: completedAt,
            lines: zip(lines, subscriptions).enumerated().map { number, pair in
                Order.Line(
                    number: number, offerID: pair.1.offerID, subscriptionID: pair.1.id,
                    termDuration: pair.0.termDuration, friendlyName: pair.1.friendlyName, quantity: pair.0.quantity)
            })
        return PlacedOrder(order: order, subscriptions: subscriptions)
    }

    /// Of subscriptions that are there, and of those under way.
    private var knownNumbers: [Int] {
        let placed = call.sandbox.store.read { $0.commerce.orders[customer.id] ?? [] }
        return call.sandbox.subscriptions(of: customer).map(\.number)
            + placed.flatMap(\.lines).compactMap { Int($0.subscriptionID.dropFirst(10).prefix(3)) }
    }

    private func subscription(
        _ line: CartLine, _ item: CatalogueItem, number: Int, orderID: String, at completedAt: Date
    ) -> Subscription {
        let kind: Subscription.Kind =
            switch item.kind {
            case .licence: .licence
            case .azurePlan: .azurePlan
            case .software: .software
            }
        let start = Subscription.calendar.startOfDay(for: completedAt)
        let months = Subscription.months(of: line.termDuration)
        return Subscription(
            id: customer.id(of: "5" + padded(number, to: 3)), customerID: customer.id, kind: kind, offerID: item.id,
            offerName: item.title, friendlyName: line.friendlyName ?? item.title, quantity: line.quantity,
            setStatus: .active, billingCycle: line.billingCycle,
            termDuration: kind == .azurePlan ? "" : line.termDuration,
            endsAt: item.isTrial ? Subscription.calendar.date(byAdding: .month, value: months, to: start) : nil,
            isTrial: item.isTrial, orderID: orderID, createdAt: completedAt, provisionedAt: completedAt, number: number)
    }
}
