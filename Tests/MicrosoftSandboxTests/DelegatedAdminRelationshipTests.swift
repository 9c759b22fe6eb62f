import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct DelegatedAdminRelationshipTests {
    typealias Client = DelegatedAdminClient

    @Test func `a relationship is created, locked, approved, set up, and ends after its two years`() async throws {
        var admin = try await Client()
        let reply = await admin.send(.post, Client.relationships, Client.wanted())
        #expect(reply.status == 201)
        let id = reply.json["id"] as? String ?? ""
        #expect(id.count == 73)
        #expect(
            reply.header("Location")
                == "http://127.0.0.1:8090/graph/v1.0/tenantRelationships/delegatedAdminRelationships/\(id)")
        #expect(reply.json["status"] as? String == "created")
        #expect(reply.json["activatedDateTime"] is NSNull)
        #expect(reply.json["endDateTime"] is NSNull)
        #expect(
            (reply.json["customer"] as? [String: String])
                == ["tenantId": Client.northgate, "displayName": "Northgate Bakery"])

        let lock = await admin.request("lockForApproval", id)
        #expect(lock.status == 201)
        #expect(lock.json["status"] as? String == "created")
        #expect(await admin.status(id) == "approvalPending")
        let request = lock.json["id"] as? String ?? ""
        #expect(lock.header("Location")?.hasSuffix("/\(id)/requests/\(request)") == true)
        let path = "\(Client.relationships)/\(id)/requests/\(request)"
        #expect(await admin.get(path).json["status"] as? String == "pending")

        try admin.sandbox.approve(relationship: id, customer: "northgate.example")
        for (seconds, status) in [(0.0, "approved"), (1, "activating"), (1, "active")] {
            try admin.sandbox.advanceClock(by: seconds)
            #expect(await admin.status(id) == status)
        }
        #expect(await admin.get(path).json["status"] as? String == "succeeded")
        let active = await admin.read(id)
        #expect(active["activatedDateTime"] as? String == "2026-01-15T10:00:02.000Z")
        #expect(active["endDateTime"] as? String == "2028-01-15T10:00:02.000Z")

        admin = try await admin.later(by: 730 * 86400 - 1)
        #expect(await admin.status(id) == "active")
        for status in ["expiring", "expired"] {
            try admin.sandbox.advanceClock(by: 1)
            #expect(await admin.status(id) == status)
        }
    }

    @Test func `with auto-extension it goes on for 180 days at a time, until that is turned off`() async throws {
        var admin = try await Client()
        let id = try await admin.activate(Client.wanted(duration: "P1D", autoExtend: "P180D"))
        let first = await admin.read(id)
        admin = try await admin.later(by: 86400)
        let extended = await admin.read(id)
        #expect(extended["status"] as? String == "active")
        #expect(extended["endDateTime"] as? String == "2026-07-15T10:00:02.000Z")
        #expect(extended["@odata.etag"] as? String != first["@odata.etag"] as? String)
        admin = try await admin.later(by: 180 * 86400)
        #expect(await admin.read(id)["endDateTime"] as? String == "2027-01-11T10:00:02.000Z")

        let path = "\(Client.relationships)/\(id)"
        let off = await admin.send(
            .patch, path, #"{"autoExtendDuration":"PT0S"}"#, etag: await admin.etag(path))
        #expect(off.status == 200)
        #expect(off.json["endDateTime"] as? String == "2027-01-11T10:00:02.000Z")
        admin = try await admin.later(by: 180 * 86400 + 2)
        #expect(await admin.status(id) == "expired")
    }

    @Test func `the partner ends it: the end is then, not as planned`() async throws {
        let admin = try await Client()
        let id = try await admin.activate()
        #expect(await admin.request("terminate", id).status == 201)
        for status in ["terminationRequested", "terminating", "terminated"] {
            #expect(await admin.status(id) == status)
            try admin.sandbox.advanceClock(by: 1)
        }
        #expect(await admin.read(id)["endDateTime"] as? String == "2026-01-15T10:00:02.000Z")
        #expect(await admin.request("terminate", id).status == 400)
    }

    @Test func `a request that nobody answers for 90 days lapses, and a rejected one is terminated`() async throws {
        var admin = try await Client()
        let ids = [
            await admin.create()["id"] as? String ?? "", await admin.create(Client.wanted("b"))["id"] as? String ?? "",
        ]
        for id in ids { _ = await admin.request("lockForApproval", id) }
        try admin.sandbox.reject(relationship: ids[1], customer: Client.northgate)
        #expect(await admin.status(ids[1]) == "terminated")
        admin = try await admin.later(by: 90 * 86400 - 1)
        #expect(await admin.status(ids[0]) == "approvalPending")
        admin = try await admin.later(by: 1)
        #expect(await admin.status(ids[0]) == "expired")
        #expect(await admin.read(ids[0])["endDateTime"] is NSNull)
        #expect(throws: RelationshipRefusal.wrongStatus("expired")) {
            try admin.sandbox.approve(relationship: ids[0], customer: Client.northgate)
        }
    }

    @Test(arguments: [
        #"{"displayName":"","duration":"P1D","accessDetails":{"unifiedRoles":[{"roleDefinitionId":"ROLE"}]}}"#,
        #"{"displayName":"LONG","duration":"P1D","accessDetails":{"unifiedRoles":[{"roleDefinitionId":"ROLE"}]}}"#,
        #"{"displayName":7,"duration":"P1D","accessDetails":{"unifiedRoles":[{"roleDefinitionId":"ROLE"}]}}"#,
        #"{"duration":"P1D","accessDetails":{"unifiedRoles":[{"roleDefinitionId":"ROLE"}]}}"#,
        #"{"displayName":"a","accessDetails":{"unifiedRoles":[{"roleDefinitionId":"ROLE"}]}}"#,
        #"{"displayName":"a","duration":"P1D"}"#,
        #"{"displayName":"a","duration":"P1D","accessDetails":{"unifiedRoles":[]}}"#,
        #"{"displayName":"a","duration":"P1D","accessDetails":{"unifiedRoles":[{"roleDefinitionId":"reader"}]}}"#,
        #"{"displayName":"a","duration":"P1D","accessDetails":{"unifiedRoles":"ROLE"}}"#,
        #"{"displayName":"a","duration":"P1D","accessDetails":null}"#,
        #"{"displayName":"a","duration":"P1D","status":"active","accessDetails":{"unifiedRoles":[{"roleDefinitionId":"ROLE"}]}}"#,
        #"{"displayName":"a","duration":"P1D","customer":{"tenantId":"northgate"},"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"ROLE"}]}}"#,
        #"{"displayName":"a","duration":"P1D","customer":{"tenantId":"eeeeeeee-0000-4000-8000-000000000009"},"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"ROLE"}]}}"#,
        #"{"displayName":"a","duration":"P1D","autoExtendDuration":"P90D","accessDetails":{"unifiedRoles":[{"roleDefinitionId":"ROLE"}]}}"#,
        #"{"displayName":"a","duration":"P1D","autoExtendDuration":"P180D","accessDetails":{"unifiedRoles":[{"roleDefinitionId":"62e90394-69f5-4237-9190-012177145e10"}]}}"#,
        "[]", "null", "7", "{", "", #""text""#,
    ])
    func `what breaks a rule is 400 and makes nothing`(json: String) async throws {
        let admin = try await Client()
        let json = json.replacing("ROLE", with: Client.directoryReaders)
            .replacing("LONG", with: String(repeating: "x", count: 51))
        let reply = await admin.send(.post, Client.relationships, json)
        #expect(reply.status == 400)
        #expect((reply.json["error"] as? [String: Any])?["code"] as? String == "BadRequest")
        #expect(await admin.items(Client.relationships).isEmpty)
    }

    @Test(arguments: [
        ("P1D", 201), ("P2Y", 201), ("P730D", 201), ("P24M", 201), ("P1Y6M", 201), ("PT24H", 201), ("P3W", 201),
        ("P731D", 400), ("P0D", 400), ("PT23H", 400), ("P2Y1D", 400), ("730", 400), ("P", 400), ("PT", 400),
        ("P1", 400), ("P1DT", 400), ("-P1D", 400), ("P1X", 400), ("P1D1Y", 400),
        ("P99999999999999999999999999999999D", 400), ("P1.5D", 400), ("P١D", 400), ("P1DT1H", 201),
    ])
    func `a duration is from one day to two years`(duration: String, status: Int) async throws {
        let reply = await (try await Client()).send(.post, Client.relationships, Client.wanted(duration: duration))
        #expect(reply.status == status)
        #expect(status == 400 || reply.json["duration"] as? String == duration)
    }

    @Test func `a name is one partner's own, and not used twice by it`() async throws {
        let client = try await PracticeClient()
        let acme = try await Client(client)
        let liberty = try await Client.liberty(client)
        let theirs = "dddddddd-0000-4000-8000-000000000001"
        let first = await acme.create()["id"] as? String ?? ""
        let again = await acme.send(.post, Client.relationships, Client.wanted())
        #expect(again.status == 409)
        #expect((again.json["error"] as? [String: Any])?["code"] as? String == "Conflict")
        #expect(await liberty.send(.post, Client.relationships, Client.wanted(customer: theirs)).status == 201)
        #expect(await liberty.items(Client.relationships).count == 1)

        let path = "\(Client.relationships)/\(first)"
        for (method, tail) in [
            (HTTPRequest.Method.get, ""), (.patch, ""), (.delete, ""), (.get, "/requests"), (.get, "/operations"),
            (.get, "/accessAssignments"),
        ] {
            let reply = await liberty.send(
                method, path + tail, method == .patch ? "{\"displayName\":\"x\"}" : nil, etag: "*")
            #expect(reply.status == 404)
        }
        #expect(await liberty.request("lockForApproval", first).status == 404)
        #expect(await acme.status(first) == "created")
    }

    @Test func `only admin agents with MFA, with the permission, in the partner's own tenant`() async throws {
        let client = try await PracticeClient()
        for name in ["nomfa@acmecloud.example", "clerk@acmecloud.example"] {
            let other = try await Client(client, as: PracticePerson(name))
            let reply = await other.get(Client.relationships)
            #expect(reply.status == 403)
            #expect((reply.json["error"] as? [String: Any])?["code"] as? String == "Forbidden")
        }
        let narrow = try await Client(client, scope: "https://graph.microsoft.com/User.Read")
        #expect(await narrow.get(Client.relationships).status == 403)
        let scope = "https://graph.microsoft.com/.default offline_access"
        let refresh = await client.redeem(try await client.code(["scope": scope])).json["refresh_token"] as? String
        try client.sandbox.consent(forTenant: Client.northgate)
        try client.sandbox.delegate(in: Client.northgate)
        let there = await client.refresh(refresh ?? "", tenant: Client.northgate, scope: scope).json["access_token"]
        let headers = ["Authorization": "Bearer \(there as? String ?? "")"]
        #expect(await client.get("/graph/v1.0/\(Client.relationships)", headers: headers).status == 403)
        #expect(await client.get("/graph/v1.0/\(Client.relationships)").status == 401)

        let admin = try await Client(client)
        client.sandbox.add(Fault(.mfaClaimMissing, service: .graph, call: .relationship))
        #expect(await admin.get(Client.relationships).status == 403)
        #expect(await admin.get(Client.relationships).status == 200)
    }

    @Test func `what was approved by one customer serves no other`() async throws {
        let admin = try await Client()
        let open = await admin.create(Client.wanted(customer: nil))
        let id = open["id"] as? String ?? ""
        #expect(open["customer"] is NSNull)
        #expect(throws: RelationshipRefusal.wrongStatus("created")) {
            try admin.sandbox.approve(relationship: id, customer: Client.harbor)
        }
        _ = await admin.request("lockForApproval", id)
        try admin.sandbox.approve(relationship: id, customer: Client.harbor)
        #expect((await admin.read(id)["customer"] as? [String: String])?["displayName"] == "Harbor Dental")
        #expect(throws: RelationshipRefusal.otherCustomer) {
            try admin.sandbox.terminate(relationship: id, customer: Client.northgate)
        }
    }

    @Test func `late members of enumerations come by name only to those who ask`() async throws {
        let admin = try await Client()
        let id = await admin.create()["id"] as? String ?? ""
        _ = await admin.request("lockForApproval", id)
        try admin.sandbox.reject(relationship: id, customer: Client.northgate)
        let path = "\(Client.relationships)/\(id)/requests"
        #expect(await admin.items(path).map { $0["action"] as? String } == ["lockForApproval", "unknownFutureValue"])
        let preferred = await admin.get(path, headers: ["Prefer": "include-unknown-enum-members"])
        #expect(preferred.header("Preference-Applied") == "include-unknown-enum-members")
        #expect((preferred.json["value"] as? [[String: Any]])?.last?["action"] as? String == "reject")
    }

    @Test(arguments: [
        #"{}"#, #"{"action":"approve"}"#, #"{"action":"reject"}"#, #"{"action":"terminate"}"#, #"{"action":7}"#,
        #"{"action":"lockForApproval","status":"succeeded"}"#, "[]", "",
    ])
    func `a request that a partner can't make is 400`(json: String) async throws {
        let admin = try await Client()
        let id = await admin.create()["id"] as? String ?? ""
        #expect(await admin.send(.post, "\(Client.relationships)/\(id)/requests", json).status == 400)
        #expect(await admin.status(id) == "created")
    }

    @Test(arguments: ["nothing", "%00", "..%2f..", "'", String(repeating: "a", count: 3000), "%ff", "🏳️‍🌈"])
    func `an id that nobody has is 404`(id: String) async throws {
        let admin = try await Client()
        let encoded = id.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["%"])) ?? ""
        #expect(await admin.get("\(Client.relationships)/\(encoded)").status == 404)
        #expect(await admin.get("\(Client.relationships)/\(encoded)/accessAssignments/x").status == 404)
    }

    @Test func `the log says what was changed`() async throws {
        let admin = try await Client()
        let id = await admin.create()["id"] as? String ?? ""
        _ = await admin.request("lockForApproval", id)
        let changes = admin.sandbox.loggedRequests.suffix(2).map(\.changes)
        #expect(
            changes == [
                ["relationship \(id) created for \(Client.northgate)"], ["relationship \(id): lockForApproval"],
            ])
        #expect(admin.sandbox.loggedRequests.last?.call == .relationshipRequests)
    }
}
