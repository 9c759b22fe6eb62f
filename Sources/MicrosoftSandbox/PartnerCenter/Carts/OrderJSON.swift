import Foundation

/// An order as Partner Center shows it. Source: Microsoft Learn, "Get an order by ID".
struct OrderJSON {
    let order: Order
    let sandbox: MicrosoftSandbox
    let customer: Customer

    func json(at now: Date) -> JSON {
        let country = sandbox.countryCode(of: customer)
        let currency = Currency(country: country)
        let uri = "/customers/\(customer.id)/orders/\(order.id)"
        return [
            "id": .string(order.id), "alternateId": .string(order.id), "referenceCustomerId": .string(customer.id),
            "billingCycle": .string(order.billingCycle), "currencyCode": .string(currency.code),
            "currencySymbol": .string(currency.symbol),
            "lineItems": .array(order.lines.map { line($0, country: country, isDone: now >= order.completedAt) }),
            "creationDate": PartnerCenterDate.sevenDigits(order.createdAt),
            "status": now >= order.completedAt ? "completed" : "pending", "transactionType": "UserPurchase",
            "links": [
                "self": PartnerCenterLink.to(uri),
                "provisioningStatus": PartnerCenterLink.to("\(uri)/provisioningstatus"),
                "patchOperation": PartnerCenterLink.to(uri, method: "PATCH"),
            ],
            "client": [:], "attributes": ["objectType": "Order"],
        ]
    }

    private func line(_ line: Order.Line, country: String, isDone: Bool) -> JSON {
        [
            "lineItemNumber": .integer(line.number), "offerId": .string(line.offerID),
            "subscriptionId": isDone ? .string(line.subscriptionID) : .absent,
            "termDuration": line.termDuration.isEmpty ? .absent : .string(line.termDuration),
            "transactionType": "New", "friendlyName": .string(line.friendlyName), "quantity": .integer(line.quantity),
            "links": Catalogue.item(line.offerID).map { .object($0.links(country: country)) } ?? .absent,
        ]
    }

    /// The words for it were not found in Microsoft's documentation; these are invented.
    func provisioningStatus(at now: Date) -> PartnerCenterAnswer {
        let status: JSON = now >= order.completedAt ? "Fulfilled" : "Pending"
        return .collection(
            order.lines.map { line in
                [
                    "lineItemNumber": .integer(line.number), "status": status,
                    "quantityProvisioningInformation": [["quantity": .integer(line.quantity), "status": status]],
                ]
            }, at: "/customers/\(customer.id)/orders/\(order.id)/provisioningstatus")
    }
}
