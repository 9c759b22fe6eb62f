import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct GraphTenantTests {
    @Test func `an organization is the tenant of the token`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let reply = await client.graph(
            .get, "organization?$select=id,displayName,verifiedDomains,partnerTenantType", token)
        let organization = try #require(reply.items.first)
        #expect(reply.items.count == 1)
        #expect(organization["id"] as? String == PracticeClient.northgate)
        #expect(organization["partnerTenantType"] is NSNull)
        let domains = organization["verifiedDomains"] as? [[String: Any]] ?? []
        #expect(
            domains.compactMap { $0["name"] as? String } == ["northgatebakery.onmicrosoft.com", "northgate.example"])
        #expect(await client.graph(.get, "domains", token).texts("id") == domains.compactMap { $0["name"] as? String })
        let partner = await client.graph(.get, "organization", try await client.graphToken())
        #expect(partner.texts("partnerTenantType") == ["resellerPartnerDelegatedAdmin"])
        #expect(await client.graph(.get, "organization?$top=1", token).status == 400)
    }

    @Test func `licences have the numbers that Microsoft's arithmetic needs`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let skus = await client.graph(.get, "subscribedSkus", token)
        #expect(!skus.items.isEmpty)
        for sku in skus.items {
            let units = try #require(sku["prepaidUnits"] as? [String: Int])
            #expect(Set(units.keys) == ["enabled", "suspended", "warning", "lockedOut"])
            let consumed = try #require(sku["consumedUnits"] as? Int)
            #expect(consumed <= (units["enabled"] ?? 0) + (units["warning"] ?? 0))
            let skuID = try #require(sku["skuId"] as? String)
            #expect(sku["id"] as? String == "\(PracticeClient.northgate)_\(skuID)")
            let users = await client.graph(.get, "users?$top=999&$select=assignedLicenses", token)
            let holders = users.items.count { user in
                (user["assignedLicenses"] as? [[String: Any]] ?? []).contains { $0["skuId"] as? String == skuID }
            }
            #expect(holders <= consumed)
        }
        let few = await client.graph(.get, "subscribedSkus?$select=skuId,consumedUnits", token)
        #expect(few.items.allSatisfy { Set($0.keys) == ["skuId", "consumedUnits"] })
        #expect(await client.graph(.get, "subscribedSkus", try await client.graphToken()).items.isEmpty)
    }

    @Test func `secure scores are one a day, newest first, ninety of them`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let newest = await client.graph(.get, "security/secureScores?$top=1", token)
        #expect(newest.texts("id") == ["\(PracticeClient.northgate)_2026-01-15"])
        #expect(newest.texts("createdDateTime") == ["2026-01-15T00:00:00Z"])
        let next = try #require(newest.json["@odata.nextLink"] as? String)
        #expect(next.hasSuffix("/security/secureScores?$top=1&$skip=1"))
        #expect(await client.graph(.get, next, token).texts("createdDateTime") == ["2026-01-14T00:00:00Z"])
        let all = await client.graphPages("security/secureScores?$top=40", token)
        #expect(all.map(\.count) == [40, 40, 10])
        #expect(all.last?.last?["createdDateTime"] as? String == "2025-10-18T00:00:00Z")
        let score = try #require(newest.items.first)
        let parts = (score["controlScores"] as? [[String: Any]] ?? []).compactMap { $0["score"] as? Double }
        #expect(parts.reduce(0, +) == score["currentScore"] as? Double)
        try client.sandbox.advanceClock(by: 86400)
        let later = try await client.graphToken(tenant: PracticeClient.northgate)
        let tomorrow = await client.graph(.get, "security/secureScores?$top=2", later)
        #expect(tomorrow.texts("createdDateTime") == ["2026-01-16T00:00:00Z", "2026-01-15T00:00:00Z"])
        #expect(NSDictionary(dictionary: tomorrow.items[1]) == NSDictionary(dictionary: score))
    }

    @Test func `controls have profiles, and some tenants no score yet`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let profiles = await client.graph(.get, "security/secureScoreControlProfiles", token).texts("id")
        let scores = await client.graph(.get, "security/secureScores?$top=1", token).items.first?["controlScores"]
        #expect(Set((scores as? [[String: Any]] ?? []).compactMap { $0["controlName"] as? String }) == Set(profiles))
        let young = try await client.graphToken(tenant: "cccccccc-0000-4000-8000-000000000016")
        let none = await client.graph(.get, "security/secureScores?$top=1", young)
        #expect(none.status == 200 && none.items.isEmpty)
    }

    @Test func `the score asks for a role besides the permission`() async throws {
        let client = try await PracticeClient()
        let clerk = try await client.graphToken(as: "clerk@acmecloud.example")
        #expect(await client.graph(.get, "security/secureScores", clerk).errorCode == "Authorization_RequestDenied")
        #expect(await client.graph(.get, "organization", clerk).status == 200)
        let narrow = try await client.graphToken(scope: "\(PracticeClient.graph)/User.Read.All")
        #expect(await client.graph(.get, "security/secureScores", narrow).status == 403)
        #expect(await client.graph(.get, "subscribedSkus", narrow).status == 403)
    }

    @Test(arguments: [
        "security/secureScores?$top=0", "security/secureScores?$skip=-1", "security/secureScores?$skip=x",
    ])
    func `pages that can't be are refused`(path: String) async throws {
        let client = try await PracticeClient()
        #expect(await client.graph(.get, path, try await client.graphToken()).status == 400)
    }

    @Test(arguments: ["users?$top=2", "security/secureScores?$top=2", "users/delta"])
    func `the faults of pages come where they are set`(path: String) async throws {
        let client = try await PracticeClient(customers: 500)
        let tenant = "dddddddd-0000-4000-8000-000000000500"
        let token = try await client.graphToken(tenant: tenant)
        client.sandbox.add(Fault(.pageLoop, service: .graph))
        let first = await client.graph(.get, path, token)
        let loop = await client.graph(.get, first.json["@odata.nextLink"] as? String ?? "", token)
        #expect(loop.texts("id") == first.texts("id"))
        client.sandbox.add(Fault(.pageOverlap, service: .graph))
        let overlapping = await client.graph(.get, path, token)
        let next = await client.graph(.get, overlapping.json["@odata.nextLink"] as? String ?? "", token)
        #expect(next.texts("id").first == first.texts("id").last)
        client.sandbox.add(Fault(.nextLinkElsewhere, service: .graph))
        let elsewhere = await client.graph(.get, path, token).json["@odata.nextLink"] as? String
        #expect(elsewhere?.hasPrefix("https://elsewhere.example/graph/v1.0/") == true)
        #expect(await client.get("/control/faults").text == #"{"faults":[]}"#)
    }
}
