import Foundation
import HTTPTypes
import Microsoft
import Testing

@Suite struct PartnerCenterTests {
    @Test func `a page of customers is read behind a byte-order mark`() async throws {
        let body = #"{"items":[{"id":"c1","companyProfile":{"domain":"a.onmicrosoft.com"}}],"links":{}}"#
        let wire = Wire(bytes: [0xef, 0xbb, 0xbf] + Array(body.utf8))
        let page = try await wire.partnerCenter.customers(size: 40, after: nil)
        #expect(page.items.map(\.id) == ["c1"] && page.next == nil)
        #expect(page.items.first?.companyProfile?.domain == "a.onmicrosoft.com")
    }

    @Test(arguments: [("true", true), ("True,true", true), ("false", false), ("falsetrue", false)])
    func `the MFA answer is read from its header field`(value: String, compliant: Bool) async throws {
        let wire = Wire("{}", ["isMfaCompliant": value])
        #expect(try await wire.partnerCenter.legalBusinessProfile().isMFACompliant == compliant)
    }

    @Test func `no MFA answer is neither yes nor no`() async throws {
        #expect(try await Wire("{}").partnerCenter.legalBusinessProfile().isMFACompliant == nil)
    }

    @Test(arguments: [(HTTPResponse.Status.ok, false), (.notFound, true)])
    func `a domain that is not found is free`(status: HTTPResponse.Status, isFree: Bool) async throws {
        #expect(try await Wire("", status: status).partnerCenter.isDomainFree("a.onmicrosoft.com") == isFree)
    }

    @Test func `a refused domain check says nothing about the domain`() async throws {
        let wire = Wire("", status: .unauthorized)
        await #expect(throws: MicrosoftFault.self) { try await wire.partnerCenter.isDomainFree("a.onmicrosoft.com") }
    }

    private static let consent = PartnerCenter.ApplicationConsent(
        applicationID: "app", displayName: nil, resourceID: "graph", scopes: ["User.Read.All"])

    private func grantConsent(_ wire: Wire) async throws -> Creation {
        try await wire.partnerCenter.grantConsent(Self.consent, inCustomer: "c1", requestID: SampleCall.key)
    }

    @Test(arguments: [
        (HTTPResponse.Status.ok, "", Creation.created), (.created, "{}", .created),
        (.conflict, #"{"code":"409","description":"Permission entry already exists."}"#, .alreadyThere),
        (.badRequest, #"{"error":{"code":"x","message":"Permission entry already exists."}}"#, .alreadyThere),
    ])
    func `a consent that is there already is a success`(
        status: HTTPResponse.Status, body: String, result: Creation
    ) async throws {
        #expect(try await grantConsent(Wire(body, status: status)) == result)
    }

    @Test(arguments: [
        (HTTPResponse.Status.conflict, #"{"code":"800060","description":"An order is in progress."}"#),
        (.internalServerError, #"{"code":"800003","description":"already exists"}"#), (.forbidden, ""),
    ])
    func `another refusal of a consent is none`(status: HTTPResponse.Status, body: String) async throws {
        await #expect(throws: MicrosoftFault.self) { try await grantConsent(Wire(body, status: status)) }
    }

    @Test(
        arguments: [
            (HTTPResponse.Status.ok, "", PartnerCenter.Revocation.revoked), (.noContent, "", .revoked),
            (.notFound, #"{"code":"1000","description":"Not found"}"#, .notThere),
            (.notFound, #"{"code":"60003","description":"Tenant not found"}"#, nil),
        ] as [(HTTPResponse.Status, String, PartnerCenter.Revocation?)])
    func `a consent can be taken back once, in a tenant that is known`(
        status: HTTPResponse.Status, body: String, result: PartnerCenter.Revocation?
    ) async throws {
        let wire = Wire(body, status: status)
        var revocation: PartnerCenter.Revocation?
        let fault = try await faultOf {
            revocation = try await wire.partnerCenter.revokeConsent(
                ofApplication: "app", inCustomer: "c1", requestID: SampleCall.key)
        }
        #expect(revocation == result && (fault != nil) == (result == nil))
    }

    @Test func `a change sends back everything that was read, with a new quantity and the ETag`() async throws {
        let wire = Wire(SampleCall.subscriptionAnswer)
        let subscription = try await wire.partnerCenter.subscription("s1", ofCustomer: "c1")
        #expect(
            subscription.quantity == 10 && subscription.etag == "e1=="
                && subscription.cancellationAllowedUntilDate == nil)
        var change = PartnerCenter.SubscriptionChange()
        change.quantity = 12
        change.autoRenewEnabled = false
        _ = try await wire.partnerCenter.update(subscription, change, ofCustomer: "c1", requestID: SampleCall.key)
        let sent = try #require(wire.sent.last)
        #expect(sent.field("If-Match") == "e1==" && sent.json?["quantity"]?.number == 12)
        #expect(sent.json?["autoRenewEnabled"] == .bool(false))
        #expect(sent.json?["attributes"]?["etag"]?.text == "e1==")
        #expect(sent.json?["somethingNew"] == .object(["kept": .array([.number(1.5), .null])]))
    }

    @Test(arguments: [("DZH318Z0BPS6:0001:X", true), ("CFQ7TTC0LH18:0001:X", false)])
    func `an Azure plan is known by its offer`(offer: String, isPlan: Bool) async throws {
        let wire = Wire(#"{"id":"s1","offerId":"\#(offer)"}"#)
        #expect(try await wire.partnerCenter.subscription("s1", ofCustomer: "c1").isAzurePlan == isPlan)
    }

    @Test func `usage that is not ready is not an empty list`() async throws {
        let wire = Wire("", status: .noContent, ["Retry-After": "60"])
        let usage = try await wire.partnerCenter.utilizations(
            ofSubscription: "s1", ofCustomer: "c1", in: DateInterval(start: .distantPast, duration: 1),
            granularity: .hourly, after: nil)
        #expect(usage == .notReady(retryAfter: .seconds(60)))
    }

    @Test func `a checkout tells which groups of lines failed`() async throws {
        let wire = Wire(#"{"orders":[],"orderErrors":[{"orderGroupId":"0","code":2091,"description":"Gone."}]}"#)
        let checkout = try await wire.partnerCenter.checkOut(cart: "k", ofCustomer: "c", requestID: SampleCall.key)
        #expect(checkout.orders == [] && checkout.orderErrors?.first?.code == "2091")
    }

    @Test(arguments: [
        #"{"SubscriberId":"e1","WebhookUrl":"https://a.example","WebhookEvents":["test-created"]}"#,
        #"{"subscriberId":"e1","webhookUrl":"https://a.example","webhookEvents":["test-created"]}"#,
    ])
    func `a webhook registration is read with and without capitals`(body: String) async throws {
        let registration = try await Wire(body).partnerCenter.webhookRegistration()
        #expect(registration.url == "https://a.example" && registration.events == [.test])
        #expect(registration.subscriberID == "e1")
    }

    @Test func `lines of a bill are read where numbers come as texts`() async throws {
        let wire = Wire(
            #"{"items":[{"customerId":"org:c1","unitPrice":"4.80","quantity":"16","subtotal":76.8,"pcToBCExchangeRateDate":"0001-01-01T00:00:00"}]}"#
        )
        let page = try await wire.partnerCenter.unbilledLines(
            currencyCode: "USD", period: .previous, after: nil)
        let line = try #require(page.items.first)
        #expect(line.unitPrice == Decimal(string: "4.8") && line.quantity == 16)
        #expect(line.subtotal == Decimal(string: "76.8"))
    }
}
