/// A customer tenant of one partner.
struct Customer: Sendable, Codable, Equatable {
    /// The same as its tenant id. The second group is always `0000`; with other digits there it gives the ids of what
    /// belongs to the customer.
    let id: String
    var name: String
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

    /// The id of something that belongs to the customer: `group` has four hexadecimal digits.
    func id(of group: String) -> String { "\(id.prefix(9))\(group)\(id.dropFirst(13))" }

    /// The id of the customer to which a person, a subscription or another thing belongs.
    static func id(ofPerson id: String) -> String { "\(id.prefix(9))0000\(id.dropFirst(13))" }
}
