/// A company that sells Microsoft's services, with its customers in the order that Partner Center lists them.
struct Partner: Sendable {
    let tenantID: String
    let name: String
    /// Its `.onmicrosoft.com` domain and those verified besides.
    let domains: [String]
    /// Id in the Microsoft AI Cloud Partner Program (formerly MPN).
    let partnerID: String
    let country: Country
    /// What its invoice numbers begin with.
    let invoicePrefix: String
    let currency: (code: String, symbol: String)
    let contact: (givenName: String, familyName: String)
    let customers: Customers
}

extension Partner {
    static func acme(_ changes: WorldChanges) -> Partner {
        Partner(
            tenantID: World.acmeTenantID, name: "Acme Cloud",
            domains: ["acmecloud.onmicrosoft.com", "acmecloud.example"],
            partnerID: "1234567", country: .DE, invoicePrefix: "G0001", currency: ("EUR", "€"),
            contact: ("Anke", "Musterfrau"),
            customers: Customers(
                written: AcmeCustomers.all, generated: nil, partnerTenantID: World.acmeTenantID, changes: changes))
    }

    static func liberty(_ settings: WorldSettings, _ changes: WorldChanges) -> Partner {
        let generated = GeneratedCustomers(
            count: settings.customers, seed: settings.seed, names: settings.names,
            partnerTenantID: World.libertyTenantID)
        return Partner(
            tenantID: World.libertyTenantID, name: "Liberty IT",
            domains: ["libertyit.onmicrosoft.com", "libertyit.example"],
            partnerID: "7654321", country: .US, invoicePrefix: "G0002", currency: ("USD", "$"),
            contact: ("Pat", "Sample"),
            customers: Customers(
                written: [], generated: generated, partnerTenantID: World.libertyTenantID, changes: changes))
    }
}
