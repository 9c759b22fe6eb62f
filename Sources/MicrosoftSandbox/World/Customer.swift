/// A customer tenant of one partner.
struct Customer: Sendable {
    /// The same as its tenant id.
    let id: String
    let name: String
    /// The part before `.onmicrosoft.com`.
    let prefix: String
    /// Verified besides the default domain.
    let verifiedDomain: String?
    let country: Country
    let partnerTenantID: String
    /// Place in the partner's list, from 1; what else is invented about the customer follows from it.
    let number: Int

    var defaultDomain: String { "\(prefix).onmicrosoft.com" }
    var domains: [String] { [defaultDomain] + (verifiedDomain.map { [$0] } ?? []) }
}
