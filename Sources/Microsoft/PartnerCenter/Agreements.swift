public import Foundation
import HTTPTypes

extension PartnerCenter {
    /// The agreements that a customer can be asked to accept, each version of them.
    /// "Get agreement metadata for the Microsoft Customer Agreement".
    public func agreementTemplates(_ type: AgreementType) async throws -> [AgreementTemplate] {
        try await all("/v1/agreements", ["agreementType": type.rawValue])
    }

    /// "Get confirmation of customer acceptance of the Microsoft Customer Agreement".
    public func agreements(ofCustomer id: String, _ type: AgreementType? = nil) async throws -> [Agreement] {
        try await all("/v1/customers/\(id)/agreements", ["agreementType": type?.rawValue])
    }

    /// Tells Microsoft that the customer accepted an agreement; without it buying fails with 403 / 13605.
    /// "Confirm customer acceptance of the Microsoft Customer Agreement".
    public func confirmAgreement(
        _ confirmation: AgreementConfirmation, forCustomer id: String, requestID: UUID
    ) async throws -> Agreement {
        try await service.value(
            Call(.post, "/v1/customers/\(id)/agreements", body: confirmation, requestID: requestID))
    }

    public struct AgreementType: MicrosoftWord {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let microsoftCustomerAgreement: Self = "MicrosoftCustomerAgreement"
    }

    public struct AgreementTemplate: Sendable, Decodable, Equatable {
        public let templateId: String
        public let agreementType: AgreementType?
        public let agreementLink: String?
        @Lenient public private(set) var versionRank: Int?
    }

    public struct Agreement: Sendable, Decodable, Equatable {
        public let templateId: String
        public let type: AgreementType?
        public let userId: String?
        public let primaryContact: Contact?
        @Lenient public private(set) var dateAgreed: Date?
        public let agreementLink: String?
    }

    public struct Contact: Sendable, Codable, Equatable {
        public var firstName: String?
        public var lastName: String?
        public var email: String?
        public var phoneNumber: String?

        public init(firstName: String, lastName: String, email: String, phoneNumber: String?) {
            self.firstName = firstName
            self.lastName = lastName
            self.email = email
            self.phoneNumber = phoneNumber
        }
    }

    public struct AgreementConfirmation: Sendable, Encodable {
        private let primaryContact: Contact
        private let templateId: String
        private let dateAgreed: String
        private let type: AgreementType

        /// - Parameter dateAgreed: when the customer accepted; sent in seconds, UTC.
        public init(primaryContact: Contact, templateID: String, dateAgreed: Date, type: AgreementType) {
            self.primaryContact = primaryContact
            self.templateId = templateID
            self.dateAgreed = MicrosoftDate.text(dateAgreed)
            self.type = type
        }
    }
}
