import HTTPTypes

extension PartnerCenter {
    private static let validateMFA = HTTPField.Name.literal("ValidateMfa")
    private static let isMFACompliant = HTTPField.Name.literal("isMfaCompliant")

    /// The partner's legal business profile, and whether the token had the MFA claim, where the service says so.
    ///
    /// "Get the partner legal business profile"; "Mandating multifactor authentication": header `ValidateMfa`.
    public func legalBusinessProfile() async throws -> (profile: LegalBusinessProfile, isMFACompliant: Bool?) {
        let answer = try await service.answer(
            .get("/v1/profiles/legalbusiness", ["vettingVersion": "Current"], fields: [Self.validateMFA: "true"]))
        let compliant = answer.field(Self.isMFACompliant).map { $0.lowercased() == "true" }
        return (try answer.read(LegalBusinessProfile.self), compliant)
    }

    /// The partner's membership of Microsoft's partner program. "Get a partner's MPN profile".
    public func membershipProfile() async throws -> MembershipProfile {
        try await service.value(.get("/v1/profiles/mpn"))
    }

    /// Who the partner is ("Profile resources").
    public struct LegalBusinessProfile: Sendable, Decodable, Equatable {
        public let companyName: String?
        public let address: Address?
        public let vettingStatus: VettingStatus?
    }

    public struct VettingStatus: MicrosoftWord {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let pending: Self = "pending"
        public static let authorized: Self = "authorized"
        public static let rejected: Self = "rejected"
    }

    public struct MembershipProfile: Sendable, Decodable, Equatable {
        public let partnerName: String?
        public let mpnId: String?
    }
}
