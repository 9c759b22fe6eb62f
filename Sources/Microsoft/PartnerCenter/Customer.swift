extension PartnerCenter {
    /// A customer of the partner ("Customer resources").
    public struct Customer: Sendable, Decodable, Equatable {
        /// The same as the tenant's id.
        public let id: String
        public let commerceId: String?
        public let companyProfile: CompanyProfile?
        /// Only in the answer for one customer.
        public let billingProfile: BillingProfile?
        public let relationshipToPartner: Relationship?
        public let allowDelegatedAccess: Bool?
        /// Only in the answer for one customer.
        public let customDomains: [String]?
        /// Only in the answer to the creation: Microsoft shows them once.
        public let userCredentials: UserCredentials?

        public struct CompanyProfile: Sendable, Decodable, Equatable {
            public let tenantId: String?
            /// The initial domain, `….onmicrosoft.com`.
            public let domain: String?
            public let companyName: String?
            public let email: String?
            public let address: Address?
        }

        public struct BillingProfile: Sendable, Decodable, Equatable {
            public let id: String?
            public let email: String?
            public let culture: String?
            public let language: String?
            public let companyName: String?
            public let defaultAddress: Address?
        }

        public struct Relationship: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let reseller: Self = "reseller"
            public static let advisor: Self = "advisor"
            public static let none: Self = "none"
        }

        /// Of the new tenant's first administrator.
        public struct UserCredentials: Sendable, Decodable, Equatable, CustomStringConvertible {
            public let userName: String?
            public let password: String?

            public var description: String { userName ?? "" }
        }
    }

    /// What a customer is created from ("Create a customer").
    public struct NewCustomer: Sendable, Encodable {
        /// The initial domain, `….onmicrosoft.com`.
        public var domain: String
        public var companyName: String
        /// Required in some countries; else 600049.
        public var organizationRegistrationNumber: String?
        public var email: String
        /// For example `en-US`.
        public var culture: String
        /// For example `en`.
        public var language: String
        public var address: Address
        /// Whether Microsoft makes its default GDAP relationship; it is always said, since silence means yes.
        public var enableGDAPByDefault = false

        public init(
            domain: String, companyName: String, organizationRegistrationNumber: String? = nil, email: String,
            culture: String, language: String, address: Address
        ) {
            self.domain = domain
            self.companyName = companyName
            self.organizationRegistrationNumber = organizationRegistrationNumber
            self.email = email
            self.culture = culture
            self.language = language
            self.address = address
        }

        private enum CodingKeys: String, CodingKey {
            case enableGDAPByDefault
            case companyProfile = "CompanyProfile"
            case billingProfile = "BillingProfile"
        }

        private enum CompanyKeys: String, CodingKey {
            case domain = "Domain"
            case organizationRegistrationNumber = "OrganizationRegistrationNumber"
        }

        private enum BillingKeys: String, CodingKey {
            case email = "Email"
            case culture = "Culture"
            case language = "Language"
            case companyName = "CompanyName"
            case defaultAddress = "DefaultAddress"
        }

        public func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(enableGDAPByDefault, forKey: .enableGDAPByDefault)
            var company = values.nestedContainer(keyedBy: CompanyKeys.self, forKey: .companyProfile)
            try company.encode(domain, forKey: .domain)
            try company.encodeIfPresent(organizationRegistrationNumber, forKey: .organizationRegistrationNumber)
            var billing = values.nestedContainer(keyedBy: BillingKeys.self, forKey: .billingProfile)
            try billing.encode(email, forKey: .email)
            try billing.encode(culture, forKey: .culture)
            try billing.encode(language, forKey: .language)
            try billing.encode(companyName, forKey: .companyName)
            try billing.encode(address, forKey: .defaultAddress)
        }
    }

    /// Which customers a list holds: those whose field starts with a text
    /// ("Get a list of customers filtered by a search field").
    public struct CustomerFilter: Sendable, Hashable {
        let field: String
        let value: String

        public static func companyName(startingWith text: String) -> Self { Self(field: "CompanyName", value: text) }

        public static func domain(startingWith text: String) -> Self { Self(field: "Domain", value: text) }
    }
}

extension PartnerCenter.CustomerFilter: Encodable {
    private enum CodingKeys: String, CodingKey {
        case field = "Field"
        case value = "Value"
        case comparison = "Operator"
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(field, forKey: .field)
        try values.encode(value, forKey: .value)
        try values.encode("starts_with", forKey: .comparison)
    }
}
