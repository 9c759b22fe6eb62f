/// A subscription in Azure, below an Azure plan or behind a legacy subscription.
struct AzureSubscription: Sendable, Codable, Equatable {
    enum Status: String, Codable, Sendable {
        case active, disabled
        /// Warned: shortly before it is disabled.
        case suspended
    }

    /// The id in Azure.
    let id: String
    let customerID: String
    let friendlyName: String
    var status: Status
    /// Partner Center's id of the plan, or of the legacy subscription.
    let subscriptionID: String
    /// Of a legacy subscription, which has no plan.
    let isLegacy: Bool
}
