/// What was made in Azure.
struct AzureState: Codable, Sendable {
}
