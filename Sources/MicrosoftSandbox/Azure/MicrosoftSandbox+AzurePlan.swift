extension MicrosoftSandbox {
    /// Whether the customer has an Azure plan in force, under which subscriptions can be made.
    func hasAzurePlan(_ customer: Customer) -> Bool {
        subscriptions(of: customer).contains { $0.kind == .azurePlan && $0.status(at: now) == .active }
    }
}
