import HTTPTypes

extension PartnerCenter {
    /// A postal address ("Utility resources: Address"): line 1 of 1 to 200 characters, line 2 at most 200, a state at
    /// most 2, a country of 2 (ISO 3166), names at most 50.
    public struct Address: Sendable, Codable, Equatable {
        public var country: String?
        public var region: String?
        public var city: String?
        public var state: String?
        public var addressLine1: String?
        public var addressLine2: String?
        public var postalCode: String?
        public var firstName: String?
        public var lastName: String?
        public var phoneNumber: String?

        public init(
            country: String, city: String, state: String? = nil, addressLine1: String, addressLine2: String? = nil,
            postalCode: String? = nil, firstName: String? = nil, lastName: String? = nil, phoneNumber: String? = nil
        ) {
            self.country = country
            self.city = city
            self.state = state
            self.addressLine1 = addressLine1
            self.addressLine2 = addressLine2
            self.postalCode = postalCode
            self.firstName = firstName
            self.lastName = lastName
            self.phoneNumber = phoneNumber
        }

        /// Requests are documented with capitals, answers without.
        private enum RequestKeys: String, CodingKey {
            case country = "Country"
            case region = "Region"
            case city = "City"
            case state = "State"
            case addressLine1 = "AddressLine1"
            case addressLine2 = "AddressLine2"
            case postalCode = "PostalCode"
            case firstName = "FirstName"
            case lastName = "LastName"
            case phoneNumber = "PhoneNumber"
        }

        public func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: RequestKeys.self)
            try values.encodeIfPresent(country, forKey: .country)
            try values.encodeIfPresent(region, forKey: .region)
            try values.encodeIfPresent(city, forKey: .city)
            try values.encodeIfPresent(state, forKey: .state)
            try values.encodeIfPresent(addressLine1, forKey: .addressLine1)
            try values.encodeIfPresent(addressLine2, forKey: .addressLine2)
            try values.encodeIfPresent(postalCode, forKey: .postalCode)
            try values.encodeIfPresent(firstName, forKey: .firstName)
            try values.encodeIfPresent(lastName, forKey: .lastName)
            try values.encodeIfPresent(phoneNumber, forKey: .phoneNumber)
        }
    }

    /// What Partner Center thinks of an address. "Validate an address".
    public func validate(_ address: Address) async throws -> AddressValidation {
        try await service.value(Call(.post, "/v1/validations/address", body: address))
    }

    public struct AddressValidation: Sendable, Decodable, Equatable {
        public let status: AddressStatus
        public let originalAddress: Address?
        public let suggestedAddresses: [Address]?
        public let validationMessage: String?
    }

    public struct AddressStatus: MicrosoftWord {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let verifiedShippable: Self = "VerifiedShippable"
        public static let verified: Self = "Verified"
        public static let interactionRequired: Self = "InteractionRequired"
        public static let streetPartial: Self = "StreetPartial"
        public static let premisesPartial: Self = "PremisesPartial"
        public static let multiple: Self = "Multiple"
        public static let none: Self = "None"
        public static let notValidated: Self = "NotValidated"
    }
}
