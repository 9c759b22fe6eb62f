/// A customer of the partner (Microsoft Learn: "Customer resources").
public struct Customer: Sendable, Decodable, Equatable {
    /// The same as the tenant's id.
    public let id: String
    public let companyProfile: CompanyProfile?
    /// Only in the answer for one customer.
    public let customDomains: [String]?

    public struct CompanyProfile: Sendable, Decodable, Equatable {
        /// The initial domain, `….onmicrosoft.com`.
        public let domain: String?
        public let companyName: String?
    }
}

/// A page of customers; no continuation means that it is the last.
public struct CustomerPage: Sendable, Equatable {
    public let customers: [Customer]
    public let continuation: String?
}

/// Who the partner is (Microsoft Learn: "Profile resources").
public struct LegalBusinessProfile: Sendable, Decodable, Equatable {
    public let companyName: String?
}
