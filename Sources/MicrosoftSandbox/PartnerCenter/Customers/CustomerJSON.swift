/// A customer as Partner Center shows it. Source: Microsoft Learn, "Get a list of customers" and "Get a customer by
/// ID".
struct CustomerJSON {
    let customer: Customer
    /// Of one that was created here.
    var profile: CustomerProfile?

    private var uri: String { "/customers/\(customer.id)" }

    /// In the list.
    func brief(relationship: String = "reseller") -> JSON {
        [
            "id": .string(customer.id),
            "companyProfile": companyProfile([]),
            "relationshipToPartner": .string(relationship),
            "links": PartnerCenterLink.own(uri),
            "attributes": ["objectType": "Customer"],
        ]
    }

    /// Alone: with profiles and domains.
    func whole(showsCompany: Bool) -> JSON {
        let company: [JSON.Member] = [.init("address", companyAddress), .init("email", .string(email))]
        return [
            "id": .string(customer.id),
            "commerceId": .string(derivedID("e")),
            "companyProfile": companyProfile(showsCompany ? company : []),
            "billingProfile": billingProfile(isNew: false),
            "relationshipToPartner": "reseller",
            "allowDelegatedAccess": false,
            "customDomains": .strings(customer.domains),
            "links": PartnerCenterLink.own(uri),
            "attributes": ["objectType": "Customer"],
        ]
    }

    /// The answer to its creation, which says `none` of the relationship.
    func created(_ profile: CustomerProfile) -> JSON {
        [
            "id": .string(customer.id),
            "commerceId": .string(derivedID("e")),
            "companyProfile": [
                "tenantId": .string(customer.id), "domain": .string(customer.defaultDomain),
                "attributes": ["objectType": "CustomerCompanyProfile"],
            ],
            "billingProfile": billingProfile(isNew: true),
            "enableGDAPByDefault": .bool(profile.enableGDAPByDefault),
            "relationshipToPartner": "none",
            "userCredentials": ["userName": "admin", "password": .string(World.password)],
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
        [
            "country": .string(country), "region": .optional(state), "city": .string(city),
            "addressLine1": .string(street), "postalCode": .string(postalCode), "phoneNumber": .string(phone),
        ]
    }

    /// The answer to a creation has less of it.
    private func billingProfile(isNew: Bool) -> JSON {
        [
            "id": .string(derivedID("f")),
            "firstName": isNew ? .absent : .optional(givenName),
            "lastName": isNew ? .absent : .optional(familyName), "email": .string(email),
            "culture": .string(profile?.culture ?? customer.country.culture),
            "language": .string(profile?.language ?? customer.country.language),
            "companyName": .string(customer.name),
            "defaultAddress": [
                "country": .string(country), "city": .string(city), "state": .optional(state),
                "addressLine1": .string(street), "addressLine2": .optional(profile?.address.line2),
                "postalCode": .string(postalCode), "firstName": .optional(givenName),
                "lastName": .optional(familyName), "phoneNumber": .string(phone),
            ],
            "links": isNew ? .absent : PartnerCenterLink.own("\(uri)/profiles/billing"),
            "attributes": [
                "etag": .string(String(1_000_000_000_000_000_000 + customer.number)),
                "objectType": "CustomerBillingProfile",
            ],
        ]
    }

    private var country: String { profile?.address.country ?? customer.country.rawValue }
    private var city: String { profile?.address.city ?? customer.country.place.city }
    private var state: String? { profile.map(\.address.state) ?? customer.country.place.state }
    private var postalCode: String { profile?.address.postalCode ?? customer.country.place.postalCode }
    private var givenName: String? { profile.map(\.address.firstName) ?? contact.given }
    private var familyName: String? { profile.map(\.address.lastName) ?? contact.family }
    private var street: String { profile?.address.line1 ?? "\(customer.number) Example Way" }
    private var phone: String { profile?.address.phoneNumber ?? "2065550\(100 + customer.number % 100)" }
    private var email: String {
        profile?.email ?? "\(contact.given.lowercased())@\(customer.verifiedDomain ?? customer.defaultDomain)"
    }

    private var contact: (given: String, family: String) {
        let given = ["Ana", "Ben", "Chiara", "Dev", "Elif", "Farah", "Goran"][customer.number % 7]
        let family = ["Example", "Sample", "Muster", "Modell", "Prueba"][customer.number % 5]
        return (given, family)
    }

    /// Another invented id of the same customer.
    private func derivedID(_ kind: String) -> String {
        let digits = String(customer.number)
        return "\(customer.id.prefix(23))-\(kind)" + String(repeating: "0", count: 11 - digits.count) + digits
    }
}
