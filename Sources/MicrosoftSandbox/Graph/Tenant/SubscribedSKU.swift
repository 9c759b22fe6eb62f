/// A licence of a tenant as the directory shows it. Source: Microsoft Learn, "subscribedSku resource type".
struct SubscribedSKU: Sendable {
    let licence: Licence
    let customer: Customer

    var id: String { "\(customer.id)_\(licence.skuID)" }
}

extension SubscribedSKU: GraphObject {
    static let typeName = "microsoft.graph.subscribedSku"

    static let properties: [GraphProperty<SubscribedSKU>] = [
        .init("id") { .string($0.id) },
        .init("accountName") { .string($0.customer.prefix) },
        .init("accountId") { .string($0.customer.id) },
        .init("appliesTo") { _ in "User" },
        .init("capabilityStatus") { .string($0.licence.capabilityStatus.rawValue) },
        .init("consumedUnits") { .integer($0.licence.consumed) },
        .init("skuId") { .string($0.licence.skuID) },
        .init("skuPartNumber") { .string($0.licence.skuPartNumber) },
        .init("prepaidUnits") { sku in
            [
                "enabled": .integer(sku.licence.enabled), "suspended": .integer(sku.licence.suspended),
                "warning": .integer(sku.licence.warning), "lockedOut": 0,
            ]
        },
        .init("subscriptionIds") { .strings($0.licence.subscriptionIDs) },
        .init("servicePlans") { sku in
            let isSuspended = sku.licence.capabilityStatus == .Suspended
            return .array(
                sku.licence.servicePlans.map { plan in
                    [
                        "servicePlanId": .string(plan.id), "servicePlanName": .string(plan.name),
                        "provisioningStatus": isSuspended ? "Disabled" : "Success", "appliesTo": "User",
                    ]
                })
        },
    ]
}
