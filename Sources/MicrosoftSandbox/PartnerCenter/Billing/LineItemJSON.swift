import Foundation

/// A line for one subscription and month. In some, numbers come as text; in some, the customer's id has `org:` before
/// it.
struct LineItemJSON {
    let subscription: Subscription
    let customer: Customer
    let country: String
    let partner: Partner
    let month: DateInterval
    let invoice: Invoice?

    private var hasNumbersAsText: Bool { (customer.number + subscription.number) % 5 == 4 }
    private var item: CatalogueItem? { subscription.item }
    private var unitPrice: Int { item?.monthlyPrice ?? 0 }

    private func amount(_ minor: Int) -> JSON {
        let amount = JSON.amount(minor: minor)
        return hasNumbersAsText ? .string(String(decoding: amount.bytes, as: UTF8.self)) : amount
    }

    private func number(_ value: Int) -> JSON { hasNumbersAsText ? .string(String(value)) : .integer(value) }

    var json: JSON { .object(parties + products + charges + rest) }

    private var parties: [JSON.Member] {
        [
            .init("partnerId", .string(partner.tenantID)),
            .init("customerId", .string((customer.number % 7 == 6 ? "org:" : "") + customer.id)),
            .init("customerName", .string(customer.name)),
            .init("customerDomainName", .string(customer.defaultDomain)), .init("customerCountry", .string(country)),
            .init("invoiceNumber", .string(invoice?.id ?? "")), .init("mpnId", .string(partner.partnerID)),
            .init("resellerMpnId", 0), .init("orderId", .string(subscription.orderID)),
            .init("orderDate", PartnerCenterDate.sevenDigits(subscription.createdAt)),
        ]
    }

    private var products: [JSON.Member] {
        [
            .init("productId", .string(item?.productID ?? "")), .init("skuId", .string(item?.skuID ?? "")),
            .init("availabilityId", .string(item?.availabilityID ?? "")),
            .init("productName", .string(subscription.offerName)),
            .init("skuName", .string(subscription.offerName)), .init("productQualifiers", []),
        ]
    }

    private var charges: [JSON.Member] {
        let isNew = month.contains(subscription.createdAt)
        let subtotal = unitPrice * subscription.quantity
        return [
            .init("chargeType", isNew ? "new" : "cycleCharge"), .init("unitPrice", amount(unitPrice)),
            .init("effectiveUnitPrice", amount(unitPrice)), .init("unitType", ""),
            .init("quantity", number(subscription.quantity)), .init("subtotal", amount(subtotal)),
            .init("taxTotal", 0), .init("totalForCustomer", amount(subtotal)),
            .init("currency", .string(partner.currency.code)), .init("publisherName", "Microsoft Corporation"),
            .init("publisherId", ""), .init("subscriptionDescription", ""),
            .init("subscriptionId", .string(subscription.id)),
        ]
    }

    private var rest: [JSON.Member] {
        let term = subscription.term(at: month.start)
        let day: TimeInterval = 86400
        let offer = item?.terms.first { $0.duration == subscription.termDuration }
        return [
            .init("subscriptionStartDate", PartnerCenterDate.seconds(term.start)),
            .init("subscriptionEndDate", PartnerCenterDate.seconds(term.end.addingTimeInterval(-day))),
            .init("chargeStartDate", PartnerCenterDate.seconds(month.start)),
            .init("chargeEndDate", PartnerCenterDate.seconds(month.end.addingTimeInterval(-day))),
            .init("termAndBillingCycle", .string(offer?.description ?? "")),
            .init("alternateId", .string(subscription.orderID)),
            .init("referenceId", .string(customer.id(of: "6" + padded(subscription.number, to: 3)))),
            .init("priceAdjustmentDescription", "[]"), .init("discountDetails", ""),
            .init("pricingCurrency", .string(partner.currency.code)), .init("pcToBCExchangeRate", 1),
            .init("pcToBCExchangeRateDate", PartnerCenterDate.none),
            .init("billableQuantity", number(subscription.quantity)), .init("meterDescription", ""),
            .init("billingFrequency", .string(subscription.billingCycle.capitalized)),
            .init("reservationOrderId", ""), .init("promotionId", ""),
            .init("invoiceLineItemType", "billing_line_items"), .init("billingProvider", "one_time"),
            .init("attributes", ["objectType": "OneTimeInvoiceLineItem"]),
        ]
    }
}
