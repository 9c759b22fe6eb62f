/// What Partner Center knows about the partner itself. Source: Microsoft Learn, "Get the legal business profile", "Get
/// a partner's MPN profile" and "Get an organization profile".
struct PartnerProfiles {
    let partner: Partner

    var legalBusiness: PartnerCenterAnswer {
        let contact: [JSON.Member] = [
            .init("firstName", .string(partner.contact.givenName)),
            .init("lastName", .string(partner.contact.familyName)),
        ]
        return PartnerCenterAnswer(json: [
            "companyName": .string(partner.name),
            "address": .object(address + contact + [.init("phoneNumber", .string(phone))]),
            "primaryContact": .object(
                contact + [.init("email", .string(email)), .init("phoneNumber", .string(phone))]),
            "companyApproverAddress": .object(address),
            "companyApproverEmail": .string(email),
            "vettingStatus": "authorized",
            "vettingSubStatus": "none",
            "profileType": "LegalBusinessProfile",
            "links": PartnerCenterLink.own("/profiles/legalbusiness"),
            "attributes": ["objectType": "LegalBusinessProfile"],
        ])
    }

    var mpn: PartnerCenterAnswer {
        PartnerCenterAnswer(json: [
            "partnerName": .string(partner.name),
            "mpnId": .string(partner.partnerID),
            "profileType": "MpnProfile",
            "links": PartnerCenterLink.own("/profiles/mpn"),
            "attributes": ["objectType": "MpnProfile"],
        ])
    }

    var organization: PartnerCenterAnswer {
        PartnerCenterAnswer(json: [
            "id": .string(partner.tenantID),
            "companyName": .string(partner.name),
            "defaultAddress": .object(address),
            "tenantId": .string(partner.tenantID),
            "domain": .string(partner.domains[0]),
            "email": .string(email),
            "language": .string(partner.country.language),
            "culture": .string(partner.country.culture),
            "links": PartnerCenterLink.own("/profiles/organization"),
            "attributes": ["objectType": "PartnerOrganizationProfile"],
        ])
    }

    /// Source: Microsoft Learn, "Get the partner billing profile".
    var billing: PartnerCenterAnswer {
        PartnerCenterAnswer(json: [
            "companyName": .string(partner.name), "address": .object(address),
            "primaryContact": [
                "firstName": .string(partner.contact.givenName), "lastName": .string(partner.contact.familyName),
                "email": .string(email), "phoneNumber": .string(phone),
            ],
            "purchaseOrderNumber": "", "taxId": "", "billingCurrency": .string(partner.currency.code),
            "profileType": "billing_profile",
            "links": PartnerCenterLink.own("/profiles/billing"),
            "attributes": ["objectType": "PartnerBillingProfile"],
        ])
    }

    /// Source: Microsoft Learn, "Get a support profile".
    var support: PartnerCenterAnswer {
        PartnerCenterAnswer(json: [
            "email": .string(email), "telephone": .string(phone),
            "website": "https://www.\(partner.domains.last ?? partner.domains[0])",
            "profileType": "support_profile",
            "links": PartnerCenterLink.own("/profiles/support"),
            "attributes": ["objectType": "PartnerSupportProfile"],
        ])
    }

    private var address: [JSON.Member] {
        let place = partner.country.place
        return [
            .init("country", .string(partner.country.rawValue)), .init("city", .string(place.city)),
            .init("state", .string(place.state ?? "")),
            .init("addressLine1", "1 Example Street"), .init("addressLine2", ""),
            .init("postalCode", .string(place.postalCode)),
        ]
    }

    private var email: String {
        "\(partner.contact.givenName.lowercased())@\(partner.domains.last ?? partner.domains[0])"
    }
    private var phone: String { "7165550100" }
}
