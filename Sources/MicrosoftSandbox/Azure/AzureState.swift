/// What was made in Azure.
struct AzureState: Codable, Sendable {
    /// In the order in which they were made.
    var aliases: [SubscriptionAlias] = []

    func alias(_ name: String, of partner: String) -> SubscriptionAlias? {
        aliases.first { $0.name.lowercased() == name.lowercased() && $0.partnerTenantID == partner }
    }
}
