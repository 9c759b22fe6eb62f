import Foundation

/// A subscription as Partner Center shows it. Source: Microsoft Learn, "Subscription resources" and "Get all of a
/// customer's subscriptions".
struct SubscriptionJSON {
    let subscription: Subscription
    let country: String
    let now: Date

    var json: JSON {
        let first: [JSON.Member] = [
            .init("id", .string(subscription.id)), .init("offerId", .string(subscription.offerID)),
            .init("offerName", .string(subscription.offerName)),
            .init("friendlyName", .string(subscription.friendlyName)), .init("productType", productType),
            .init("quantity", .integer(subscription.quantity)),
            .init("unitType", subscription.isAzure ? "Usage" : "Licenses"),
            .init("entitlementId", .optional(subscription.entitlementID)),
            .init("hasPurchasableAddons", false),
        ]
        let last: [JSON.Member] = [
            .init("isMicrosoftProduct", true), .init("partnerId", ""), .init("attentionNeeded", false),
            .init("actionTaken", false), .init("contractType", "subscription"), .init("links", links),
            .init("publisherName", "Microsoft Corporation"), .init("orderId", .string(subscription.orderID)),
            .init("attributes", ["etag": .string(subscription.etag), "objectType": "Subscription"]),
        ]
        return .object(first + dates + terms + last)
    }

    private var dates: [JSON.Member] {
        let term = subscription.term(at: now)
        let until = subscription.cancellationAllowedUntil(at: now)
        return [
            .init("creationDate", PartnerCenterDate.sevenDigits(subscription.createdAt)),
            .init("effectiveStartDate", PartnerCenterDate.seconds(term.start)),
            .init("commitmentEndDate", PartnerCenterDate.seconds(term.end.addingTimeInterval(-86400))),
            .init("cancellationAllowedUntilDate", until.map(PartnerCenterDate.seconds) ?? .absent),
            .init(
                "billingCycleEndDate",
                subscription.isAzure ? .absent : PartnerCenterDate.seconds(billingCycleEnd(term))),
        ]
    }

    private var terms: [JSON.Member] {
        let status = subscription.status(at: now)
        let until = subscription.cancellationAllowedUntil(at: now)
        let refunds: [JSON] = until.map { [["type": "Full", "expiresAfter": PartnerCenterDate.seconds($0)]] } ?? []
        return [
            .init("status", .string(status.rawValue)),
            .init("suspensionReasons", status == .suspended ? ["PartnerRequested"] : .absent),
            .init("autoRenewEnabled", .bool(subscription.autoRenewEnabled)),
            .init("isTrial", .bool(subscription.isTrial)),
            .init("billingType", subscription.isAzure ? "usage" : "license"),
            .init("billingCycle", .string(subscription.billingCycle)),
            .init("termDuration", subscription.isAzure ? .absent : .string(subscription.termDuration)),
            .init("renewalTermDuration", subscription.isAzure ? .absent : ""),
            .init("refundOptions", subscription.isAzure ? .absent : .array(refunds)),
        ]
    }

    /// The end of the running month; of the term where it is paid at once.
    private func billingCycleEnd(_ term: DateInterval) -> Date {
        guard subscription.billingCycle == "monthly" else { return term.end.addingTimeInterval(-86400) }
        var count = 1
        let calendar = Subscription.calendar
        while let next = calendar.date(byAdding: .month, value: count, to: term.start), next <= min(now, term.end) {
            count += 1
        }
        let end = calendar.date(byAdding: .month, value: count, to: term.start) ?? term.end
        return min(end, term.end).addingTimeInterval(-86400)
    }

    private var productType: JSON {
        switch subscription.kind {
        case .legacyAzure: .absent
        case .azurePlan:
            [
                "id": "Azure", "displayName": "Azure",
                "subType": ["id": "AzurePlan", "displayName": "Azure plan"],
            ]
        case .licence, .software:
            subscription.item.map { ["id": .string($0.productType.id), "displayName": .string($0.productType.name)] }
                ?? .absent
        }
    }

    private var links: JSON {
        let own = JSON.Member(
            "self",
            PartnerCenterLink.to("/customers/\(subscription.customerID)/subscriptions/\(subscription.id)"))
        guard let item = subscription.item, item.kind == .licence else { return .object([own]) }
        return .object(item.links(country: country) + [own])
    }
}

extension Subscription {
    /// Changes with every change.
    var etag: String { Base64URL.encode("{\"id\":\"\(id)\",\"version\":\(version)}".utf8) }
}

extension CatalogueItem {
    /// To its three levels in the catalogue.
    func links(country: String) -> [JSON.Member] {
        let product = "/products/\(productID)"
        let sku = "\(product)/skus/\(skuID)"
        return [
            .init("product", PartnerCenterLink.to("\(product)?country=\(country)")),
            .init("sku", PartnerCenterLink.to("\(sku)?country=\(country)")),
            .init(
                "availability", PartnerCenterLink.to("\(sku)/availabilities/\(availabilityID)?country=\(country)")),
        ]
    }
}
