import Foundation

/// A customer's acceptance of an agreement with Microsoft, confirmed by its partner. Source: Microsoft Learn, "Confirm
/// customer acceptance of the Microsoft Customer Agreement".
struct CustomerAgreement: Codable, Sendable {
    struct Template: Sendable {
        let id: String
        let type: String
        let rank: Int
    }

    static let templates = [
        Template(id: "117a77b0-9360-443b-8795-c6dedc750cf9", type: "MicrosoftCustomerAgreement", rank: 1),
        Template(id: "998b88de-aa99-4388-a42c-1b3517d49490", type: "MicrosoftCloudAgreement", rank: 0),
    ]

    let userID: String
    let firstName: String
    let lastName: String
    let email: String
    let phoneNumber: String?
    let templateID: String
    let dateAgreed: Date
    let type: String

    var json: JSON {
        [
            "userId": .string(userID),
            "primaryContact": [
                "firstName": .string(firstName), "lastName": .string(lastName), "email": .string(email),
                "phoneNumber": .optional(phoneNumber),
            ],
            "templateId": .string(templateID), "dateAgreed": PartnerCenterDate.seconds(dateAgreed),
            "type": .string(type), "agreementLink": "https://agreements.example/customer",
        ]
    }
}

extension MicrosoftSandbox {
    /// What was confirmed for a customer. Of those that were there on the first day every seventh has no confirmation.
    func agreements(of customer: Customer) -> [CustomerAgreement] {
        let (confirmed, isNew) = store.read { state in
            (state.commerce.agreements[customer.id] ?? [], state.commerce.profiles[customer.id] != nil)
        }
        guard !isNew, customer.number % 7 != 0, let template = CustomerAgreement.templates.first else {
            return confirmed
        }
        let first = CustomerAgreement(
            userID: customer.partnerTenantID, firstName: "Robin", lastName: "Admin",
            email: "admin@\(customer.defaultDomain)", phoneNumber: nil, templateID: template.id,
            dateAgreed: Date(timeIntervalSince1970: 1_704_067_200), type: template.type)
        return [first] + confirmed
    }

    /// Every fourteenth accepted by itself, in the admin center.
    func hasSignedDirectly(_ customer: Customer) -> Bool {
        customer.number % 14 == 0 && store.read { $0.commerce.profiles[customer.id] == nil }
    }

    func hasAgreement(_ customer: Customer) -> Bool {
        hasSignedDirectly(customer) || agreements(of: customer).contains { $0.type == "MicrosoftCustomerAgreement" }
    }
}
