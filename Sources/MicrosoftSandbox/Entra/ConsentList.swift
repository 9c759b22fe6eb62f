/// Which permissions the application was granted, per tenant, for everyone there or for one account.
struct ConsentList: Codable, Sendable {
    private struct Consent: Codable, Sendable {
        let tenant: String
        /// Nil when an administrator consented on behalf of the organization.
        let account: String?
        var scopes: Set<ResourceScope>
    }

    private var consents: [Consent] = []

    mutating func add(_ scopes: [ResourceScope], tenant: String, account: String?) {
        if let index = consents.firstIndex(where: { $0.tenant == tenant && $0.account == account }) {
            consents[index].scopes.formUnion(scopes)
        } else {
            consents.append(Consent(tenant: tenant, account: account, scopes: Set(scopes)))
        }
    }

    /// What is granted to this account in that tenant; nil when nobody there ever consented for it.
    func granted(tenant: String, account: String?) -> Set<ResourceScope>? {
        let applying = consents.filter { $0.tenant == tenant && ($0.account == nil || $0.account == account) }
        return applying.isEmpty ? nil : applying.reduce(into: []) { $0.formUnion($1.scopes) }
    }

    /// Whether the application has a service principal in that tenant.
    func knows(tenant: String) -> Bool { consents.contains { $0.tenant == tenant } }
}
