import Foundation

/// What a whole subscription that was sent back changes, and whether it may. Source: Microsoft Learn, "Partner Center
/// REST error codes".
struct SubscriptionChange {
    private let old: Subscription
    private let now: Date
    private(set) var result: Subscription
    /// What changed, for the log.
    private(set) var words: [String] = []

    private static let mostInIntegrationSandbox = 25
    private static let cycles = ["none", "monthly", "annual", "one_time", "triennial", "biennial"]

    init(_ body: PartnerCenterBody, to subscription: Subscription, at now: Date) throws(PartnerCenterFault) {
        old = subscription
        result = subscription
        self.now = now
        guard try body.text("id").lowercased() == subscription.id else { throw body.refusal("id") }
        if let quantity = try body.wholeNumber("quantity"), quantity != old.quantity {
            result.quantity = quantity
            words.append("quantity \(old.quantity) → \(quantity)")
        }
        if let name = try body.optionalText("friendlyName", 1...256), name != old.friendlyName {
            result.friendlyName = name
            words.append("friendlyName")
        }
        if let text = try body.optionalText("status") {
            guard let status = Subscription.Status(rawValue: text.lowercased()) else { throw body.refusal("status") }
            if status != old.status(at: now) {
                result.setStatus = status
                words.append("status \(old.status(at: now).rawValue) → \(status.rawValue)")
            }
        }
        if let isOn = try body.boolean("autoRenewEnabled"), isOn != old.autoRenewEnabled {
            result.endsAt = isOn ? nil : old.term(at: now).end
            words.append("autoRenewEnabled \(isOn)")
        }
        if let cycle = try body.optionalText("billingCycle")?.lowercased(), cycle != old.billingCycle {
            guard Self.cycles.contains(cycle) else { throw .billingCycleInvalid }
            result.billingCycle = cycle
            words.append("billingCycle \(old.billingCycle) → \(cycle)")
        }
        if !words.isEmpty { result.version += 1 }
    }

    private var changesQuantity: Bool { result.quantity != old.quantity }
    private var changesRenewal: Bool { result.autoRenewEnabled != old.autoRenewEnabled || result.endsAt != old.endsAt }

    /// `azure` are the subscriptions below an Azure plan.
    func check(azure: [AzureSubscription], isLimited: Bool) throws(PartnerCenterFault) {
        guard !words.isEmpty else { return }
        switch old.status(at: now) {
        case .deleted: throw .subscriptionDeleted(old.id)
        case .expired: throw .updatesOver
        case .pending: throw .pendingOperation
        case .disabled, .none: throw .statusFixed
        case .suspended where result.setStatus == .suspended:
            throw changesQuantity ? .quantityWhileSuspended : .subscriptionSuspended
        case .active, .suspended: break
        }
        if result.setStatus != old.setStatus { try checkStatus(azure) }
        if changesQuantity { try checkQuantity(isLimited: isLimited) }
        if changesRenewal, old.isTrial || old.isAzure { throw .notAutoRenewable }
        if result.billingCycle != old.billingCycle { try checkBillingCycle() }
    }

    private func checkStatus(_ azure: [AzureSubscription]) throws(PartnerCenterFault) {
        switch (old.setStatus, result.setStatus) {
        case (.active, .suspended):
            if old.kind == .azurePlan, azure.contains(where: { $0.status == .active }) {
                throw .activeAzureSubscriptions
            }
        case (.suspended, .active): break
        case (_, .deleted):
            guard let until = old.cancellationAllowedUntil(at: now) else { throw .statusFixed }
            guard now <= until else { throw .cancellationTooLate }
        default: throw .statusFixed
        }
    }

    private func checkQuantity(isLimited: Bool) throws(PartnerCenterFault) {
        guard let item = old.item, item.kind == .licence, !old.isTrial else { throw .quantityFixed }
        guard item.quantities.contains(result.quantity) else { throw .quantityOutOfRange }
        if isLimited, result.quantity > Self.mostInIntegrationSandbox { throw .seatLimit }
        if result.quantity < old.quantity, let until = old.cancellationAllowedUntil(at: now), now > until {
            throw .quantityTooLate
        }
    }

    private func checkBillingCycle() throws(PartnerCenterFault) {
        guard let item = old.item, item.kind == .licence, !old.isTrial else { throw .billingCycleFixed }
        let term = item.terms.first { $0.duration == old.termDuration }
        guard term?.billingCycles.contains(result.billingCycle) == true else { throw .billingCycleTooLong }
    }
}
