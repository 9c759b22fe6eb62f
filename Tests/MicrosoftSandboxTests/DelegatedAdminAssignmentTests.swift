import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct DelegatedAdminAssignmentTests {
    typealias Client = DelegatedAdminClient

    @Test func `a group gets roles: pending first, then active`() async throws {
        let admin = try await Client()
        let id = try await admin.activate()
        let reply = await admin.assign(id)
        #expect(reply.status == 201)
        #expect(reply.json["status"] as? String == "pending")
        #expect(
            reply.json["accessContainer"] as? [String: String]
                == ["accessContainerId": Client.adminAgents, "accessContainerType": "securityGroup"])
        let path = "\(Client.relationships)/\(id)/accessAssignments/\(reply.json["id"] as? String ?? "")"
        #expect(reply.header("Location") == "http://127.0.0.1:8090/graph/v1.0/\(path)")
        #expect(await admin.get(path).json["status"] as? String == "pending")
        try admin.sandbox.advanceClock(by: 1)
        let active = await admin.get(path).json
        #expect(active["status"] as? String == "active")
        #expect(active["@odata.etag"] as? String != reply.json["@odata.etag"] as? String)
        #expect(await admin.assign(id).status == 409)
        #expect(await admin.items("\(Client.relationships)/\(id)/accessAssignments").count == 1)
    }

    @Test func `roles are changed by an operation, unless they stay the same`() async throws {
        let admin = try await Client()
        let id = try await admin.activate()
        let path =
            "\(Client.relationships)/\(id)/accessAssignments/\(await admin.assign(id).json["id"] as? String ?? "")"
        let same = roles([Client.directoryReaders])
        let more = roles([Client.directoryReaders, Client.globalReader])
        #expect(await admin.send(.patch, path, more).status == 400)
        #expect(await admin.send(.patch, path, more, etag: "W/\"old\"").status == 412)
        let unchanged = await admin.send(.patch, path, same, etag: await admin.etag(path))
        #expect(unchanged.status == 200)
        let reply = await admin.send(.patch, path, more, etag: await admin.etag(path))
        #expect(reply.status == 202)
        #expect(reply.header("Retry-After") == "10")
        let operation = String(reply.header("Location")?.split(separator: "/graph/v1.0/").last ?? "")
        #expect(await admin.get(operation).json["operationType"] as? String == "delegatedAdminAccessAssignmentUpdate")
        #expect(await admin.get(path).json["status"] as? String == "pending")
        try admin.sandbox.advanceClock(by: 1)
        #expect(await admin.get(operation).json["status"] as? String == "succeeded")
        #expect(await admin.get(path).json["status"] as? String == "active")
        #expect(await admin.send(.patch, path, roles([]), etag: await admin.etag(path)).status == 400)
        let whole = #"{"accessContainer":{"accessContainerId":"x"},"accessDetails":null}"#
        #expect(await admin.send(.patch, path, whole, etag: await admin.etag(path)).status == 400)
    }

    @Test func `a deleted one is deleting, then gone, and its group may come again`() async throws {
        let admin = try await Client()
        let id = try await admin.activate()
        let path =
            "\(Client.relationships)/\(id)/accessAssignments/\(await admin.assign(id).json["id"] as? String ?? "")"
        #expect(await admin.send(.delete, path).status == 400)
        #expect(await admin.send(.delete, path, etag: await admin.etag(path)).status == 204)
        #expect(await admin.get(path).json["status"] as? String == "deleting")
        #expect(await admin.send(.delete, path, etag: await admin.etag(path)).status == 400)
        try admin.sandbox.advanceClock(by: 1)
        #expect(await admin.get(path).status == 404)
        #expect(await admin.items("\(Client.relationships)/\(id)/accessAssignments").isEmpty)
        #expect(await admin.assign(id).status == 201)
    }

    @Test func `only groups of the partner, roles of the relationship, and active relationships`() async throws {
        let admin = try await Client()
        let id = await admin.create()["id"] as? String ?? ""
        let early = await admin.assign(id)
        #expect(early.status == 400)
        #expect(message(early).contains("created"))
        let active = try await admin.activate(Client.wanted("Other"))
        let stranger = await admin.assign(active, group: "aaaaaaaa-0000-4000-8000-00000000dead")
        #expect(stranger.status == 400)
        #expect(message(stranger) == "The access container does not exist.")
        #expect(await admin.assign(active, roles: [Client.globalAdministrator]).status == 400)
        #expect(await admin.assign(active, roles: []).status == 400)
        #expect(await admin.assign(active, group: "AdminAgents").status == 400)
        #expect(await admin.items("\(Client.relationships)/\(active)/accessAssignments").isEmpty)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"accessContainer":7,"accessDetails":7}"#,
        #"{"accessContainer":{"accessContainerId":"GROUP","accessContainerType":"user"},"accessDetails":ROLES}"#,
        #"{"accessContainer":{"accessContainerId":"GROUP"},"accessDetails":ROLES}"#,
        #"{"accessContainer":{"accessContainerId":"GROUP","accessContainerType":"securityGroup"},"accessDetails":ROLES,"status":"active"}"#,
    ])
    func `an assignment that makes no sense is 400`(json: String) async throws {
        let admin = try await Client()
        let id = try await admin.activate()
        let json = json.replacing("GROUP", with: Client.adminAgents).replacing(
            "ROLES", with: #"{"unifiedRoles":[{"roleDefinitionId":"\#(Client.directoryReaders)"}]}"#)
        #expect(await admin.send(.post, "\(Client.relationships)/\(id)/accessAssignments", json).status == 400)
    }

    private func roles(_ ids: [String]) -> String {
        Client.text(["accessDetails": ["unifiedRoles": ids.map { ["roleDefinitionId": $0] }]])
    }

    private func message(_ reply: PracticeClient.Reply) -> String {
        (reply.json["error"] as? [String: Any])?["message"] as? String ?? ""
    }
}
