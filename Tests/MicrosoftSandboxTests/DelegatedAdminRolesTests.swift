import HTTPTypes
import Testing

@testable import MicrosoftSandbox

/// What relationships give: the roles that tokens for a customer's tenant are made with.
@Suite struct DelegatedAdminRolesTests {
    typealias Client = DelegatedAdminClient

    private func roles(
        _ admin: Client, _ userName: String = "admin@acmecloud.example", at customer: String = Client.northgate
    ) throws -> [String] {
        let world = admin.sandbox.world
        return admin.sandbox.delegatedRoles(
            of: try #require(world.account(userName: userName)), in: try #require(world.directory(named: customer)))
    }

    @Test func `roles come with the assignment in force, to the group's people, at this customer only`() async throws {
        let admin = try await Client()
        let id = try await admin.activate()
        #expect(try roles(admin).isEmpty)
        _ = await admin.assign(id)
        #expect(try roles(admin).isEmpty)
        try admin.sandbox.advanceClock(by: 1)
        #expect(try roles(admin) == [Client.directoryReaders])
        #expect(try roles(admin, at: Client.harbor).isEmpty)
        #expect(try roles(admin, at: PracticeClient.acme).isEmpty)
        for other in ["clerk@acmecloud.example", "admin@libertyit.example", "user@northgate.example"] {
            #expect(try roles(admin, other).isEmpty)
        }
        try admin.sandbox.delegate(roles: [Client.globalReader], in: Client.northgate)
        #expect(Set(try roles(admin)) == [Client.directoryReaders, Client.globalReader])
    }

    @Test func `a change keeps the former roles until it is through, and a deletion takes them at once`() async throws {
        let admin = try await Client()
        let id = try await admin.activate()
        let path =
            "\(Client.relationships)/\(id)/accessAssignments/\(await admin.assign(id).json["id"] as? String ?? "")"
        try admin.sandbox.advanceClock(by: 1)
        let other = #"{"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"\#(Client.globalReader)"}]}}"#
        #expect(await admin.send(.patch, path, other, etag: await admin.etag(path)).status == 202)
        #expect(try roles(admin) == [Client.directoryReaders])
        try admin.sandbox.advanceClock(by: 1)
        #expect(try roles(admin) == [Client.globalReader])
        #expect(await admin.send(.delete, path, etag: await admin.etag(path)).status == 204)
        #expect(try roles(admin).isEmpty)
    }

    @Test func `whichever way a relationship ends, its roles end with it`() async throws {
        let admin = try await Client()
        let first = try admin.sandbox.delegate(in: Client.northgate)
        #expect(try roles(admin) == [Client.directoryReaders])
        try admin.sandbox.terminate(relationship: first, customer: Client.northgate)
        #expect(try roles(admin).isEmpty)
        let second = try admin.sandbox.delegate(in: Client.northgate)
        #expect(await admin.request("terminate", second).status == 201)
        #expect(try roles(admin).isEmpty)
        try admin.sandbox.delegate(in: Client.northgate)
        try admin.sandbox.advanceClock(by: 730 * 86400)
        #expect(try roles(admin).isEmpty)
        try admin.sandbox.delegate(in: Client.northgate)
        try admin.sandbox.reset()
        #expect(try roles(admin).isEmpty)
    }
}
