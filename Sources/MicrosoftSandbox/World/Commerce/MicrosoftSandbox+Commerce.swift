import Foundation

/// What a customer has, for every service that shows some of it.
extension MicrosoftSandbox {
    /// Ascending by number; deleted and expired ones too, orders under way not.
    func subscriptions(of customer: Customer) -> [Subscription] {
        let now = now
        return store.read { state in
            let seed = (state.worldSettings ?? configuration.world).seed
            let first =
                state.worldChanges.created.contains { $0.id == customer.id }
                ? [] : GeneratedSubscriptions(customer: customer, seed: seed).all
            return state.commerce.subscriptions(of: customer.id, first: first).filter { $0.provisionedAt <= now }
        }
    }

    /// A subscription by its id, whatever the case.
    func subscription(_ id: String, of customer: Customer) -> Subscription? {
        let id = id.lowercased()
        return subscriptions(of: customer).first { $0.id == id }
    }

    /// One for each SKU, in the order of purchase. An end is followed by 30 days of grace, in which licences are
    /// `warning`; after 90 days they are gone.
    func licences(of customer: Customer) -> [Licence] {
        let now = now
        var licences: [Licence] = []
        for subscription in subscriptions(of: customer) {
            guard let product = subscription.item?.licence else { continue }
            var part = Licence(product: product)
            switch subscription.status(at: now) {
            case .active: part.enabled = subscription.quantity
            case .suspended, .disabled: part.suspended = subscription.quantity
            case .expired:
                let days = now.timeIntervalSince(subscription.endsAt ?? now) / 86400
                if days < 30 { part.warning = subscription.quantity } else { part.suspended = subscription.quantity }
                if days >= 90 { continue }
            default: continue
            }
            let index = licences.firstIndex { $0.skuID == product.skuID } ?? licences.endIndex
            if index == licences.endIndex { licences.append(Licence(product: product)) }
            licences[index].enabled += part.enabled
            licences[index].warning += part.warning
            licences[index].suspended += part.suspended
            licences[index].subscriptionIDs.append(subscription.id)
        }
        for index in licences.indices {
            let total = licences[index].total
            licences[index].consumed = total * (customer.number * 6 % 5 + 5) / 10
        }
        if customer.number % 4 == 1, !licences.isEmpty {
            licences.append(Licence(product: .flowFree, enabled: 10_000, consumed: customer.number % 9 + 1))
        }
        return licences
    }

    /// In Azure, below plans and behind legacy subscriptions that are neither deleted nor expired.
    func azureSubscriptions(of customer: Customer) -> [AzureSubscription] {
        let now = now
        return subscriptions(of: customer).filter { [.active, .suspended, .disabled].contains($0.status(at: now)) }
            .flatMap { azureSubscriptions(below: $0, of: customer) }
    }

    /// None for what isn't Azure. Names repeat, so that only ids tell subscriptions apart.
    func azureSubscriptions(below subscription: Subscription, of customer: Customer) -> [AzureSubscription] {
        let disabled = store.read { $0.commerce.disabledAzureSubscriptions }
        return firstAzureSubscriptions(below: subscription, of: customer).map { azure in
            guard disabled.contains(azure.id) else { return azure }
            var azure = azure
            azure.status = .disabled
            return azure
        }
    }

    private func firstAzureSubscriptions(below subscription: Subscription, of customer: Customer) -> [AzureSubscription]
    {
        let isActive = subscription.status(at: now) == .active
        switch subscription.kind {
        case .licence, .software: return []
        case .legacyAzure:
            return [
                AzureSubscription(
                    id: subscription.entitlementID ?? subscription.id, customerID: customer.id,
                    friendlyName: subscription.friendlyName, status: isActive ? .active : .disabled,
                    subscriptionID: subscription.id, isLegacy: true)
            ]
        case .azurePlan:
            let short = customer.name.split(separator: " ").first.map(String.init) ?? customer.prefix
            let names = ["\(short) production", "\(short) test", "Azure subscription 1", "Azure subscription 1"]
            // A plan that was bought here begins with the one subscription that comes with it.
            let count =
                subscription.provisionedAt == .distantPast ? customer.number == 1 ? 2 : customer.number % 4 + 1 : 1
            return (0..<count).map { index in
                AzureSubscription(
                    id: customer.azureID(below: subscription.number, index + 1),
                    customerID: customer.id, friendlyName: count == 1 ? names[2] : names[index],
                    status: !isActive ? .suspended : index == 1 ? .disabled : .active, subscriptionID: subscription.id,
                    isLegacy: false)
            }
        }
    }
}
