import Foundation
import HTTPTypes

/// Orders: listed, read, placed without a cart.
struct OrderCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// A new order is in the list later than it can be read alone. Source: Microsoft Learn, "Get all of a customer's
    /// orders".
    func list() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        let old = call.now.addingTimeInterval(-Order.listDelay)
        let orders = call.sandbox.orders(of: customer).filter { $0.createdAt <= old }
        return .collection(
            orders.map { OrderJSON(order: $0, sandbox: call.sandbox, customer: customer).json(at: call.now) },
            at: "/customers/\(customer.id)/orders")
    }

    func one() throws -> PartnerCenterAnswer { PartnerCenterAnswer(json: try order().json(at: call.now)) }

    func provisioningStatus() throws -> PartnerCenterAnswer { try order().provisioningStatus(at: call.now) }

    /// One step in place of cart and checkout; a line that is wrong in any way refuses the whole. Source: Microsoft
    /// Learn, "Create an order for a customer".
    func create() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        if let id = try call.body.optionalText("referenceCustomerId"), id.lowercased() != customer.id {
            throw call.body.refusal("referenceCustomerId")
        }
        guard call.body.has("lineItems") else { throw PartnerCenterFault.cartItems }
        let bodies = try call.body.list("lineItems").map(asCartLine)
        let lines = try CartReader(call: call, customer: customer).lines(bodies)
        for line in lines {
            switch line.problem {
            case .CatalogItemIdIsNotValid: throw PartnerCenterFault.offerInvalid
            case .SandboxLimitExceeded, .MaxAllowedSeatsPerSubscriptionExceeded: throw PartnerCenterFault.sandboxLimit
            case .some: throw PartnerCenterFault.cartItems
            case nil: if line.item?.isGone ?? true { throw PartnerCenterFault.offerGone }
            }
        }
        guard call.sandbox.hasAgreement(customer) else { throw PartnerCenterFault.agreementMissing }
        let placed = try OrderPlacement(call: call, customer: customer).place(lines, after: [])
        let json = OrderJSON(order: placed.order, sandbox: call.sandbox, customer: customer).json(at: call.now)
        let change = AuditRecord.Change("create_order", "order", customer: customer, newValue: json)
        try call.change("order \(placed.order.id) of customer \(customer.id) placed", change) { placed.keep(in: &$0) }
        return PartnerCenterAnswer(.created, json: json)
    }

    /// An order names the item `offerId`, counts lines as `lineItemNumber`, and has one billing cycle.
    private func asCartLine(_ line: PartnerCenterBody) -> PartnerCenterBody {
        let cycle = call.body.json["billingCycle"]
        return PartnerCenterBody([
            "id": line.json["lineItemNumber"], "catalogItemId": line.json["offerId"],
            "quantity": line.json["quantity"], "termDuration": line.json["termDuration"],
            "friendlyName": line.json["friendlyName"], "billingCycle": cycle,
            "currencyCode": call.body.json["currencyCode"],
        ])
    }

    private func order() throws(PartnerCenterFault) -> OrderJSON {
        let customer = try call.customer()
        let id = call.parameter("order").lowercased()
        guard let order = call.sandbox.orders(of: customer).first(where: { $0.id == id }) else { throw .orderNotFound }
        return OrderJSON(order: order, sandbox: call.sandbox, customer: customer)
    }
}
