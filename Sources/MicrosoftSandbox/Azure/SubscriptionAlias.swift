import Foundation

/// A request for an Azure subscription, which makes one. Source: Microsoft Learn, "Alias - Create".
struct SubscriptionAlias: Codable, Sendable {
    enum Workload: String, Codable, CaseIterable {
        case production = "Production"
        case devTest = "DevTest"
    }

    let name: String
    let partnerTenantID: String
    let customerID: String
    let displayName: String
    let workload: Workload
    let resellerID: String?
    /// As it was sent.
    let billingScope: String
    let subscriptionID: String
    let createdAt: Date

    /// How long it is `Accepted`. Microsoft's takes some minutes.
    static let delay: TimeInterval = 2

    func isDone(at now: Date) -> Bool { now >= createdAt.addingTimeInterval(Self.delay) }

    /// Whether the same was asked for.
    func asksForSame(as other: SubscriptionAlias) -> Bool {
        (customerID, displayName, workload, resellerID)
            == (other.customerID, other.displayName, other.workload, other.resellerID)
    }

    func json(at now: Date) -> JSON {
        [
            "id": .string("/providers/Microsoft.Subscription/aliases/\(name)"), "name": .string(name),
            "type": "Microsoft.Subscription/aliases",
            "properties": [
                "subscriptionId": .string(subscriptionID), "displayName": .string(displayName),
                "provisioningState": isDone(at: now) ? "Succeeded" : "Accepted",
                "billingScope": .string(billingScope), "workload": .string(workload.rawValue),
                "resellerId": .optional(resellerID), "createdTime": .string(createdAt.formatted(.iso8601)),
            ],
        ]
    }
}

extension MicrosoftSandbox {
    /// Azure subscriptions that were made through aliases and are ready, oldest first.
    func aliasedSubscriptions(of customer: Customer) -> [SubscriptionAlias] {
        let now = now
        return store.read { state in
            state.azure.aliases.filter { $0.customerID == customer.id && $0.isDone(at: now) }
        }
    }
}
