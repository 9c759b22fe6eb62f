import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct PartnerCenterCustomerTests {
    static func customer(_ domain: String, country: String = "US", number: Any? = nil, phone: String = "") -> [String:
        Any]
    {
        [
            "EnableGDAPByDefault": false,
            "CompanyProfile": ["Domain": "\(domain).onmicrosoft.com", "OrganizationRegistrationNumber": number as Any],
            "BillingProfile": [
                "Culture": "en-US", "Email": "owner@example.com", "Language": "en", "CompanyName": "Tulip & Co",
                "DefaultAddress": [
                    "FirstName": "Ana", "LastName": "Example", "AddressLine1": "1 Example Way", "City": "Seattle",
                    "State": "WA", "PostalCode": "98101", "Country": country, "PhoneNumber": phone,
                ],
            ],
        ]
    }

    @Test func `a created customer has a tenant, credentials that are shown once, and a place at the end of the list`()
        async throws
    {
        let partner = try await PracticePartner()
        let reply = await partner.send(.post, "customers", Self.customer("tulip"))
        #expect(reply.status == 201)
        let id = reply.json["id"] as? String ?? ""
        #expect(id.dropFirst(9).prefix(4) == "0000")
        #expect(reply.json["relationshipToPartner"] as? String == "none")
        #expect(reply.json["enableGDAPByDefault"] as? Bool == false)
        let credentials = reply.json["userCredentials"] as? [String: String]
        #expect(credentials == ["userName": "admin", "password": "gatehouse-practice"])
        let list = await partner.items("customers?size=0")
        #expect(list.count == 63)
        #expect(list.last?["id"] as? String == id)
        let one = await partner.get("customers/\(id)").json
        #expect((one["billingProfile"] as? [String: Any])?["email"] as? String == "owner@example.com")
        #expect(one["userCredentials"] == nil)
        #expect(partner.lastChange == "customer \(id) created")
        let discovery = await partner.client.get("/entra/\(id)/v2.0/.well-known/openid-configuration")
        #expect(discovery.status == 200)
        #expect(await partner.send(.head, "domains/tulip.onmicrosoft.com").status == 200)
    }

    @Test func `the same MS-RequestId gives the first answer again, another one a refusal`() async throws {
        let partner = try await PracticePartner()
        let key = ["MS-RequestId": "eeeeeeee-0000-4000-8000-000000000001"]
        let first = await partner.send(.post, "customers", Self.customer("tulip"), headers: key)
        let second = await partner.send(.post, "customers", Self.customer("tulip"), headers: key)
        #expect(second.status == 201)
        #expect(second.body == first.body)
        #expect(partner.sandbox.loggedRequests.last?.changes == [])
        #expect(partner.sandbox.loggedRequests.last?.idempotencyKey == key["MS-RequestId"])
        let other = await partner.send(.post, "customers", Self.customer("tulip"))
        #expect(other.status == 400)
        #expect(await partner.items("customers?size=0").count == 63)
    }

    @Test func `twenty at once with one MS-RequestId make one customer`() async throws {
        let partner = try await PracticePartner()
        let ids = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await partner.send(
                        .post, "customers", Self.customer("tulip"), headers: ["MS-RequestId": "one"]
                    ).json["id"] as? String
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ids.count == 20)
        #expect(Set(ids).count == 1)
        #expect(await partner.items("customers?size=0").count == 63)
    }

    @Test(arguments: [
        ("PL", nil, "", "600049"), ("PL", "12", "1", "600050"), ("PL", "1234567", "", "600051"),
        ("US", "1234567", "", "600002"), ("USA", nil, "", "3000"),
    ])
    func `registration numbers are asked for where they must be`(
        country: String, number: String?, phone: String, code: String
    ) async throws {
        let partner = try await PracticePartner()
        let body = Self.customer("tulip", country: country, number: number, phone: phone)
        let reply = await partner.send(.post, "customers", body)
        #expect(reply.status == 400)
        #expect(reply.code == code)
    }

    @Test(arguments: ["northgatebakery", "acmecloud", "with space", "tulip.shop", String(repeating: "a", count: 28)])
    func `a domain that is taken or impossible is refused`(domain: String) async throws {
        let partner = try await PracticePartner()
        let reply = await partner.send(.post, "customers", Self.customer(domain))
        #expect(reply.status == 400)
        #expect(reply.code == "3000")
    }

    @Test func `the limit of an integration sandbox holds only when it is one`() async throws {
        let partner = try await PracticePartner()
        #expect(await partner.send(.delete, "customers/\(PracticePartner.northgate)").code == "900127")
        try partner.sandbox.setIntegrationSandbox(true)
        for number in 1...13 {
            #expect(await partner.send(.post, "customers", Self.customer("tulip\(number)")).status == 201)
        }
        #expect(await partner.send(.post, "customers", Self.customer("tulip14")).code == "800018")
        #expect(await partner.send(.delete, "customers/\(PracticePartner.northgate)").status == 204)
        #expect(await partner.get("customers/\(PracticePartner.northgate)").code == "60003")
        #expect(await partner.send(.post, "customers", Self.customer("tulip14")).status == 201)
    }

    @Test func `a relationship ends when no subscription is active, and the customer is somebody else's then`()
        async throws
    {
        let partner = try await PracticePartner()
        let path = "customers/\(PracticePartner.school)"
        let none: [String: Any] = ["relationshipToPartner": "none", "attributes": ["objectType": "Customer"]]
        #expect(await partner.send(.patch, path, none).code == "800036")
        #expect(await partner.send(.patch, path, ["relationshipToPartner": "reseller"]).code == "3000")
        for subscription in await partner.items("\(path)/subscriptions")
        where subscription["status"] as? String == "active" {
            let reply = await partner.patch(subscription, ["status": "suspended"], of: PracticePartner.school)
            #expect(reply.status == 200)
        }
        let ended = await partner.send(.patch, path, none)
        #expect(ended.status == 200)
        #expect(ended.json["relationshipToPartner"] as? String == "none")
        for address in [path, "\(path)/subscriptions", "\(path)/orders"] {
            #expect(await partner.get(address).code == "20002")
        }
        #expect(await partner.items("customers?size=0").count == 61)
    }

    @Test func `a domain that is taken is 200 and a free one 404, both without a body`() async throws {
        let partner = try await PracticePartner()
        let taken = await partner.send(.head, "Domains/NorthgateBakery.onmicrosoft.com")
        #expect(taken.status == 200)
        #expect(taken.body.isEmpty)
        let free = await partner.send(.head, "domains/tulip.onmicrosoft.com")
        #expect(free.status == 404)
        #expect(free.body.isEmpty)
        let refused = await PracticePartner(partner.client, token: "x").send(.head, "domains/tulip.onmicrosoft.com")
        #expect(refused.status == 401)
        #expect(refused.body.isEmpty)
    }

    @Test(arguments: [
        ("1 Example Way", "Seattle", "US", "VerifiedShippable", 1), ("PO Box 7", "Seattle", "US", "Verified", 1),
        ("1 Example Way Suite", "Seattle", "US", "InteractionRequired", 2),
        ("Example Way", "Seattle", "US", "StreetPartial", 0), ("0 Example Way", "Seattle", "US", "PremisesPartial", 0),
        ("1 Example Way", "Springfield", "US", "Multiple", 2), ("Nowhere 1", "Seattle", "US", "None", 0),
        ("1 Example Way", "Oslo", "NO", "NotValidated", 0),
    ])
    func `every address is answered 200 with its status`(
        line: String, city: String, country: String, status: String, suggestions: Int
    ) async throws {
        let partner = try await PracticePartner()
        let reply = await partner.send(
            .post, "validations/address",
            ["AddressLine1": line, "City": city, "State": "WA", "PostalCode": "98101", "Country": country])
        #expect(reply.status == 200)
        #expect(reply.json["status"] as? String == status)
        #expect((reply.json["suggestedAddresses"] as? [Any])?.count == suggestions)
        #expect((reply.json["originalAddress"] as? [String: Any])?["addressLine1"] as? String == line)
    }

    @Test func `relationships: a link for the customer's administrator, and no indirect resellers`() async throws {
        let partner = try await PracticePartner()
        let url = await partner.get("customers/relationshipRequests").json["url"] as? String ?? ""
        #expect(url.contains("partnerId=\(PracticeClient.acme)"))
        #expect(
            await partner.get("relationships?relationship_type=IsIndirectResellerOf").json["totalCount"] as? Int == 0)
        #expect(await partner.get("relationships").code == "3000")
    }

    @Test func `what was created is there after a restart, with the answers to keyed calls`() async throws {
        let file = PracticePartner.stateFile()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let first = try await PracticePartner(stateFile: file)
        let key = ["MS-RequestId": "one"]
        let created = await first.send(.post, "customers", Self.customer("tulip"), headers: key)
        let cart = await first.send(
            .post, "customers/\(PracticePartner.northgate)/carts",
            ["lineItems": [["id": 0, "catalogItemId": PracticePartner.basic, "quantity": 3]]])
        let bought = try await first.buy(PracticePartner.basic, quantity: 3)
        let consents = PartnerCenterConsentTests.path
        #expect(await first.send(.post, consents, PartnerCenterConsentTests.consent("User.Read")).status == 201)
        let webhooks = PartnerCenterWebhookTests.path
        #expect(await first.send(.post, webhooks, PartnerCenterWebhookTests.registration()).status == 200)
        #expect(await first.patch(bought, ["friendlyName": "Bakers"]).status == 200)
        let again = try await PracticePartner(stateFile: file)
        #expect(await again.items("customers?size=0").count == 63)
        #expect(await again.send(.post, "customers", Self.customer("tulip"), headers: key).body == created.body)
        let id = cart.json["id"] as? String ?? "-"
        #expect(await again.get("customers/\(PracticePartner.northgate)/carts/\(id)").status == 200)
        let names = await again.items("customers/\(PracticePartner.northgate)/subscriptions")
        #expect(names.last?["friendlyName"] as? String == "Bakers")
        #expect(try await PartnerCenterConsentTests.isOpen(again))
        #expect(await again.get(webhooks).json["webhookUrl"] as? String == "https://portal.example/hooks")
    }
}
