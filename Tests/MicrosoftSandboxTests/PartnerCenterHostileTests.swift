import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

/// What no honest client sends, and what Microsoft's paging does on bad days.
@Suite struct PartnerCenterHostileTests {
    private static let northgate = "/partnercenter/v1/customers/\(PracticePartner.northgate)"

    /// Every call with a body.
    static let calls: [(HTTPRequest.Method, String)] = [
        (.post, "/partnercenter/v1/customers"), (.patch, northgate), (.post, "/partnercenter/v1/validations/address"),
        (.post, "\(northgate)/agreements"), (.post, "\(northgate)/applicationconsents"), (.post, "\(northgate)/carts"),
        (.post, "\(northgate)/orders"), (.patch, "\(northgate)/usagebudget"),
        (.patch, "\(northgate)/subscriptions/cccccccc-5001-4000-8000-000000000001"),
        (.post, "/partnercenter/webhooks/v1/registration"),
    ]

    static let bodies: [String] = [
        "{}", "[]", "null", "7", "\"text\"", "{", "nonsense", "{\"lineItems\":{}}", "{\"lineItems\":[]}",
        "{\"lineItems\":[[]]}", "{\"lineItems\":[{}]}", "{\"lineItems\":[{\"catalogItemId\":7}]}",
        "{\"companyProfile\":[],\"billingProfile\":7}", "{\"companyProfile\":{\"domain\":{}},\"billingProfile\":{}}",
        "{\"primaryContact\":\"x\",\"dateAgreed\":true}", "{\"applicationId\":{},\"applicationGrants\":\"x\"}",
        "{\"applicationId\":\"aaaaaaaa-0000-4000-8000-0000000000a1\",\"applicationGrants\":[7]}",
        "{\"id\":7,\"quantity\":1e99}", "{\"id\":\"cccccccc-5001-4000-8000-000000000001\",\"quantity\":1.5}",
        "{\"amount\":1e300}", "{\"amount\":\"1\"}", "{\"relationshipToPartner\":7}", "{\"country\":7}",
        "{\"country\":\"\\u0000\\u0000\",\"addressLine1\":\"x\"}", "{\"WebhookUrl\":7,\"WebhookEvents\":\"x\"}",
        String(repeating: "[", count: 5000), "{\"a\":" + String(repeating: "{\"a\":", count: 600),
        "{\"a\":\"" + String(repeating: "x", count: 300_000) + "\"}",
    ]

    @Test(arguments: calls.indices)
    func `a body that makes no sense is 400 with a code and changes nothing`(index: Int) async throws {
        let (method, path) = Self.calls[index]
        let partner = try await PracticePartner()
        let etag = (await partner.licenceSubscription()["attributes"] as? [String: String])?["etag"] ?? ""
        let headers = ["Authorization": "Bearer \(partner.token)", "If-Match": etag]
        for body in Self.bodies + [""] {
            let reply = await partner.client.send(method, path, headers: headers, body: body)
            #expect(reply.status == 400, "\(method) \(path) \(body.prefix(80)) \(reply.text.prefix(200))")
            #expect(reply.code?.isEmpty == false, "\(body.prefix(80))")
            #expect((reply.json["description"] as? String)?.utf8.count ?? 9999 <= 1024)
        }
        #expect(partner.lastChange == nil)
    }

    @Test func `hostile names travel as they are`() async throws {
        let partner = try await PracticePartner()
        var body = PartnerCenterCustomerTests.customer("tulip")
        var profile = body["BillingProfile"] as? [String: Any] ?? [:]
        let name = "<script>\"'\u{202E}=1+1\\ \u{0000}"
        profile["CompanyName"] = name
        body["BillingProfile"] = profile
        let id = await partner.send(.post, "customers", body).json["id"] as? String ?? "-"
        let one = await partner.get("customers/\(id)").json
        #expect((one["companyProfile"] as? [String: Any])?["companyName"] as? String == name)
    }

    @Test(arguments: [
        "customers/%00", "customers/..%2f..", "customers/\(PracticePartner.northgate)/subscriptions/%F0%9F",
        "customers/\(PracticePartner.northgate)/nothing", "products/%22/skus?country=US", "invoices/%0a/lineitems",
        "customers?filter=%7B%22Field%22:7%7D", "customers?size=99999999999999999999", "domains/%ff",
    ])
    func `a path that makes no sense is refused`(path: String) async throws {
        let partner = try await PracticePartner()
        let reply = await partner.get(path)
        #expect((400..<500).contains(reply.status))
    }

    @Test(arguments: ["customers?size=25", PartnerCenterBillingTests.unbilled + "&size=25", "invoices?size=2"])
    func `pages loop, overlap and lead elsewhere when a fault says so`(path: String) async throws {
        let partner = try await PracticePartner()
        func ids(_ reply: PracticeClient.Reply) -> [String] {
            (reply.json["items"] as? [[String: Any]] ?? []).compactMap {
                $0["subscriptionId"] as? String ?? $0["id"] as? String
            }
        }
        func next(_ reply: PracticeClient.Reply) async -> PracticeClient.Reply {
            let link = (reply.json["links"] as? [String: [String: Any]])?["next"]
            let uri = link?["uri"] as? String ?? ""
            let token = reply.header("MS-ContinuationToken")
            return await partner.get(
                String(uri.dropFirst()), headers: token.map { ["MS-ContinuationToken": $0] } ?? [:])
        }
        let plain = await partner.get(path)
        #expect(Set(ids(await next(plain))).isDisjoint(with: ids(plain)))
        partner.sandbox.add(Fault(.pageLoop, service: .partnercenter))
        #expect(ids(await next(await partner.get(path))) == ids(plain))
        partner.sandbox.add(Fault(.pageOverlap, service: .partnercenter))
        #expect(ids(await next(await partner.get(path))).first == ids(plain).last)
        partner.sandbox.add(Fault(.nextLinkElsewhere, service: .partnercenter))
        let elsewhere = await partner.get(path).json
        let link = (elsewhere["links"] as? [String: [String: Any]])?["next"]?["uri"] as? String
        #expect(link?.hasPrefix("https://elsewhere.example/") == true)
        #expect(Set(ids(await next(await partner.get(path)))).isDisjoint(with: ids(plain)))
    }

    @Test func `a continuation token is good for its own list and partner`() async throws {
        let partner = try await PracticePartner()
        let token = await partner.get("customers?size=25").header("MS-ContinuationToken") ?? ""
        let headers = ["MS-ContinuationToken": token]
        #expect(await partner.get("customers?size=10&seekOperation=Next", headers: headers).status == 200)
        let other = "\(PartnerCenterBillingTests.unbilled)&seekOperation=Next"
        #expect(await partner.get(other, headers: headers).code == "3000")
        let liberty = try await partner.ofLiberty()
        #expect(await liberty.get("customers?size=25&seekOperation=Next", headers: headers).code == "3000")
    }

    @Test func `a throttled POST changes nothing, and the same key works afterwards`() async throws {
        let partner = try await PracticePartner()
        partner.sandbox.add(Fault(.throttle, service: .partnercenter, call: .createCustomer))
        let body = PartnerCenterCustomerTests.customer("tulip")
        let key = ["MS-RequestId": "one"]
        #expect(await partner.send(.post, "customers", body, headers: key).status == 429)
        partner.sandbox.add(Fault(.reset, service: .partnercenter, call: .createCustomer))
        #expect(await partner.send(.post, "customers", body, headers: key).status == 0)
        #expect(await partner.send(.post, "customers", body, headers: key).status == 201)
        #expect(await partner.items("customers?size=0").count == 63)
    }

    @Test(arguments: [("900309", 403, "900309"), ("800064", 409, "800064"), ("", 403, "2032")])
    func `a fault refuses with a code that nothing here leads to`(form: String, status: Int, code: String) async throws
    {
        let partner = try await PracticePartner()
        partner.sandbox.add(Fault(.refusal, service: .partnercenter, call: .cart, form: form))
        let cart = PracticePartner.cart([PracticePartner.line()])
        let reply = await partner.send(.post, PartnerCenterCartTests.carts, cart)
        #expect(reply.status == status)
        #expect(reply.code == code)
        #expect(await partner.send(.post, PartnerCenterCartTests.carts, cart).status == 201)
    }

    @Test(arguments: [
        ("customers", true), ("customers/\(PracticePartner.northgate)", true),
        ("customers/\(PracticePartner.northgate)/subscriptions", true),
        ("customers/\(PracticePartner.northgate)/orders", true), ("products?country=US&targetView=Software", true),
        ("\(PartnerCenterAzureTests.plan)/azureEntitlements", true), ("invoices", true), ("invoices/summaries", false),
        (PartnerCenterBillingTests.unbilled, false), ("auditrecords?startDate=2026-01-01", false),
        ("customers/\(PracticePartner.northgate)/subscriptions/usagerecords", false),
        ("customers/\(PracticePartner.northgate)/agreements", false), ("customers/relationshiprequests", false),
        ("profiles/support", false), ("/partnercenter/webhooks/v1/registration/events", false),
    ])
    func `an application alone gets what Microsoft documents for it, people get all`(path: String, isAllowed: Bool)
        async throws
    {
        let partner = try await PracticePartner()
        #expect(await partner.get(path).status == 200)
        let reply = await partner.appOnly().get(path)
        #expect(reply.status == (isAllowed ? 200 : 403))
        #expect(reply.code == (isAllowed ? nil : "900329"))
    }

    @Test(arguments: [
        "", "/subscriptions", "/subscribedskus", "/agreements", "/directSignedMicrosoftCustomerAgreementStatus",
        "/orders", "/orders/cc0010000001", "/carts/x", "/products?targetView=OnlineServices",
        "/subscriptions/cccccccc-5002-4000-8000-000000000001/azureEntitlements", "/subscriptions/usagerecords",
        "/usagesummary", "/usagebudget", "/subscriptions/cccccccc-5002-4000-8000-000000000001/meterusagerecords",
    ])
    func `nothing of another partner's customer is shown`(suffix: String) async throws {
        let partner = try await PracticePartner()
        let reply = try await partner.ofLiberty().get("customers/\(PracticePartner.northgate)\(suffix)")
        #expect(reply.status == 403)
        #expect(reply.code == "20002")
        #expect(!reply.text.contains("Northgate"))
    }
}
