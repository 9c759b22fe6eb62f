/// A tenant: a partner's own or a customer's.
struct Directory: Sendable {
    let id: String
    let name: String
    /// The first is the initial one, `….onmicrosoft.com`.
    let domains: [String]
    let country: Country
    /// The partner that it is, or that sells to it.
    let partnerTenantID: String
    /// Nil for a partner.
    let customer: Customer?

    var isPartner: Bool { id == partnerTenantID }

    init(_ partner: Partner) {
        id = partner.tenantID
        name = partner.name
        domains = partner.domains
        country = partner.country
        partnerTenantID = partner.tenantID
        customer = nil
    }

    init(_ customer: Customer) {
        id = customer.id
        name = customer.name
        domains = customer.domains
        country = customer.country
        partnerTenantID = customer.partnerTenantID
        self.customer = customer
    }
}
