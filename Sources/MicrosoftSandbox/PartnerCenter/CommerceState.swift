import Foundation

/// What partners have bought, agreed and registered at Partner Center.
struct CommerceState: Codable, Sendable {
    /// Whether the partners' accounts are integration sandboxes, with their limits. Source: Microsoft Learn, "Set up
    /// API access in Partner Center".
    var isIntegrationSandbox = false
    /// What a partner sent about customers that it created, by tenant id.
    var profiles: [String: CustomerProfile] = [:]
    /// Tenant ids of customers that were deleted, which only integration sandboxes allow.
    var deletedCustomers: Set<String> = []
    /// By tenant id of the customer, in order.
    var agreements: [String: [CustomerAgreement]] = [:]
    /// By id.
    var carts: [String: Cart] = [:]
    /// By tenant id of the customer, in order.
    var orders: [String: [Order]] = [:]
    /// Ids in Azure.
    var disabledAzureSubscriptions: Set<String> = []
    /// In hundredths, by tenant id of the customer.
    var budgets: [String: Int] = [:]
    /// By tenant id of the partner.
    var webhooks: [String: WebhookRegistration] = [:]
    var webhookValidations: [WebhookValidation] = []
    var keptAnswers = KeptAnswers()
    private(set) var auditRecords: [AuditRecord] = []
    /// Bought here, or changed here, by customer: of a generated one this stands in its place.
    private var subscriptions: [String: [Subscription]] = [:]

    private static let mostAuditRecords = 2000

    /// `first` are those of the first day.
    func subscriptions(of customer: String, first: [Subscription]) -> [Subscription] {
        guard let kept = subscriptions[customer] else { return first }
        let changed = first.map { old in kept.first { $0.id == old.id } ?? old }
        return changed + kept.filter { new in !first.contains { $0.id == new.id } }
    }

    mutating func keep(_ subscription: Subscription) {
        var kept = subscriptions[subscription.customerID] ?? []
        if let index = kept.firstIndex(where: { $0.id == subscription.id }) {
            kept[index] = subscription
        } else {
            kept.append(subscription)
        }
        subscriptions[subscription.customerID] = kept
    }

    mutating func add(_ record: AuditRecord) {
        if auditRecords.count >= Self.mostAuditRecords { auditRecords.removeFirst(Self.mostAuditRecords / 10) }
        auditRecords.append(record)
    }
}
