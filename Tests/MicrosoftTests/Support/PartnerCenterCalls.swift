import Foundation
import HTTPTypes
import Microsoft

extension SampleCall {
    static let partnerCenter =
        profileCalls + customerCalls + subscriptionCalls + catalogueCalls + orderCalls
        + consentCalls + usageCalls + billingCalls + webhookCalls

    static let keyed = ["MS-RequestId": keyText]

    static let address = PartnerCenter.Address(
        country: "US", city: "Seattle", state: "WA", addressLine1: "1 Example Way", postalCode: "98101")

    private static let profileCalls = [
        SampleCall(
            "legal business profile", .get, "/v1/profiles/legalbusiness?vettingVersion=Current",
            fields: ["ValidateMfa": "true"],
            answer:
                #"{"companyName":"Example Partner","address":{"country":"US"},"vettingStatus":"authorized","attributes":{"objectType":"LegalBusinessProfile"}}"#
        ) { wire, _ in _ = try await wire.partnerCenter.legalBusinessProfile() },
        SampleCall(
            "membership profile", .get, "/v1/profiles/mpn",
            answer: #"{"partnerName":"Example Partner","mpnId":"1234567"}"#
        ) { wire, _ in _ = try await wire.partnerCenter.membershipProfile() },
        SampleCall(
            "audit records", .get, "/v1/auditrecords?startDate=2026-01-15&endDate=2026-01-16&size=50",
            answer:
                #"{"totalCount":1,"items":[{"id":"a1","operationType":"add_customer","operationStatus":"succeeded","operationDate":"2026-01-15T23:26:19.7753934Z","resourceNewValue":"{}"}],"links":{}}"#
        ) { wire, _ in
            let day = Date(timeIntervalSince1970: 1_768_435_200)
            _ = try await wire.partnerCenter.auditRecords(
                from: day, through: day.addingTimeInterval(86_400), after: nil)
        },
        SampleCall(
            "MFA adoption", .get, "/v1/applicationmfaadoptionstatus",
            answer:
                #"[{"applicationId":"app","applicationName":"Portal","loginDate":"2026-01-15T00:00:00","totalRequestCount":"9","mfaCompliantRequestCount":8}]"#
        ) { wire, _ in _ = try await wire.partnerCenter.mfaAdoption() },
    ]

    private static let customerCalls = [
        SampleCall(
            "customers", .get, "/v1/customers?size=40",
            answer:
                #"{"totalCount":1,"items":[{"id":"c1","companyProfile":{"tenantId":"c1","domain":"a.onmicrosoft.com","companyName":"A"},"relationshipToPartner":"reseller"}],"links":{"next":{"uri":"/customers?size=40&seekOperation=Next","method":"GET","headers":[{"key":"MS-ContinuationToken","value":"token=="}]}}}"#
        ) { wire, _ in _ = try await wire.partnerCenter.customers(size: 40, after: nil) },
        SampleCall(
            "customers by name", .get,
            "/v1/customers?size=0&filter=%7B%22Field%22%3A%22CompanyName%22,%22Operator%22%3A%22starts_with%22,%22Value%22%3A%22n%C3%B6%26rth%22%7D",
            answer: #"{"totalCount":0,"items":[]}"#
        ) { wire, _ in
            _ = try await wire.partnerCenter.customers(
                size: 0, filter: .companyName(startingWith: "nö&rth"), after: nil)
        },
        SampleCall(
            "customer", .get, "/v1/customers/{id}",
            answer:
                #"{"id":"c1","commerceId":"e1","companyProfile":{"tenantId":"c1","address":{"country":"US","region":"WA"}},"billingProfile":{"id":"b1","defaultAddress":{"city":"Seattle"}},"allowDelegatedAccess":false,"customDomains":["a.example"]}"#
        ) { wire, id in _ = try await wire.partnerCenter.customer(id) },
        SampleCall(
            "create customer", .post, "/v1/customers",
            body:
                #"{"enableGDAPByDefault":false,"CompanyProfile":{"Domain":"harbor.onmicrosoft.com"},"BillingProfile":{"Culture":"en-US","Email":"owner@example.com","Language":"en","CompanyName":"Harbor","DefaultAddress":{"AddressLine1":"1 Example Way","City":"Seattle","State":"WA","PostalCode":"98101","Country":"US"}}}"#,
            fields: keyed, status: .created,
            answer: #"{"id":"c2","userCredentials":{"userName":"admin","password":"Fake-Passw0rd"}}"#
        ) { wire, _ in
            let customer = PartnerCenter.NewCustomer(
                domain: "harbor.onmicrosoft.com", companyName: "Harbor", email: "owner@example.com", culture: "en-US",
                language: "en", address: address)
            _ = try await wire.partnerCenter.createCustomer(customer, requestID: key)
        },
        SampleCall(
            "end relationship", .patch, "/v1/customers/{id}",
            body: #"{"relationshipToPartner":"none","attributes":{"objectType":"Customer"}}"#, fields: keyed,
            answer: #"{"id":"c1","relationshipToPartner":"none"}"#
        ) { wire, id in _ = try await wire.partnerCenter.endRelationship(withCustomer: id, requestID: key) },
        SampleCall("domain check", .head, "/v1/domains/{id}", answer: "") { wire, id in
            _ = try await wire.partnerCenter.isDomainFree(id)
        },
        SampleCall(
            "validate address", .post, "/v1/validations/address",
            body:
                #"{"AddressLine1":"1 Example Way","City":"Seattle","State":"WA","PostalCode":"98101","Country":"US"}"#,
            answer:
                #"{"originalAddress":{"country":"US"},"suggestedAddresses":[{"postalCode":"98101-0001"}],"status":"VerifiedShippable"}"#
        ) { wire, _ in _ = try await wire.partnerCenter.validate(address) },
        SampleCall(
            "relationship request", .get, "/v1/customers/relationshiprequests",
            answer: #"{"url":"https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship"}"#
        ) { wire, _ in _ = try await wire.partnerCenter.relationshipRequest() },
        SampleCall(
            "agreement templates", .get, "/v1/agreements?agreementType=MicrosoftCustomerAgreement",
            answer:
                #"{"items":[{"templateId":"t1","agreementType":"MicrosoftCustomerAgreement","agreementLink":"https://example.com","versionRank":0}]}"#
        ) { wire, _ in _ = try await wire.partnerCenter.agreementTemplates(.microsoftCustomerAgreement) },
        SampleCall(
            "agreements", .get, "/v1/customers/{id}/agreements",
            answer: #"{"items":[{"templateId":"t1","dateAgreed":"2026-01-15T00:00:00Z"}]}"#
        ) { wire, id in _ = try await wire.partnerCenter.agreements(ofCustomer: id) },
        SampleCall(
            "confirm agreement", .post, "/v1/customers/{id}/agreements",
            body:
                #"{"primaryContact":{"firstName":"Ana","lastName":"Example","email":"ana@example.com","phoneNumber":"2065550100"},"templateId":"t1","dateAgreed":"2026-01-15T00:00:00Z","type":"MicrosoftCustomerAgreement"}"#,
            fields: keyed, status: .created,
            answer:
                #"{"userId":"u1","primaryContact":{"firstName":"Ana"},"templateId":"t1","dateAgreed":"2026-01-15T00:00:00Z","type":"MicrosoftCustomerAgreement"}"#
        ) { wire, id in
            let confirmation = PartnerCenter.AgreementConfirmation(
                primaryContact: PartnerCenter.Contact(
                    firstName: "Ana", lastName: "Example", email: "ana@example.com", phoneNumber: "2065550100"),
                templateID: "t1", dateAgreed: Date(timeIntervalSince1970: 1_768_435_200),
                type: .microsoftCustomerAgreement)
            _ = try await wire.partnerCenter.confirmAgreement(confirmation, forCustomer: id, requestID: key)
        },
    ]
}
