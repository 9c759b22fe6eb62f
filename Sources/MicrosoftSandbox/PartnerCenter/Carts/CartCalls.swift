import Foundation
import HTTPTypes

/// Carts: made, read, replaced, checked out. Source: Microsoft Learn, "Create a cart", "Update a cart" and "Check out a
/// cart".
struct CartCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// What is wrong with a line stands in the line.
    func create() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        let cart = Cart(
            id: UUID().uuidString.lowercased(), customerID: customer.id, createdAt: call.now, modifiedAt: call.now,
            userID: userID, lines: try lines(customer))
        try call.change("cart \(cart.id) of customer \(customer.id) created") { state in
            state.commerce.carts = state.commerce.carts.filter { $0.value.expiresAt > call.now }
            state.commerce.carts[cart.id] = cart
        }
        return PartnerCenterAnswer(.created, json: cart.json)
    }

    func one() throws -> PartnerCenterAnswer { PartnerCenterAnswer(json: try cart().0.json) }

    /// The lines that are sent stand in place of those before.
    func replace() throws -> PartnerCenterAnswer {
        var (cart, customer) = try cart()
        if cart.status == .Ordered { throw PartnerCenterFault.cartSubmitted(cart.id) }
        cart.lines = try lines(customer)
        cart.modifiedAt = call.now
        cart.userID = userID
        let changed = cart
        try call.change("cart \(cart.id) of customer \(customer.id) changed") {
            $0.commerce.carts[changed.id] = changed
        }
        return PartnerCenterAnswer(json: cart.json)
    }

    /// Each group of lines becomes an order, or an error that leaves the others alone. A cart that was checked out
    /// gives the first answer again.
    func checkout() throws -> PartnerCenterAnswer {
        var (cart, customer) = try cart()
        if let first = cart.checkout { return PartnerCenterAnswer(.created, .text(first)) }
        guard call.sandbox.hasAgreement(customer) else { throw PartnerCenterFault.agreementMissing }
        guard !cart.lines.isEmpty, cart.lines.allSatisfy({ $0.problem == nil }) else {
            throw PartnerCenterFault.cartItems
        }
        let (placed, errors) = try place(cart.lines, customer)
        let orders = placed.map {
            OrderJSON(order: $0.order, sandbox: call.sandbox, customer: customer).json(at: call.now)
        }
        let json: JSON = [
            "orders": .array(orders), "orderErrors": errors.isEmpty ? .absent : .array(errors),
            "attributes": ["objectType": "CartCheckoutResult"],
        ]
        guard !placed.isEmpty else { return PartnerCenterAnswer(.created, json: json) }
        cart.status = .Ordered
        cart.modifiedAt = call.now
        cart.checkout = String(decoding: json.bytes, as: UTF8.self)
        let ordered = cart
        let change = AuditRecord.Change("create_order", "order", customer: customer, newValue: json)
        let ids = placed.map(\.order.id).joined(separator: ", ")
        try call.change("cart \(cart.id) of customer \(customer.id) checked out: order \(ids)", change) { state in
            state.commerce.carts[ordered.id] = ordered
            for order in placed { order.keep(in: &state) }
        }
        return PartnerCenterAnswer(.created, json: json)
    }

    /// What becomes an order and what becomes an error, by groups of lines.
    private func place(_ lines: [CartLine], _ customer: Customer) throws -> ([PlacedOrder], [JSON]) {
        let placement = OrderPlacement(call: call, customer: customer)
        var placed: [PlacedOrder] = []
        var errors: [JSON] = []
        for group in Set(lines.map(\.orderGroup)).sorted() {
            let lines = lines.filter { $0.orderGroup == group }
            if lines.contains(where: { $0.item?.isGone ?? true }) {
                errors.append([
                    "orderGroupId": .string(group), "code": 2091,
                    "description": "The offer is no longer available for purchase",
                ])
            } else {
                placed.append(try placement.place(lines, after: placed.flatMap(\.subscriptions)))
            }
        }
        return (placed, errors)
    }

    private var userID: String { call.account?.id ?? call.token.oid }

    private func lines(_ customer: Customer) throws(PartnerCenterFault) -> [CartLine] {
        guard call.body.has("lineItems") else { throw .cartItems }
        return try CartReader(call: call, customer: customer).lines(try call.body.list("lineItems"))
    }

    /// Not another customer's, and not one that has expired.
    private func cart() throws(PartnerCenterFault) -> (Cart, Customer) {
        let customer = try call.customer()
        let id = call.parameter("cart").lowercased()
        guard let cart = call.sandbox.store.read({ $0.commerce.carts[id] }), cart.customerID == customer.id,
            call.now < cart.expiresAt
        else { throw .cartNotFound }
        return (cart, customer)
    }
}
