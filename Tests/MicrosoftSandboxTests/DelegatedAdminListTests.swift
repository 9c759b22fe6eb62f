import Foundation
import MicrosoftSandbox
import Testing

@Suite struct DelegatedAdminListTests {
    typealias Client = DelegatedAdminClient

    @Test(arguments: [
        ("$filter=status%20eq%20'approvalPending'", ["b"]), ("$filter=displayName%20eq%20'it''s%20c'", ["it's c"]),
        ("$filter=customer/tenantId%20eq%20'cccccccc-0000-4000-8000-000000000001'", ["a", "b"]),
        ("$filter=customer%2FtenantId+eq+'CCCCCCCC-0000-4000-8000-000000000001'+and+status+eq+'created'", ["a"]),
        ("$filter=status%20eq%20'active'", []), ("$orderby=displayName%20desc", ["it's c", "b", "a"]),
        ("$orderby=createdDateTime", ["a", "b", "it's c"]), ("$top=2", ["a", "b"]),
    ])
    func `relationships are filtered and sorted`(query: String, names: [String]) async throws {
        let admin = try await filled()
        let items = await admin.items("\(Client.relationships)?\(query)")
        #expect(items.map { $0["displayName"] as? String } == names)
    }

    @Test(arguments: [
        "$top=0", "$top=301", "$top=x", "$top=-1", "$filter=status", "$filter=status%20eq", "$filter=x%20eq%20'1'",
        "$filter=status%20eq%20'active'%20or", "$filter=status%20eq%20'", "$orderby=duration", "$orderby=status%20up",
        "$count=maybe", "$select=nothing", "$skiptoken=x", "$skiptoken=", "$expand=requests", "$filter=%00%ff",
    ])
    func `a query that makes no sense is 400`(query: String) async throws {
        let admin = try await filled()
        let reply = await admin.get("\(Client.relationships)?\(query)")
        #expect(reply.status == (query == "$skiptoken=" ? 200 : 400))
    }

    @Test func `pages follow each other to the end, with the count on the first`() async throws {
        let admin = try await filled()
        let first = await admin.get("\(Client.relationships)?$top=2&$count=true")
        #expect(first.json["@odata.count"] as? Int == 3)
        let link = first.json["@odata.nextLink"] as? String ?? ""
        #expect(link.hasPrefix("http://127.0.0.1:8090/graph/v1.0/tenantRelationships/delegatedAdminRelationships?"))
        let second = await admin.get(String(link.dropFirst("http://127.0.0.1:8090".count)))
        #expect((second.json["value"] as? [[String: Any]])?.map { $0["displayName"] as? String } == ["it's c"])
        #expect(second.json["@odata.nextLink"] == nil)
        #expect(second.json["@odata.count"] == nil)
    }

    @Test(arguments: [(Fault.Kind.pageLoop, ["a"]), (.pageOverlap, ["a"]), (.nextLinkElsewhere, [])])
    func `pages go wrong on demand`(kind: Fault.Kind, next: [String]) async throws {
        let admin = try await filled()
        admin.sandbox.add(Fault(kind, service: .graph, call: .relationship))
        let first = await admin.get("\(Client.relationships)?$top=1")
        let link = first.json["@odata.nextLink"] as? String ?? ""
        if kind == .nextLinkElsewhere {
            #expect(link.hasPrefix("https://elsewhere.example/"))
        } else {
            let second = await admin.get(String(link.dropFirst("http://127.0.0.1:8090".count)))
            #expect((second.json["value"] as? [[String: Any]])?.map { $0["displayName"] as? String } == next)
        }
    }

    @Test func `a selection brings what was selected`() async throws {
        let admin = try await filled()
        let item = await admin.items("\(Client.relationships)?$select=id,status").first ?? [:]
        #expect(Set(item.keys).isSuperset(of: ["id", "status"]))
        #expect(item["displayName"] == nil)
        #expect(item["@odata.etag"] is String)
    }

    /// a and b with Northgate, of which b was sent, and c with Harbor.
    private func filled() async throws -> Client {
        let admin = try await Client()
        _ = await admin.create(Client.wanted("a"))
        let id = await admin.create(Client.wanted("b"))["id"] as? String ?? ""
        _ = await admin.request("lockForApproval", id)
        _ = await admin.create(Client.wanted("it's c", customer: Client.harbor))
        return admin
    }
}
