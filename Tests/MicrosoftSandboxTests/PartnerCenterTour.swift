import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

/// Every documented call of Partner Center.
struct PartnerCenterTour {
    let partner: PracticePartner

    private static let northgate = "/v1/customers/\(PracticePartner.northgate)"
    private static let licences = "\(northgate)/subscriptions/cccccccc-5001-4000-8000-000000000001"
    private static let plan = "/v1/\(PartnerCenterAzureTests.plan)"
    private static let legacy = "/v1/\(PartnerCenterAzureTests.legacy)"

    private static let reads =
        [
            "/v1/customers?size=5", "/v1/customers/relationshiprequests", "/v1/customers/usagerecords", northgate,
            "/v1/relationships?relationship_type=IsIndirectResellerOf", "/v1/agreements", "\(northgate)/agreements",
            "\(northgate)/directSignedMicrosoftCustomerAgreementStatus", "\(northgate)/subscriptions",
            "\(northgate)/subscriptions/usagerecords", licences, "\(licences)/provisioningstatus",
            "\(northgate)/subscribedskus", "\(legacy)/utilizations/azure?\(PartnerCenterAzureTests.days)",
            "\(legacy)/usagerecords/resources", "\(plan)/meterusagerecords", "\(northgate)/usagesummary",
            "\(northgate)/usagebudget", "/v1/productpromotions?segment=Commercial&country=US", "/v1/offers?country=US",
            "\(northgate)/orders", "\(northgate)/orders/cc0010000001",
            "\(northgate)/orders/cc0010000001/provisioningstatus", "/v1/invoices", "/v1/invoices/summaries",
            "/v1/invoices/G000192601", "/v1/invoices/G000192601/documents/statement",
            "/v1/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=billinglineitems"
                + "&currencycode=EUR&period=current&size=5",
            "/v1/invoices/OneTime-G000192601/lineitems/OneTime/BillingLineItems",
            "/v1/profiles/legalbusiness?vettingVersion=Current", "/v1/profiles/organization", "/v1/profiles/mpn",
            "/v1/profiles/billing", "/v1/profiles/support", "/v1/applicationmfaadoptionstatus",
            "/v1/nonMfaCompliantPartnerPrincipals", "/v1/partnerRequests", "/v1/auditrecords?startDate=2025-12-01",
            "/webhooks/v1/registration/events",
        ] + ["/v1", northgate].flatMap(catalogue)

    private static func catalogue(_ base: String) -> [String] {
        let product = "\(base)/products/CFQ7TTC0LH18"
        let ends = ["", "/skus", "/skus/0001", "/skus/0001/availabilities", "/skus/0001/availabilities/CFQ7TTC0K971"]
        return ["\(base)/products?country=US&targetView=OnlineServices"] + ends.map { "\(product)\($0)?country=US" }
    }

    func make(_ calls: inout SuccessfulCalls) async throws {
        await calls.get(Self.reads)
        await calls.make(.head, "/v1/domains/northgatebakery.onmicrosoft.com")
        let entitlements = await calls.make(.get, "\(Self.plan)/azureEntitlements").json["items"] as? [[String: Any]]
        let entitlement = try #require(entitlements?.first?["id"] as? String)
        await calls.get(["\(Self.plan)/azureEntitlements/\(entitlement)"])
        try await changeCustomers(&calls)
        try await buy(&calls)
        await consent(&calls)
        try await register(&calls)
    }

    private func changeCustomers(_ calls: inout SuccessfulCalls) async throws {
        let address = ["AddressLine1": "1 Example Way", "City": "Seattle", "State": "WA", "Country": "US"]
        await calls.make(
            .post, "/v1/validations/address", text(address.merging(["PostalCode": "98101"]) { first, _ in first }))
        let customer = try await calls.identifier(
            .post, "/v1/customers", text(PartnerCenterCustomerTests.customer("tulip")))
        await calls.make(.patch, "/v1/customers/\(customer)", #"{"relationshipToPartner":"none"}"#)
        try partner.sandbox.setIntegrationSandbox(true)
        let other = try await calls.identifier(
            .post, "/v1/customers", text(PartnerCenterCustomerTests.customer("rose")))
        await calls.make(.delete, "/v1/customers/\(other)")
        try partner.sandbox.setIntegrationSandbox(false)
        await calls.make(.patch, "\(Self.northgate)/usagebudget", #"{"amount":97.5}"#)
    }

    private func buy(_ calls: inout SuccessfulCalls) async throws {
        await calls.make(.post, "\(Self.northgate)/agreements", text(PartnerCenterAgreementTests.agreement))
        let cart = text(PracticePartner.cart([PracticePartner.line()]))
        let path = "\(Self.northgate)/carts/\(try await calls.identifier(.post, "\(Self.northgate)/carts", cart))"
        await calls.get([path])
        await calls.make(.put, path, cart)
        await calls.make(.post, "\(path)/checkout")
        await calls.make(
            .post, "\(Self.northgate)/orders",
            text([
                "ReferenceCustomerId": PracticePartner.northgate, "BillingCycle": "monthly",
                "LineItems": [
                    ["LineItemNumber": 0, "OfferId": PracticePartner.basic, "Quantity": 2, "TermDuration": "P1M"]
                ],
            ]))
        var subscription = await calls.make(.get, Self.licences).json
        let etag = (subscription["attributes"] as? [String: Any])?["etag"] as? String
        subscription["friendlyName"] = "Bakers"
        await calls.make(
            .patch, Self.licences, text(subscription), headers: ["If-Match": try #require(etag)])
    }

    private func consent(_ calls: inout SuccessfulCalls) async {
        let path = "/v1/\(PartnerCenterConsentTests.path)"
        await calls.make(.post, path, text(PartnerCenterConsentTests.consent()))
        await calls.make(.delete, "\(path)/\(PracticeClient.clientID)")
    }

    private func register(_ calls: inout SuccessfulCalls) async throws {
        let path = "/webhooks/v1/registration"
        for method in [HTTPRequest.Method.post, .put] {
            await calls.make(method, path, text(PartnerCenterWebhookTests.registration()))
        }
        await calls.get([path])
        let id = try await calls.identifier(.post, "\(path)/validationEvents", member: "correlationId")
        await calls.get(["\(path)/validationEvents/\(id)"])
    }

    private func text(_ json: [String: Any]) -> String { DelegatedAdminClient.text(json) }
}
