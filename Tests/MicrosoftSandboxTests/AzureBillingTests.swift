import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct AzureBillingTests {
    typealias Client = DelegatedAdminClient

    private static let accounts = "/azure/providers/Microsoft.Billing/billingAccounts"
    private static let version = "api-version=2020-05-01"
    private static let scope = "https://management.azure.com/.default"

    private func admin(_ client: PracticeClient? = nil) async throws -> Client {
        try await Client(client, scope: Self.scope)
    }

    /// The path of the partner's one billing account.
    private func account(_ admin: Client) async throws -> String {
        let accounts = await admin.get("\(Self.accounts)?\(Self.version)").json["value"] as? [[String: Any]]
        return try #require(accounts?.first?["id"] as? String)
    }

    @Test func `a partner has one billing account, with its customers by pages`() async throws {
        let admin = try await admin()
        let reply = await admin.get("\(Self.accounts)?\(Self.version)")
        let accounts = reply.json["value"] as? [[String: Any]] ?? []
        #expect(accounts.count == 1)
        let properties = accounts.first?["properties"] as? [String: Any]
        #expect(properties?["agreementType"] as? String == "MicrosoftPartnerAgreement")
        #expect(reply.header("x-ms-ratelimit-remaining-tenant-reads") == "11999")
        #expect(reply.header("x-ms-correlation-request-id") != nil)

        let path = "/azure\(try await account(admin))/customers?\(Self.version)"
        let customers = await admin.get(path).json
        let items = customers["value"] as? [[String: Any]] ?? []
        #expect(items.count == 62)
        #expect(items.first?["name"] as? String == Client.northgate)
        #expect((items.first?["properties"] as? [String: Any])?["enabledAzurePlans"] == nil)
        #expect(customers["nextLink"] == nil)

        let client = try await PracticeClient(customers: 250)
        let liberty = try await Client(
            client, as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty, scope: Self.scope)
        var next: String? = "/azure\(try await account(liberty))/customers?\(Self.version)&$expand=resellers"
        var ids: [String] = []
        while let current = next, ids.count < 400 {
            let page = await liberty.get(current).json
            let items = page["value"] as? [[String: Any]] ?? []
            #expect(items.allSatisfy { ($0["properties"] as? [String: Any])?["resellers"] != nil })
            ids += items.compactMap { $0["name"] as? String }
            next = (page["nextLink"] as? String)?.replacing("http://127.0.0.1:8090", with: "")
        }
        #expect(ids.count == 250)
        #expect(Set(ids).count == 250)
    }

    @Test func `a customer shows its Azure plan and resellers where asked`() async throws {
        let admin = try await admin()
        let path = "/azure\(try await account(admin))/customers/\(Client.northgate)?\(Self.version)"
        let reply = await admin.get("\(path)&$expand=enabledAzurePlans,resellers").json
        let properties = reply["properties"] as? [String: Any]
        #expect((properties?["enabledAzurePlans"] as? [[String: String]])?.first?["skuId"] == "0001")
        #expect((properties?["resellers"] as? [[String: String]])?.first?["resellerId"] == "1234567")
        #expect(await admin.get("\(path)&$expand=everything").status == 400)
    }

    @Test func `only admin agents of the partner see an account`() async throws {
        let client = try await PracticeClient()
        let path = "/azure\(try await account(admin(client)))/customers?\(Self.version)"
        let clerk = try await Client(client, as: PracticePerson("clerk@acmecloud.example"), scope: Self.scope)
        #expect((await clerk.get("\(Self.accounts)?\(Self.version)").json["value"] as? [Any])?.isEmpty == true)
        expect(await clerk.get(path), 403, "AuthorizationFailed")
        let liberty = try await Client(
            client, as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty, scope: Self.scope)
        expect(await liberty.get(path), 403, "AuthorizationFailed")
        expect(await liberty.get("\(Self.accounts)/nothing?\(Self.version)"), 404, "NotFound")
    }

    @Test func `token, audience, version and path are checked, in Azure's words`() async throws {
        let admin = try await admin()
        expect(await admin.client.get("\(Self.accounts)?\(Self.version)"), 401, "AuthenticationFailed")
        let bad = await admin.client.get("\(Self.accounts)?\(Self.version)", headers: ["Authorization": "Bearer x.y.z"])
        expect(bad, 401, "InvalidAuthenticationToken")
        let graph = try await Client(admin.client)
        expect(await graph.get("\(Self.accounts)?\(Self.version)"), 401, "InvalidAuthenticationTokenAudience")
        expect(await admin.get(Self.accounts), 400, "MissingApiVersionParameter")
        expect(await admin.get("\(Self.accounts)?api-version=1999-01-01"), 400, "NoRegisteredProviderFound")
        expect(await admin.get("/azure/providers/Microsoft.Nothing?\(Self.version)"), 404, "InvalidResourceType")
        admin.sandbox.add(Fault(.throttle, service: .azure, retryAfter: "17"))
        let throttled = await admin.get("\(Self.accounts)?\(Self.version)")
        expect(throttled, 429, "TooManyRequests")
        #expect(throttled.header("Retry-After") == "17")
        #expect(throttled.header("x-ms-ratelimit-remaining-tenant-reads") == "0")
    }

    @Test func `an alias makes one Azure subscription, however often it is sent`() async throws {
        let admin = try await admin()
        let path = alias("example")
        let json = try await wanted(admin)
        expect(await admin.get(path), 404, "NotFound")
        let first = await admin.send(.put, path, json)
        #expect(first.status == 201)
        #expect(properties(first)["provisioningState"] as? String == "Accepted")
        let id = properties(first)["subscriptionId"] as? String
        let again = await admin.send(.put, path, json)
        #expect(again.status == 200)
        #expect(properties(again)["subscriptionId"] as? String == id)
        try admin.sandbox.advanceClock(by: 2)
        let done = await admin.get(path)
        #expect(properties(done)["provisioningState"] as? String == "Succeeded")
        #expect(properties(done)["subscriptionId"] as? String == id)
        expect(await admin.send(.put, path, try await wanted(admin, name: "Other")), 409, "AliasConflict")
        let changes = admin.sandbox.loggedRequests.filter { $0.method == "PUT" }.flatMap(\.changes)
        #expect(changes == ["Azure subscription \(id ?? "") of customer \(Client.northgate) requested as example"])
        let other = try await Client(
            admin.client, as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty,
            scope: Self.scope)
        #expect(await other.get(path).status == 404)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"properties":7}"#, #"{"properties":{}}"#,
        #"{"properties":{"billingScope":"SCOPE","displayName":"a"}}"#,
        #"{"properties":{"billingScope":"SCOPE","displayName":"","workload":"Production"}}"#,
        #"{"properties":{"billingScope":"SCOPE","displayName":"a","workload":"Test"}}"#,
        #"{"properties":{"billingScope":"SCOPE","displayName":"a","workload":"Production","resellerId":7}}"#,
        #"{"properties":{"billingScope":"/subscriptions/x","displayName":"a","workload":"Production"}}"#,
        #"{"properties":{"billingScope":"SCOPE/invoices","displayName":"a","workload":"Production"}}"#,
    ])
    func `an alias that makes no sense is 400`(json: String) async throws {
        let admin = try await admin()
        let scope = "\(try await account(admin))/customers/\(Client.northgate)"
        #expect(await admin.send(.put, alias("example"), json.replacing("SCOPE", with: scope)).status == 400)
        #expect(await admin.get(alias("example")).status == 404)
    }

    @Test func `a customer of nobody, or without an Azure plan, gets no subscription`() async throws {
        let admin = try await admin()
        let nobody = "cccccccc-0000-4000-8000-000000000099"
        expect(await admin.send(.put, alias("a"), try await wanted(admin, customer: nobody)), 404, "NotFound")
        let school = "cccccccc-0000-4000-8000-000000000003"
        expect(await admin.send(.put, alias("a"), try await wanted(admin, customer: school)), 400, "BadRequest")
    }

    private func alias(_ name: String) -> String {
        "/azure/providers/Microsoft.Subscription/aliases/\(name)?api-version=2021-10-01"
    }

    private func wanted(
        _ admin: Client, name: String = "Northgate production", customer: String = Client.northgate
    ) async throws -> String {
        let scope = "\(try await account(admin))/customers/\(customer)"
        return Client.text([
            "properties": ["billingScope": scope, "displayName": name, "workload": "Production"]
        ])
    }

    private func properties(_ reply: PracticeClient.Reply) -> [String: Any] {
        reply.json["properties"] as? [String: Any] ?? [:]
    }

    private func expect(
        _ reply: PracticeClient.Reply, _ status: Int, _ code: String, at location: SourceLocation = #_sourceLocation
    ) {
        #expect(reply.status == status, sourceLocation: location)
        let error = reply.json["error"] as? [String: Any]
        #expect(error?["code"] as? String == code, sourceLocation: location)
    }
}
