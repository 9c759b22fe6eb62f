import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

extension PracticePartner {
    static func cart(_ lines: [[String: Any]]) -> [String: Any] {
        ["PartnerOnRecordAttestationAccepted": true, "LineItems": lines]
    }

    static func line(_ item: String = basic, _ changes: [String: Any] = [:]) -> [String: Any] {
        let usual: [String: Any] = [
            "id": 0, "catalogItemId": item, "quantity": 5, "billingCycle": "monthly", "termDuration": "P1Y",
            "provisioningContext": [String: String](), "renewsTo": NSNull(),
        ]
        return usual.merging(changes) { $1 }
    }

    /// Buys for a customer, waits until it is there, and returns the subscription.
    func buy(_ item: String, quantity: Int, for customer: String = northgate) async throws -> [String: Any] {
        let carts = "customers/\(customer)/carts"
        let cart = await send(.post, carts, Self.cart([Self.line(item, ["quantity": quantity])])).json
        let checkout = await send(.post, "\(carts)/\(cart["id"] as? String ?? "")/checkout").json
        let order = (checkout["orders"] as? [[String: Any]])?.first?["id"] as? String ?? "-"
        try sandbox.advanceClock(by: 60)
        return await items("customers/\(customer)/subscriptions?order_id=\(order)").first ?? [:]
    }
}

@Suite struct PartnerCenterCartTests {
    static let carts = "customers/\(PracticePartner.northgate)/carts"

    @Test func `a cart becomes an order, the order a subscription, each in its time`() async throws {
        let partner = try await PracticePartner()
        let cart = await partner.send(.post, Self.carts, PracticePartner.cart([PracticePartner.line()]))
        #expect(cart.status == 201)
        let id = cart.json["id"] as? String ?? "-"
        #expect(cart.json["status"] as? String == "Active")
        let line = (cart.json["lineItems"] as? [[String: Any]])?.first
        #expect(line?["currencyCode"] as? String == "USD")
        #expect(line?["orderGroup"] as? String == "0")
        let checkout = await partner.send(.post, "\(Self.carts)/\(id)/checkout")
        #expect(checkout.status == 201)
        let order = (checkout.json["orders"] as? [[String: Any]])?.first ?? [:]
        #expect(order["status"] as? String == "pending")
        let path = "customers/\(PracticePartner.northgate)/orders"
        let orderPath = "\(path)/\(order["id"] as? String ?? "-")"
        #expect(await partner.items("\(orderPath)/provisioningStatus").first?["status"] as? String == "Pending")
        #expect(await partner.items("customers/\(PracticePartner.northgate)/subscriptions").count == 2)
        try partner.sandbox.advanceClock(by: 60)
        let done = await partner.get(orderPath).json
        #expect(done["status"] as? String == "completed")
        let subscription = (done["lineItems"] as? [[String: Any]])?.first?["subscriptionId"] as? String ?? "-"
        let bought = await partner.get("customers/\(PracticePartner.northgate)/subscriptions/\(subscription)").json
        #expect(bought["quantity"] as? Int == 5)
        #expect(bought["orderId"] as? String == order["id"] as? String)
        #expect(await partner.items(path).count == 2)
        try partner.sandbox.advanceClock(by: 14 * 60)
        #expect(await partner.items(path).count == 3)
        #expect(await partner.items("\(orderPath)/provisioningstatus").first?["status"] as? String == "Fulfilled")
        let skus = await partner.items("customers/\(PracticePartner.northgate)/subscribedskus")
        #expect(skus.first?["activeUnits"] as? Int == 15)
    }

    @Test func `a second checkout gives the first answer and buys nothing`() async throws {
        let partner = try await PracticePartner()
        let cart = await partner.send(.post, Self.carts, PracticePartner.cart([PracticePartner.line()]))
        let path = "\(Self.carts)/\(cart.json["id"] as? String ?? "-")"
        let first = await partner.send(.post, "\(path)/checkout")
        let second = await partner.send(.post, "\(path)/checkout")
        #expect(second.status == 201)
        #expect(second.body == first.body)
        try partner.sandbox.advanceClock(by: 3600)
        #expect(await partner.items("customers/\(PracticePartner.northgate)/orders").count == 3)
        #expect(await partner.get(path).json["status"] as? String == "Ordered")
        let changed = await partner.send(.put, path, PracticePartner.cart([PracticePartner.line()]))
        #expect(changed.code == "800065")
    }

    @Test func `lines of different billing become different orders, and one that is gone fails alone`() async throws {
        let partner = try await PracticePartner()
        let lines = [
            PracticePartner.line(),
            PracticePartner.line("CFQ7TTC0HD33:0001:CFQ7TTC0KHV2", ["id": 1, "billingCycle": "annual"]),
        ]
        let cart = await partner.send(.post, Self.carts, PracticePartner.cart(lines))
        let reply = await partner.send(.post, "\(Self.carts)/\(cart.json["id"] as? String ?? "-")/checkout").json
        #expect((reply["orders"] as? [Any])?.count == 1)
        let error = (reply["orderErrors"] as? [[String: Any]])?.first
        #expect(error?["code"] as? Int == 2091)
        #expect(error?["orderGroupId"] as? String == "1")
    }

    @Test(
        arguments: [
            (["catalogItemId": "A:B:C"], "CatalogItemIdIsNotValid"),
            (["currencyCode": "EUR"], "CurrencyIsNotSupported"),
            (["attestationAccepted": false], "AttestationNotAccepted"),
            (
                ["participants": [["key": "transaction_reseller", "value": "1"]]],
                "ParticipantsIsNotSupportedForPartner"
            ),
            (["catalogItemId": "CFQ7TTC0HVZV:0001:CFQ7TTC0KE1A"], "UnableToProcessCartLineItem"),
            (
                ["catalogItemId": "DZH318Z0BPS6:0001:DZH318Z0BPV4", "quantity": 1, "termDuration": "P1M"],
                "UnableToProcessCartLineItem"
            ),
        ] as [([String: any Sendable], String)])
    func `a line that can't be bought says so in the cart, which can't be checked out`(
        change: [String: any Sendable], error: String
    ) async throws {
        let partner = try await PracticePartner()
        let line = PracticePartner.line(PracticePartner.basic, change)
        let cart = await partner.send(.post, Self.carts, PracticePartner.cart([line]))
        #expect(cart.status == 201)
        let shown = (cart.json["lineItems"] as? [[String: Any]])?.first?["error"] as? [String: Any]
        #expect(shown?["errorCode"] as? String == error)
        let path = "\(Self.carts)/\(cart.json["id"] as? String ?? "-")"
        #expect(await partner.send(.post, "\(path)/checkout").code == "800009")
        #expect(await partner.send(.put, path, PracticePartner.cart([PracticePartner.line()])).status == 200)
        #expect(await partner.send(.post, "\(path)/checkout").status == 201)
    }

    @Test(
        arguments: [
            (["quantity": 301], "900275"), (["quantity": 0], "900275"), (["quantity": "5"], "3000"),
            (["quantity": true], "3000"), (["catalogItemId": ""], "3000"),
            (["termDuration": "P9Y"], "800121"), (["billingCycle": "weekly"], "900269"),
            (["billingCycle": "triennial"], "900270"), (["id": -1], "800009"), (["id": "x"], "3000"),
            (["renewsTo": "P1Y"], "3000"),
        ] as [([String: any Sendable], String)])
    func `a line that is no line is refused`(change: [String: any Sendable], code: String) async throws {
        let partner = try await PracticePartner()
        let line = PracticePartner.line(PracticePartner.basic, change)
        let reply = await partner.send(.post, Self.carts, PracticePartner.cart([line]))
        #expect(reply.status == 400)
        #expect(reply.code == code)
    }

    @Test func `without an agreement nothing is bought, until it is confirmed`() async throws {
        let partner = try await PracticePartner()
        let customer = "customers/\(PracticePartner.withoutAgreement)"
        let cart = await partner.send(.post, "\(customer)/carts", PracticePartner.cart([PracticePartner.line()]))
        let path = "\(customer)/carts/\(cart.json["id"] as? String ?? "-")/checkout"
        let refused = await partner.send(.post, path, headers: ["MS-RequestId": "one"])
        #expect(refused.status == 403)
        #expect(refused.code == "13605")
        #expect(
            await partner.send(.post, "\(customer)/agreements", PartnerCenterAgreementTests.agreement).status == 201)
        #expect(await partner.send(.post, path, headers: ["MS-RequestId": "one"]).status == 201)
    }

    @Test func `a cart lives seven days, and for its customer only`() async throws {
        let partner = try await PracticePartner()
        let cart = await partner.send(.post, Self.carts, PracticePartner.cart([PracticePartner.line()]))
        let id = cart.json["id"] as? String ?? "-"
        let elsewhere = await partner.get("customers/\(PracticePartner.harbor)/carts/\(id)")
        #expect(elsewhere.status == 404)
        #expect(elsewhere.code == "800008")
        #expect(try await partner.ofLiberty().get("\(Self.carts)/\(id)").code == "20002")
        try partner.sandbox.advanceClock(by: 7 * 86400)
        let later = PracticePartner(partner.client, token: try await partner.client.accessToken())
        #expect(await later.send(.post, "\(Self.carts)/\(id)/checkout").code == "800008")
    }

    @Test func `an Azure plan brings one Azure subscription, and a second plan is not sold`() async throws {
        let partner = try await PracticePartner()
        let created = await partner.send(.post, "customers", PartnerCenterCustomerTests.customer("tulip")).json
        let id = created["id"] as? String ?? "-"
        _ = await partner.send(.post, "customers/\(id)/agreements", PartnerCenterAgreementTests.agreement)
        let line = PracticePartner.line(
            "DZH318Z0BPS6:0001:DZH318Z0BPV4", ["quantity": 1, "termDuration": "P1M"])
        let cart = await partner.send(.post, "customers/\(id)/carts", PracticePartner.cart([line])).json
        _ = await partner.send(.post, "customers/\(id)/carts/\(cart["id"] as? String ?? "-")/checkout")
        try partner.sandbox.advanceClock(by: 60)
        let plan = await partner.items("customers/\(id)/subscriptions").first?["id"] as? String ?? "-"
        #expect(await partner.items("customers/\(id)/subscriptions/\(plan)/azureEntitlements").count == 1)
        let again = await partner.send(.post, "customers/\(id)/carts", PracticePartner.cart([line])).json
        #expect((again["lineItems"] as? [[String: Any]])?.first?["error"] != nil)
    }

    @Test func `an order can be placed at once, and is refused whole`() async throws {
        let partner = try await PracticePartner()
        let path = "customers/\(PracticePartner.northgate)/orders"
        func order(_ offer: String) -> [String: Any] {
            [
                "ReferenceCustomerId": PracticePartner.northgate, "BillingCycle": "monthly",
                "LineItems": [["LineItemNumber": 0, "OfferId": offer, "Quantity": 2, "TermDuration": "P1M"]],
            ]
        }
        let placed = await partner.send(.post, path, order(PracticePartner.basic))
        #expect(placed.status == 201)
        #expect(placed.json["status"] as? String == "pending")
        #expect(await partner.send(.post, path, order("A:B:C")).code == "800004")
        #expect(await partner.send(.post, path, order("CFQ7TTC0HD33:0001:CFQ7TTC0KHV2")).code == "2091")
        #expect(await partner.get("\(path)/000000000000").code == "20000")
        let appOnly = await partner.appOnly()
        #expect(await appOnly.send(.post, path, order(PracticePartner.basic)).status == 201)
    }

    @Test func `an integration sandbox sells little`() async throws {
        let partner = try await PracticePartner()
        try partner.sandbox.setIntegrationSandbox(true)
        let line = PracticePartner.line(PracticePartner.basic, ["quantity": 26])
        let cart = await partner.send(.post, Self.carts, PracticePartner.cart([line])).json
        let error = (cart["lineItems"] as? [[String: Any]])?.first?["error"] as? [String: String]
        #expect(error?["errorCode"] == "MaxAllowedSeatsPerSubscriptionExceeded")
    }
}
