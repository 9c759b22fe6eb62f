import Foundation
import HTTPTypes
import Hummingbird

/// A customer's subscriptions and licences.
struct SubscriptionCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// Without paging. Source: Microsoft Learn, "Get all of a customer's subscriptions", "… by order" and "… by partner
    /// MPN ID".
    func list() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        var subscriptions = call.sandbox.subscriptions(of: customer)
        var uri = "/customers/\(customer.id)/subscriptions"
        if let order = call.query["order_id"] {
            subscriptions = subscriptions.filter { $0.orderID == order.lowercased() }
            uri += "?order_id=\(order)"
        }
        if let partnerID = call.query["mpn_id"] {
            if partnerID != call.partner.partnerID { subscriptions = [] }
            uri += "\(uri.contains("?") ? "&" : "?")mpn_id=\(partnerID)"
        }
        return .collection(subscriptions.map { json(of: $0, customer) }, at: uri)
    }

    func one() throws -> PartnerCenterAnswer {
        let (subscription, customer) = try call.subscription()
        return PartnerCenterAnswer(json: json(of: subscription, customer))
    }

    /// Source: Microsoft Learn, "Get subscription provisioning status".
    func provisioningStatus() throws -> PartnerCenterAnswer {
        let (subscription, _) = try call.subscription()
        let status =
            switch subscription.status(at: call.now) {
            case .pending: "pending"
            case .disabled, .none: "failed"
            case .active, .suspended, .deleted, .expired: "success"
            }
        let end = subscription.term(at: call.now).end.addingTimeInterval(-86400)
        return PartnerCenterAnswer(json: [
            "skuId": .optional(subscription.item?.licence?.skuID), "status": .string(status),
            "quantity": .integer(subscription.quantity), "endDate": PartnerCenterDate.seconds(end),
            "attributes": ["objectType": "SubscriptionProvisioningStatus"],
        ])
    }

    /// The whole subscription comes back; what differs and may be changed is. Source: Microsoft Learn, "Change the
    /// quantity of a subscription", "Suspend a subscription" and "Cancel a new-commerce subscription".
    func update() throws -> PartnerCenterAnswer {
        let (subscription, customer) = try call.subscription()
        guard let etag = try call.request.headers[.ifMatch] ?? sentETag() else {
            throw PartnerCenterFault.invalidProperty("If-Match")
        }
        guard etag == subscription.etag else { throw PartnerCenterFault.staleETag }
        let change = try SubscriptionChange(call.body, to: subscription, at: call.now)
        try change.check(
            azure: call.sandbox.azureSubscriptions(below: subscription, of: customer),
            isLimited: call.sandbox.store.read { $0.commerce.isIntegrationSandbox })
        let changed = change.result
        let record = AuditRecord.Change(
            "update_subscription", "subscription", customer: customer, newValue: json(of: changed, customer))
        if !change.words.isEmpty {
            try call.change(
                "subscription \(subscription.id) of customer \(customer.id): \(change.words.joined(separator: ", "))",
                record
            ) { $0.commerce.keep(changed) }
        }
        return PartnerCenterAnswer(json: json(of: changed, customer))
    }

    private func sentETag() throws(PartnerCenterFault) -> String? {
        guard call.body.has("attributes") else { return nil }
        return try call.body.object("attributes").optionalText("etag", 1...1000)
    }

    /// Source: Microsoft Learn, "Get a list of available licenses".
    func licences() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        try call.requireReading(customer)
        let groups = call.query.all("licenseGroupIds").map { $0.lowercased() }
        guard groups.allSatisfy(["group1", "group2"].contains) else {
            throw PartnerCenterFault.invalidProperty("licenseGroupIds")
        }
        let wanted = groups.isEmpty ? ["group1"] : groups
        return .collection(
            call.sandbox.licences(of: customer).filter { wanted.contains($0.product.group) }.map(\.partnerCenterJSON))
    }

    private func json(of subscription: Subscription, _ customer: Customer) -> JSON {
        SubscriptionJSON(
            subscription: subscription, country: call.sandbox.countryCode(of: customer), now: call.now
        ).json
    }
}

extension MicrosoftSandbox {
    /// As it was sent at its creation; otherwise the invented one.
    func countryCode(of customer: Customer) -> String {
        store.read { $0.commerce.profiles[customer.id]?.address.country } ?? customer.country.rawValue
    }
}

extension Licence {
    fileprivate var partnerCenterJSON: JSON {
        [
            "availableUnits": .integer(total - consumed), "activeUnits": .integer(enabled),
            "consumedUnits": .integer(consumed), "suspendedUnits": .integer(suspended),
            "totalUnits": .integer(total), "warningUnits": .integer(warning),
            "productSku": [
                "id": .string(skuID), "name": .string(name), "skuPartNumber": .string(skuPartNumber),
                "targetType": "User", "licenseGroupId": .string(product.group),
            ],
            "servicePlans": .array(
                servicePlans.map { plan in
                    [
                        "displayName": .string(plan.displayName), "serviceName": .string(plan.name),
                        "id": .string(plan.id), "capabilityStatus": .string(capabilityStatus.rawValue),
                        "targetType": "User",
                    ]
                }),
            "capabilityStatus": .string(capabilityStatus.rawValue),
            "attributes": ["objectType": "SubscribedSku"],
        ]
    }
}
