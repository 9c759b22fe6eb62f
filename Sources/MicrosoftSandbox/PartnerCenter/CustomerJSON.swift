/// A customer as Partner Center shows it. Source: Microsoft Learn, "Get a list of customers" and "Get a customer by
/// ID".
struct CustomerJSON {
    let customer: Customer

    private var uri: String { "/customers/\(customer.id)" }

    /// In the list.
    var brief: JSON {
        [
            "id": .string(customer.id),
            "companyProfile": companyProfile([]),
            "relationshipToPartner": "reseller",
            "links": PartnerCenterLink.own(uri),
            "attributes": ["objectType": "Customer"],
        ]
    }

    /// Alone: with profiles and domains.
    var whole: JSON {
        [
            "id": .string(customer.id),
            "commerceId": .string(derivedID("e")),
            "companyProfile": companyProfile([.init("address", companyAddress), .init("email", .string(email))]),
            "billingProfile": billingProfile,
            "relationshipToPartner": "reseller",
            "allowDelegatedAccess": false,
            "customDomains": .strings(customer.domains),
            "links": PartnerCenterLink.own(uri),
            "attributes": ["objectType": "Customer"],
        ]
    }

    private func companyProfile(_ more: [JSON.Member]) -> JSON {
        let first: [JSON.Member] = [
            .init("tenantId", .string(customer.id)), .init("domain", .string(customer.defaultDomain)),
            .init("companyName", .string(customer.name)),
        ]
        let last: [JSON.Member] = [
            .init("links", PartnerCenterLink.own("\(uri)/profiles/company")),
            .init("attributes", ["objectType": "CustomerCompanyProfile"]),
        ]
        return .object(first + more + last)
    }

    private var companyAddress: JSON {
        let place = customer.country.place
        return [
            "country": .string(customer.country.rawValue), "region": .optional(place.state),
            "city": .string(place.city),
            "addressLine1": .string(street), "postalCode": .string(place.postalCode), "phoneNumber": .string(phone),
        ]
    }

    private var billingProfile: JSON {
        let place = customer.country.place
        return [
            "id": .string(derivedID("f")),
            "firstName": .string(contact.given), "lastName": .string(contact.family), "email": .string(email),
            "culture": .string(customer.country.culture), "language": .string(customer.country.language),
            "companyName": .string(customer.name),
            "defaultAddress": [
                "country": .string(customer.country.rawValue), "city": .string(place.city),
                "state": .optional(place.state),
                "addressLine1": .string(street), "postalCode": .string(place.postalCode),
                "firstName": .string(contact.given),
                "lastName": .string(contact.family), "phoneNumber": .string(phone),
            ],
            "links": PartnerCenterLink.own("\(uri)/profiles/billing"),
            "attributes": [
                "etag": .string(String(1_000_000_000_000_000_000 + customer.number)),
                "objectType": "CustomerBillingProfile",
            ],
        ]
    }

    private var contact: (given: String, family: String) {
        let given = ["Ana", "Ben", "Chiara", "Dev", "Elif", "Farah", "Goran"][customer.number % 7]
        let family = ["Example", "Sample", "Muster", "Modell", "Prueba"][customer.number % 5]
        return (given, family)
    }

    private var street: String { "\(customer.number) Example Way" }
    private var phone: String { "2065550\(100 + customer.number % 100)" }
    private var email: String { "\(contact.given.lowercased())@\(customer.verifiedDomain ?? customer.defaultDomain)" }

    /// Another invented id of the same customer.
    private func derivedID(_ kind: String) -> String {
        let digits = String(customer.number)
        return "\(customer.id.prefix(23))-\(kind)" + String(repeating: "0", count: 11 - digits.count) + digits
    }
}
