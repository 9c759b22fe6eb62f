import HTTPTypes

/// Azure Resource Manager, as far as partners need it (Microsoft Learn: "Programmatically create Azure subscriptions for
/// a Microsoft Partner Agreement", read 2026-11). Every call may throw ``MicrosoftFault`` and what `send` throws, and
/// every call may be repeated.
public struct AzureManagement: Sendable {
    private let service: Service

    /// - Parameter baseURL: for example `https://management.azure.com`.
    public init(baseURL: String, send: @escaping Send) {
        service = Service(baseURL: baseURL, dialect: .azure, send: send)
    }

    /// The billing accounts that the token's user sees; a partner's has the agreement `MicrosoftPartnerAgreement`.
    public func billingAccounts(after cursor: String?) async throws -> MicrosoftPage<BillingAccount> {
        try await page("/providers/Microsoft.Billing/billingAccounts", after: cursor)
    }

    /// The customers of a billing account.
    ///
    /// - Parameter account: its name, not its id.
    public func customers(
        ofBillingAccount account: String, after cursor: String?
    ) async throws -> MicrosoftPage<BillingCustomer> {
        try await page("/providers/Microsoft.Billing/billingAccounts/\(account)/customers", after: cursor)
    }

    /// Creates an Azure subscription for a customer under an alias that we choose; the same alias makes no second one.
    public func createSubscription(alias: String, _ subscription: NewSubscription) async throws -> SubscriptionAlias {
        try await service.value(
            Call(
                .put, "/providers/Microsoft.Subscription/aliases/\(alias)", Self.subscriptionVersion,
                body: ["properties": subscription]))
    }

    /// How far the creation under that alias is.
    public func subscription(alias: String) async throws -> SubscriptionAlias {
        try await service.value(
            .get("/providers/Microsoft.Subscription/aliases/\(alias)", Self.subscriptionVersion))
    }

    private static let billingVersion: Query = ["api-version": "2020-05-01"]
    private static let subscriptionVersion: Query = ["api-version": "2021-10-01"]

    private func page<Item: Decodable & Sendable>(
        _ path: Path, after cursor: String?
    ) async throws -> MicrosoftPage<Item> {
        let before = cursor.map(PageCursor.init)
        let target: Call.Target = before.map { .link($0.continuation) } ?? .path(path, Self.billingVersion)
        let answer = try await service.answer(Call(.get, target))
        let list = try answer.read(List<Item>.self)
        guard let link = list.nextLink, !link.isEmpty else { return MicrosoftPage(items: list.value, next: nil) }
        return MicrosoftPage(
            items: list.value, next: try answer.cursor(try service.checked(link, in: answer), after: before))
    }

    private struct List<Item: Decodable>: Decodable {
        let value: [Item]
        let nextLink: String?
    }
}
