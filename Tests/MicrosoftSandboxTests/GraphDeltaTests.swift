import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct GraphDeltaTests {
    private let selection = "users/delta?$select=displayName,accountEnabled"

    @Test func `the first round is everybody, and the next one only what changed`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let first = await client.graph(.get, selection, token)
        let link = try #require(first.json["@odata.deltaLink"] as? String)
        #expect(first.items.count == (await client.graph(.get, "users?$top=999", token).items.count))
        #expect(first.items.allSatisfy { Set($0.keys) == ["id", "displayName", "accountEnabled"] })
        #expect(
            first.json["@odata.context"] as? String
                == "http://127.0.0.1:8090/graph/v1.0/$metadata#users(displayName,accountEnabled)")
        #expect(await client.graph(.get, link, token).items.isEmpty)

        let made = await client.control("directories/\(PracticeClient.acme)/users", #"{"name":"Nadja Neu"}"#)
        let id = try #require(made.json["id"] as? String)
        try await change(client, "clerk@acmecloud.example", #"{"name":"Cleo Nova"}"#)
        try await change(client, "nomfa@acmecloud.example", #"{"enabled":"false"}"#)
        try await change(client, "guest@acmecloud.example", #"{"removed":"true"}"#)
        let second = await client.graph(.get, link, token)
        #expect(second.items.count == 4)
        #expect(second.items.first { $0["id"] as? String == id }?["displayName"] as? String == "Nadja Neu")
        #expect(second.items.contains { $0["displayName"] as? String == "Cleo Nova" })
        #expect(second.items.contains { $0["accountEnabled"] as? Bool == false })
        let removed = try #require(second.items.first { $0["@removed"] != nil })
        #expect(removed["id"] as? String == "aaaaaaaa-0000-4000-8000-0000000000b5")
        #expect((removed["@removed"] as? [String: String]) == ["reason": "changed"])
        let third = await client.graph(.get, second.json["@odata.deltaLink"] as? String ?? "", token)
        #expect(third.status == 200 && third.items.isEmpty)
        #expect(await client.graph(.get, link, token).items.count == 4)
    }

    @Test func `what wasn't selected is not told, and minimal answers hold what changed`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let link = try await deltaLink(client, "users/delta?$select=displayName,mail", token)
        try await change(client, "clerk@acmecloud.example", #"{"enabled":"false"}"#)
        #expect(await client.graph(.get, link, token).items.isEmpty)
        try await change(client, "clerk@acmecloud.example", #"{"name":"Cleo Nova"}"#)
        let whole = await client.graph(.get, link, token)
        #expect(whole.items.first?["mail"] as? String == "clerk@acmecloud.example")
        let minimal = await client.graph(.get, link, token, headers: ["Prefer": "return=minimal"])
        #expect(Set(minimal.items.first?.keys.map { $0 } ?? []) == ["id", "displayName"])
    }

    @Test func `latest gives a link and no data`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let latest = await client.graph(.get, "users/delta?$deltaToken=latest", token)
        #expect(latest.items.isEmpty)
        try await change(client, "clerk@acmecloud.example", #"{"removed":"permanently"}"#)
        let next = await client.graph(.get, latest.json["@odata.deltaLink"] as? String ?? "", token)
        #expect((next.items.first?["@removed"] as? [String: String])?["reason"] == "deleted")
    }

    @Test func `somebody restored is there again`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let link = try await deltaLink(client, "users/delta", token)
        try await change(client, "clerk@acmecloud.example", #"{"removed":"true"}"#)
        let id = "aaaaaaaa-0000-4000-8000-0000000000b3"
        #expect(await client.graph(.get, "users/\(id)", token).status == 404)
        try await change(client, id, #"{"removed":"false"}"#)
        let items = await client.graph(.get, link, token).items
        #expect(items.map { $0["displayName"] as? String } == ["Cleo Clerk"])
        #expect(items.first?["@removed"] == nil)
    }

    @Test func `rounds come in pages, and changes under way wait for the next round`() async throws {
        let client = try await PracticeClient(customers: 500)
        let tenant = "dddddddd-0000-4000-8000-000000000500"
        let token = try await client.graphToken(tenant: tenant)
        var ids: [String] = []
        var reply = await client.graph(.get, "users/delta?$select=id", token)
        var pages = 1
        while let next = reply.json["@odata.nextLink"] as? String, pages < 20 {
            ids += reply.texts("id")
            if pages == 3 { try await change(client, ids[0], #"{"name":"Changed"}"#, tenant: tenant) }
            reply = await client.graph(.get, next, token)
            pages += 1
        }
        ids += reply.texts("id")
        #expect(ids.count == 1500 && Set(ids).count == 1500)
        #expect(pages == 8)
        let sized = await client.graph(.get, "users/delta", token, headers: ["Prefer": "odata.maxpagesize=7"])
        #expect(sized.items.count == 7)
    }

    @Test func `a delta may be about some users only`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let id = "aaaaaaaa-0000-4000-8000-0000000000b3"
        let first = await client.graph(.get, "users/delta?$filter=id eq '\(id)' or id eq '\(id.dropLast())1'", token)
        #expect(first.items.count == 2)
        try await change(client, "clerk@acmecloud.example", #"{"name":"Cleo Nova"}"#)
        try await change(client, "guest@acmecloud.example", #"{"name":"Gail Nova"}"#)
        let next = await client.graph(.get, first.json["@odata.deltaLink"] as? String ?? "", token)
        #expect(next.texts("displayName") == ["Cleo Nova"])
        let many = Array(repeating: "id eq '\(id)'", count: 51).joined(separator: " or ")
        #expect(await client.graph(.get, "users/delta?$filter=\(many)", token).status == 400)
    }

    @Test func `after seven days the token is gone, and the address says where to begin anew`() async throws {
        let client = try await PracticeClient()
        let link = try await deltaLink(client, selection, try await client.graphToken())
        try client.sandbox.advanceClock(by: 8 * 86400)
        let token = try await client.graphToken()
        let gone = await client.graph(.get, link, token)
        #expect(gone.status == 410)
        #expect(gone.errorCode == "syncStateNotFound")
        let again = await client.graph(.get, try #require(gone.header("Location")), token)
        #expect(again.status == 200)
        #expect(again.items.allSatisfy { Set($0.keys) == ["id", "displayName", "accountEnabled"] })
    }

    @Test func `tokens of another tenant, or of another kind, are not found`() async throws {
        let client = try await PracticeClient()
        let link = try await deltaLink(client, selection, try await client.graphToken())
        let stranger = try await client.graphToken(tenant: PracticeClient.northgate)
        #expect(await client.graph(.get, link, stranger).errorCode == "syncStateNotFound")
        let asPage = link.replacingOccurrences(of: "$deltatoken", with: "$skiptoken")
        #expect(await client.graph(.get, asPage, try await client.graphToken()).errorCode == "syncStateNotFound")
    }

    @Test(arguments: [
        #"{"name":""}"#, #"{"enabled":"perhaps"}"#, #"{"removed":"gone"}"#, "{}", "[]", #"{"name":{"x":1}}"#,
    ])
    func `a change that makes no sense is refused`(json: String) async throws {
        let client = try await PracticeClient()
        #expect(
            await client.control("directories/\(PracticeClient.acme)/users/clerk@acmecloud.example", json).status == 400
        )
    }

    @Test func `nobody is created twice or elsewhere`() async throws {
        let client = try await PracticeClient()
        let path = "directories/\(PracticeClient.acme)/users"
        let elsewhere = await client.control(path, #"{"name":"A","userName":"a@libertyit.example"}"#)
        #expect(elsewhere.status == 400)
        #expect(await client.control(path, #"{"name":"A","userName":"admin@acmecloud.example"}"#).status == 400)
        #expect(await client.control("directories/nowhere.example/users", #"{"name":"A"}"#).status == 404)
        #expect(await client.control("\(path)/nobody", #"{"name":"A"}"#).status == 404)
    }

    private func deltaLink(_ client: PracticeClient, _ path: String, _ token: String) async throws -> String {
        try #require(await client.graph(.get, path, token).json["@odata.deltaLink"] as? String)
    }

    private func change(
        _ client: PracticeClient, _ user: String, _ json: String, tenant: String = PracticeClient.acme
    ) async throws {
        #expect(await client.control("directories/\(tenant)/users/\(user)", json).status == 200)
    }
}
