/// What a test sets at Partner Center that no call of it could.
extension MicrosoftSandbox {
    /// Makes the partners' accounts integration sandboxes: at most 75 customers, 5 subscriptions each and 25 licences a
    /// subscription, but customers can be deleted. Off on the first day. Source: Microsoft Learn, "Set up API access in
    /// Partner Center".
    public func setIntegrationSandbox(_ isOn: Bool) throws {
        try store.update { $0.commerce.isIntegrationSandbox = isOn }
    }

    /// Disables a subscription in Azure, as its owner would in the Azure portal; a plan can be suspended only when none
    /// of its subscriptions is active.
    public func disableAzureSubscription(_ id: String) throws {
        try store.update { state in _ = state.commerce.disabledAzureSubscriptions.insert(id.lowercased()) }
    }

    func isDeleted(_ customer: Customer) -> Bool {
        store.read { $0.commerce.deletedCustomers.contains(customer.id) }
    }
}
