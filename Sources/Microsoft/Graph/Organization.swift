extension Graph {
    /// The tenant of the token: its id is the proof that a token works there. "List organizations".
    public func organization() async throws -> Organization {
        let answer = try await service.answer(
            .get(
                "/v1.0/organization",
                ["$select": "id,displayName,verifiedDomains,tenantType,partnerTenantType,countryLetterCode"]))
        guard let only = try answer.read(GraphList<Organization>.self).value.first else {
            throw answer.unreadable("The answer names no tenant.")
        }
        return only
    }

    /// "List domains".
    public func domains() async throws -> [Domain] {
        try await all("/v1.0/domains")
    }

    public struct Organization: Sendable, Decodable, Equatable {
        /// The tenant's id.
        public let id: String
        public let displayName: String?
        public let countryLetterCode: String?
        public let tenantType: String?
        /// None for others than partners.
        public let partnerTenantType: String?
        public let verifiedDomains: [VerifiedDomain]?

        public struct VerifiedDomain: Sendable, Decodable, Equatable {
            public let name: String
            public let isDefault: Bool?
            public let isInitial: Bool?
        }
    }

    public struct Domain: Sendable, Decodable, Equatable {
        /// Its name.
        public let id: String
        public let isVerified: Bool?
        public let isDefault: Bool?
        public let isInitial: Bool?
        public let supportedServices: [String]?
    }
}
