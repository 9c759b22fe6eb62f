import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct DelegatedAdminFuzzTests {
    typealias Client = DelegatedAdminClient

    private static let values = [
        "null", "true", "-1", "1e400", "9223372036854775808", "[]", "{}", "[[]]", #""""#, #"" ""#, #""\u0000""#,
        #""\ud800""#, #""PT99999999999999999999H""#, #""P9223372036854775807Y""#, #""\u202e""#,
        #"{"unifiedRoles":{}}"#, #"{"unifiedRoles":[null]}"#, #"{"unifiedRoles":[{"roleDefinitionId":null}]}"#,
        #"{"tenantId":null}"#, #"{"tenantId":"00000000-0000-0000-0000-000000000000"}"#,
        "\"" + String(repeating: "x", count: 10_000) + "\"",
        String(repeating: "[", count: 50) + String(repeating: "]", count: 50),
    ]

    @Test(arguments: [
        "displayName", "duration", "customer", "accessDetails", "autoExtendDuration", "id", "@odata.type",
    ])
    func `whatever a property holds, the answer is an answer`(property: String) async throws {
        let admin = try await Client()
        let id = await admin.create(Client.wanted("first"))["id"] as? String ?? ""
        let path = "\(Client.relationships)/\(id)"
        for value in Self.values {
            let body = "{\"\(property)\":\(value)}"
            let patched = await admin.send(.patch, path, body, etag: "*").status
            #expect([200, 400].contains(patched), "\(body.prefix(60)): \(patched)")
            for (method, place) in [
                (HTTPRequest.Method.post, Client.relationships), (.post, "\(path)/requests"),
                (.post, "\(path)/accessAssignments"), (.post, "reports/partners/billing/usage/billed/export"),
            ] {
                let status = await admin.send(method, place, body).status
                #expect(status == 400, "\(place) \(body.prefix(60)): \(status)")
            }
        }
    }

    @Test(arguments: [
        "$filter", "$top", "$orderby", "$select", "$skiptoken", "$count", "$search", "$deltatoken", "$expand", "$skip",
        "x",
    ])
    func `whatever a query holds, the answer is 200 or 400`(name: String) async throws {
        let admin = try await Client()
        let lists = [Client.relationships, "tenantRelationships/delegatedAdminCustomers", "contracts"]
        for value in [
            "", "'", "''", "%00", "%ff", "%27%27%27", "(((", "status eq", "status+eq+'x'+and", "1e9", "-0", "null",
            String(repeating: "(", count: 9000), "99999999999999999999", "a,,b", ",", "%F0%9F%92%A9",
        ] {
            for list in lists {
                let path = "\(list)?\(name)=\(value.replacing(" ", with: "%20"))"
                let status = await admin.get(path).status
                #expect([200, 400].contains(status), "\(path.prefix(120)): \(status)")
            }
        }
    }

    @Test(arguments: [
        (HTTPRequest.Method.put, Client.relationships, "Request_BadRequest"),
        (.delete, "tenantRelationships/delegatedAdminCustomers", "Request_BadRequest"),
        (.get, "reports/partners/billing/usage/billed/export", "Request_BadRequest"),
        (.delete, "/azure/providers/Microsoft.Billing/billingAccounts", "MethodNotAllowed"),
    ])
    func `a method that an address does not have is 405, in the service's shape`(
        method: HTTPRequest.Method, path: String, code: String
    ) async throws {
        let reply = await (try await Client()).send(method, path)
        #expect(reply.status == 405)
        #expect((reply.json["error"] as? [String: Any])?["code"] as? String == code)
    }

    @Test(arguments: ["W/\"\"", "\"", ",", " ", "*, *", String(repeating: "W/\"x\",", count: 2000), "\u{e9}"])
    func `an etag of nobody is 400 or 412`(etag: String) async throws {
        let admin = try await Client()
        let id = await admin.create()["id"] as? String ?? ""
        let status = await admin.send(.delete, "\(Client.relationships)/\(id)", etag: etag).status
        #expect([400, 412].contains(status))
        #expect(await admin.status(id) == "created")
    }
}
