import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct DelegatedAdminTenantTests {
    typealias Client = DelegatedAdminClient

    @Test func `customers with an active relationship are listed, once each`() async throws {
        let admin = try await Client()
        let path = "tenantRelationships/delegatedAdminCustomers"
        #expect(await admin.items(path).isEmpty)
        let first = try admin.sandbox.delegate(in: Client.northgate)
        try admin.sandbox.delegate(roles: [Client.globalReader], in: "northgate.example")
        try admin.sandbox.delegate(in: Client.harbor)
        #expect(await admin.items(path).map { $0["tenantId"] as? String } == [Client.northgate, Client.harbor])
        let one = await admin.get("\(path)/\(Client.northgate)").json
        #expect(one["id"] as? String == Client.northgate)
        #expect(one["displayName"] as? String == "Northgate Bakery")
        let services = await admin.items("\(path)/\(Client.northgate)/serviceManagementDetails")
        #expect(services.contains { $0["serviceName"] as? String == "Exchange admin center" })
        #expect(services.allSatisfy { ($0["serviceManagementUrl"] as? String)?.hasPrefix("https://") == true })
        #expect(await admin.get("\(path)/cccccccc-0000-4000-8000-000000000003").status == 404)
        #expect(await admin.status(first) == "active")
        let other = try await Client.liberty(admin.client)
        #expect(await other.items(path).isEmpty)
    }

    @Test(arguments: [
        ("ByTenantId(tenantId='cccccccc-0000-4000-8000-000000000001')", 200),
        ("ByTenantId(tenantId='dddddddd-0000-4000-8000-000000000001')", 200),
        ("ByTenantId%28tenantId%3D%27CCCCCCCC-0000-4000-8000-000000000001%27%29", 200),
        ("ByDomainName(domainName='northgate.example')", 200), ("ByDomainName(domainName='libertyit.example')", 200),
        ("ByDomainName(domainName='nobody.example')", 404),
        ("ByTenantId(tenantId='cccccccc-0000-4000-8000-000000000099')", 404), ("ByTenantId(tenantId='northgate')", 400),
        ("ByTenantId(tenantId='')", 400), ("ByTenantId", 400), ("ByDomainName(tenantId='x.example')", 400),
        ("ByDomainName(domainName='x')", 400),
    ])
    func `any tenant is found by its id or a domain`(function: String, status: Int) async throws {
        let admin = try await Client()
        let reply = await admin.get("tenantRelationships/findTenantInformation\(function)")
        #expect(reply.status == status)
        #expect(status != 200 || reply.json["tenantId"] is String && reply.json["defaultDomainName"] is String)
    }

    @Test func `contracts are the partner's customers, by pages`() async throws {
        let admin = try await Client()
        var ids: [String] = []
        var path: String? = "contracts?$top=25"
        while let current = path, ids.count < 100 {
            let page = await admin.get(current).json
            let items = page["value"] as? [[String: Any]] ?? []
            #expect(items.allSatisfy { $0["contractType"] as? String == "ResellerPartner" })
            ids += items.compactMap { $0["customerId"] as? String }
            path = (page["@odata.nextLink"] as? String).map { String($0.dropFirst("http://127.0.0.1:8090".count)) }
        }
        #expect(Set(ids).count == 62)
        #expect(ids.count == 62)
    }

    @Test func `with a state file relationships and exports outlive a restart`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let first = try await Client(try await PracticeClient(stateFile: file))
        let id = try await first.activate(Client.wanted(autoExtend: "P180D"))
        #expect(await first.assign(id).status == 201)
        let before = await first.read(id)
        let export = await first.send(
            .post, "reports/partners/billing/usage/billed/export", #"{"invoiceId":"G000192601"}"#)
        let second = try await Client(try await PracticeClient(stateFile: file))
        #expect(NSDictionary(dictionary: await second.read(id)) == NSDictionary(dictionary: before))
        #expect(await second.items("\(Client.relationships)/\(id)/accessAssignments").count == 1)
        let operation = export.header("Location")?.replacing("http://127.0.0.1:8090", with: "") ?? ""
        #expect(await second.get(operation).status == 200)
    }
}
