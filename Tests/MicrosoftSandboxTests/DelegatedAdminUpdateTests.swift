import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct DelegatedAdminUpdateTests {
    typealias Client = DelegatedAdminClient

    @Test func `before it is locked everything can be changed, with the last etag`() async throws {
        let admin = try await Client()
        let made = await admin.create()
        let path = "\(Client.relationships)/\(made["id"] as? String ?? "")"
        let etag = made["@odata.etag"] as? String ?? ""
        let changed = await admin.send(
            .patch, path,
            Client.wanted(
                "Other", duration: "P31D", customer: Client.harbor, roles: [Client.globalReader], autoExtend: "P180D"),
            etag: etag)
        #expect(changed.status == 200)
        #expect(changed.json["displayName"] as? String == "Other")
        #expect(changed.json["duration"] as? String == "P31D")
        #expect(changed.json["autoExtendDuration"] as? String == "P180D")
        #expect((changed.json["customer"] as? [String: String])?["tenantId"] == Client.harbor)
        let free = await admin.send(
            .patch, path, #"{"customer":null}"#, etag: changed.json["@odata.etag"] as? String)
        #expect(free.json["customer"] is NSNull)
        #expect(free.json["displayName"] as? String == "Other")
    }

    @Test func `without an etag it is 400, with an old one 412, and nothing changes`() async throws {
        let admin = try await Client()
        let made = await admin.create()
        let id = made["id"] as? String ?? ""
        let path = "\(Client.relationships)/\(id)"
        let etag = made["@odata.etag"] as? String ?? ""
        let json = #"{"displayName":"Other"}"#
        #expect(await admin.send(.patch, path, json).status == 400)
        #expect(await admin.send(.delete, path).status == 400)
        #expect(await admin.send(.patch, path, json, etag: etag).status == 200)
        for method in [HTTPRequest.Method.patch, .delete] {
            let stale = await admin.send(method, path, method == .patch ? json : nil, etag: etag)
            #expect(stale.status == 412)
            #expect((stale.json["error"] as? [String: Any])?["code"] as? String == "PreconditionFailed")
        }
        let locked = await admin.send(
            .post, "\(path)/requests", #"{"action":"lockForApproval"}"#, etag: etag)
        #expect(locked.status == 412)
        #expect(await admin.status(id) == "created")
    }

    @Test func `the etag of one relationship does not fit another`() async throws {
        let admin = try await Client()
        let first = await admin.create()
        let other = await admin.create(Client.wanted("Other"))
        let path = "\(Client.relationships)/\(first["id"] as? String ?? "")"
        #expect(await admin.send(.delete, path, etag: other["@odata.etag"] as? String).status == 412)
    }

    @Test func `the etag is another one with each status`() async throws {
        let admin = try await Client()
        let made = await admin.create()
        let id = made["id"] as? String ?? ""
        var etags = [made["@odata.etag"] as? String ?? ""]
        _ = await admin.request("lockForApproval", id)
        etags.append(await admin.etag("\(Client.relationships)/\(id)"))
        try admin.sandbox.approve(relationship: id, customer: Client.northgate)
        for _ in 0..<3 {
            etags.append(await admin.etag("\(Client.relationships)/\(id)"))
            try admin.sandbox.advanceClock(by: 1)
        }
        #expect(Set(etags).count == 5)
        #expect(etags.allSatisfy { $0.hasPrefix("W/\"") && $0.hasSuffix("\"") })
    }

    @Test func `of two changes at once with the same etag one wins`() async throws {
        let admin = try await Client()
        let made = await admin.create()
        let path = "\(Client.relationships)/\(made["id"] as? String ?? "")"
        let etag = made["@odata.etag"] as? String ?? ""
        let statuses = await withTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                group.addTask { await admin.send(.patch, path, #"{"displayName":"n\#(number)"}"#, etag: etag).status }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.sorted() == [200] + Array(repeating: 412, count: 7))
    }

    @Test func `an active one changes its extension, and loses Global Administrator by an operation`() async throws {
        let admin = try await Client()
        let id = try await admin.activate(
            Client.wanted(roles: [Client.globalAdministrator, Client.directoryReaders]))
        _ = await admin.assign(id, roles: [Client.globalAdministrator, Client.directoryReaders])
        let path = "\(Client.relationships)/\(id)"
        for json in [
            #"{"displayName":"x"}"#, #"{"duration":"P1D"}"#, #"{"customer":null}"#,
            #"{"autoExtendDuration":"P180D"}"#,
            #"{"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"\#(Client.globalAdministrator)"}]}}"#,
            #"{"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"\#(Client.globalReader)"}]}}"#, "{}",
        ] {
            #expect(await admin.send(.patch, path, json, etag: await admin.etag(path)).status == 400, "\(json)")
        }
        let less = #"{"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"\#(Client.directoryReaders)"}]}}"#
        let reply = await admin.send(.patch, path, less, etag: await admin.etag(path))
        #expect(reply.status == 202)
        #expect(reply.header("Retry-After") == "10")
        let operation = String(reply.header("Location")?.split(separator: "/graph/v1.0/").last ?? "")
        let running = await admin.get(operation).json
        #expect(running["status"] as? String == "running")
        #expect(running["operationType"] as? String == "unknownFutureValue")
        try admin.sandbox.advanceClock(by: 1)
        let done = await admin.get(operation, headers: ["Prefer": "include-unknown-enum-members"]).json
        #expect(done["status"] as? String == "succeeded")
        #expect(done["operationType"] as? String == "delegatedAdminRelationshipUpdate")
        #expect(await admin.items("\(path)/operations").count == 1)
        #expect(roles(await admin.read(id)) == [Client.directoryReaders])
        #expect(roles(await admin.items("\(path)/accessAssignments").first ?? [:]) == [Client.directoryReaders])
        let extended = await admin.send(
            .patch, path, #"{"autoExtendDuration":"P180D"}"#, etag: await admin.etag(path))
        #expect(extended.status == 200)
        #expect(extended.json["autoExtendDuration"] as? String == "P180D")
    }

    @Test func `only a created one can be deleted, and it is gone`() async throws {
        let admin = try await Client()
        let first = await admin.create()
        let path = "\(Client.relationships)/\(first["id"] as? String ?? "")"
        let deleted = await admin.send(.delete, path, etag: first["@odata.etag"] as? String)
        #expect(deleted.status == 204)
        #expect(deleted.body.isEmpty)
        #expect(await admin.get(path).status == 404)
        let active = "\(Client.relationships)/\(try await admin.activate())"
        #expect(await admin.send(.delete, active, etag: await admin.etag(active)).status == 400)
    }

    private func roles(_ json: [String: Any]) -> [String] {
        let details = json["accessDetails"] as? [String: Any]
        return (details?["unifiedRoles"] as? [[String: String]] ?? []).compactMap { $0["roleDefinitionId"] }
    }
}
