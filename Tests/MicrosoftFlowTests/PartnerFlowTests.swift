import Foundation
import Microsoft
import MicrosoftKit
import MicrosoftSandbox
import OpenIDConnect
import PortalKit
import Testing

/// The flows in the partner's own tenant.
@Suite struct PartnerFlowTests {
    @Test func `1: the partner connects, MFA is proved, and the nightly renewal keeps the newest token`() async throws {
        let practice = try await Practice()
        let issuer = "\(Practice.base)/entra/\(Practice.partner)/v2.0"
        let metadata = try await ProviderMetadata.discover(issuer: issuer, send: practice.send)
        let keys = try await metadata.keys(send: practice.send)
        let scope = "https://api.partnercenter.microsoft.com/user_impersonation offline_access openid profile"
        let answer = try await practice.redeem(tenant: Practice.partner, scope: scope, as: PracticePerson())
        let token = try await keys.verify(
            try #require(answer.idToken), issuer: issuer, audience: Practice.applicationID, nonce: "nonce-1",
            now: practice.sandbox.now)
        struct Claims: Decodable {
            let tid: String
        }
        #expect(try token.claims(as: Claims.self).tid == Practice.partner)
        try await practice.signIn()
        let (profile, isMFACompliant) = try await practice.partnerCenter.legalBusinessProfile()
        #expect(profile.companyName == "Acme Cloud")
        #expect(isMFACompliant == true)
        #expect(try await practice.partnerCenter.invoices(size: 1, after: nil).items.count == 1)
        for _ in 0..<4 {
            try practice.sandbox.advanceClock(by: 60 * 86_400)
            #expect(try await practice.partnerCenter.invoices(size: 1, after: nil).items.count == 1)
        }
        #expect(practice.violations == [])
    }

    @Test func `2: all customers are read by pages, and a new one is won`() async throws {
        let practice = try await Practice()
        try await practice.signIn()
        let partnerCenter = practice.partnerCenter
        let customers = try await all { try await partnerCenter.customers(size: 25, after: $0) }
        #expect(customers.count == 62)
        #expect(Set(customers.map(\.id)).count == 62)
        let one = try await partnerCenter.customer(Practice.customer)
        #expect(one.companyProfile?.companyName == "Harbor Dental")
        #expect(try await partnerCenter.isDomainFree("harbordental.onmicrosoft.com") == false)
        #expect(try await partnerCenter.isDomainFree("lanternstreet.onmicrosoft.com"))
        let address = PartnerCenter.Address(
            country: "US", city: "Seattle", state: "WA", addressLine1: "1 Example Way", postalCode: "98101",
            firstName: "Ana", lastName: "Example", phoneNumber: "2065550100")
        _ = try await partnerCenter.validate(address)
        let wanted = PartnerCenter.NewCustomer(
            domain: "lanternstreet.onmicrosoft.com", companyName: "Lantern Street Books", email: "ana@lantern.example",
            culture: "en-US", language: "en", address: address)
        let key = UUID()
        let created = try await partnerCenter.createCustomer(wanted, requestID: key)
        #expect(created.userCredentials?.password?.isEmpty == false)
        #expect(try await partnerCenter.createCustomer(wanted, requestID: key).id == created.id)
        let template = try #require(
            try await partnerCenter.agreementTemplates(.microsoftCustomerAgreement).first)
        _ = try await partnerCenter.confirmAgreement(
            PartnerCenter.AgreementConfirmation(
                primaryContact: PartnerCenter.Contact(
                    firstName: "Ana", lastName: "Example", email: "ana@lantern.example", phoneNumber: "2065550100"),
                templateID: template.templateId, dateAgreed: practice.sandbox.now, type: .microsoftCustomerAgreement),
            forCustomer: created.id, requestID: UUID())
        #expect(try await all { try await partnerCenter.customers(size: 25, after: $0) }.count == 63)
        #expect(practice.violations == [])
    }

    @Test func `5: the direct CSP test proves the relationship and the roles`() async throws {
        let practice = try await Practice()
        try await practice.signIn()
        let partnerCenter = practice.partnerCenter
        #expect(try await partnerCenter.subscriptions(ofCustomer: Practice.customer).isEmpty == false)
        try practice.sandbox.delegate(roles: [Practice.globalReader], in: Practice.customer)
        #expect(try await partnerCenter.subscribedSKUs(ofCustomer: Practice.customer).isEmpty == false)
        await #expect {
            try await partnerCenter.subscriptions(ofCustomer: "dddddddd-0000-4000-8000-000000000001")
        } throws: {
            ($0 as? MicrosoftFault)?.code == "20002"
        }
        #expect(practice.violations == [])
    }

    @Test func `6: every customer's Azure subscriptions are found by their plans`() async throws {
        let practice = try await Practice()
        try await practice.signIn()
        try practice.sandbox.consent(forTenant: Practice.partner)
        let partnerCenter = practice.partnerCenter
        var found: [String: [String]] = [:]
        for customer in try await all({ try await partnerCenter.customers(size: 40, after: $0) }) {
            for plan in try await partnerCenter.subscriptions(ofCustomer: customer.id)
            where plan.offerId?.hasPrefix("DZH318Z0BPS6") == true {
                let entitlements = try await partnerCenter.azureEntitlements(ofPlan: plan.id, ofCustomer: customer.id)
                found[customer.id, default: []] += entitlements.map(\.id)
            }
        }
        #expect(found.count > 5)
        #expect(Set(found.values.joined()).count == found.values.joined().count)
        let accounts = try await all { try await practice.azure.billingAccounts(after: $0) }
        let account = try #require(accounts.first)
        let customers = try await all { try await practice.azure.customers(ofBillingAccount: account.name, after: $0) }
        #expect(Set(customers.map { $0.name.lowercased() }).isSuperset(of: found.keys))
        #expect(practice.violations == [])
    }

    @Test func `7: a cart becomes an order, and the order a subscription`() async throws {
        let practice = try await Practice()
        try await practice.signIn()
        let partnerCenter = practice.partnerCenter
        let before = try await partnerCenter.subscriptions(ofCustomer: Practice.customer).count
        let product = try #require(
            try await partnerCenter.products(.onlineServices, segment: .commercial, country: "US").first)
        let sku = try #require(try await partnerCenter.skus(ofProduct: product.id, country: "US").first)
        let availability = try #require(
            try await partnerCenter.availabilities(ofProduct: product.id, sku: sku.id, country: "US").first)
        let cart = try await partnerCenter.createCart(
            PartnerCenter.NewCart([
                PartnerCenter.NewCart.Line(
                    id: 0, catalogItemID: try #require(availability.catalogItemId), quantity: 3, billingCycle: .monthly,
                    termDuration: availability.terms?.first?.duration)
            ]), forCustomer: Practice.customer, requestID: UUID())
        let template = try #require(
            try await partnerCenter.agreementTemplates(.microsoftCustomerAgreement).first)
        if try await partnerCenter.agreements(ofCustomer: Practice.customer).isEmpty {
            _ = try await partnerCenter.confirmAgreement(
                PartnerCenter.AgreementConfirmation(
                    primaryContact: PartnerCenter.Contact(
                        firstName: "Ana", lastName: "Example", email: "ana@harbor.example", phoneNumber: nil),
                    templateID: template.templateId, dateAgreed: practice.sandbox.now,
                    type: .microsoftCustomerAgreement),
                forCustomer: Practice.customer, requestID: UUID())
        }
        let key = UUID()
        let checkout = try await partnerCenter.checkOut(cart: cart.id, ofCustomer: Practice.customer, requestID: key)
        let again = try await partnerCenter.checkOut(cart: cart.id, ofCustomer: Practice.customer, requestID: key)
        #expect(checkout.orders?.map(\.id) == again.orders?.map(\.id))
        let order = try #require(checkout.orders?.first)
        try practice.sandbox.advanceClock(by: 1_200)
        #expect(try await partnerCenter.order(order.id, ofCustomer: Practice.customer).status == .completed)
        #expect(try await partnerCenter.subscriptions(ofCustomer: Practice.customer).count == before + 1)
        #expect(practice.violations == [])
    }

    @Test func `9: invoices are listed by offset, and a billing export is polled to its files`() async throws {
        let practice = try await Practice()
        try await practice.signIn()
        try practice.sandbox.consent(forTenant: Practice.partner)
        let partnerCenter = practice.partnerCenter
        let invoices = try await all { try await partnerCenter.invoices(size: 2, after: $0) }
        #expect(invoices.count == 4)
        let graph = practice.graph()
        let export = try await graph.exportBilled(.reconciliation, invoice: try #require(invoices.first).id)
        var manifest: Graph.BillingManifest?
        for _ in 0..<10 {
            switch try await graph.billingExport(at: export) {
            case .running: try practice.sandbox.advanceClock(by: 30)
            case .succeeded(let found): manifest = found
            case .failed(let fault): throw fault
            }
            if manifest != nil { break }
        }
        let found = try #require(manifest)
        #expect(found.blobs?.isEmpty == false)
        #expect(found.dataFormat == "compressedJSON" || found.dataFormat == "compressedJSONLines")
        #expect(practice.violations == [])
    }
}
