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
    let customers: [Customer]
}
