import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct GraphGroupTests {
    private static let agents = "aaaaaaaa-0b01-4000-8000-000000000001"
    private static let clerk = "aaaaaaaa-0000-4000-8000-0000000000b3"
    private static let administrator = "aaaaaaaa-0000-4000-8000-0000000000b1"

    private func reference(_ id: String) -> String {
        #"{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/\#(id)"}"#
    }

    @Test func `a partner's directory has the admin agents with those who are some`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let groups = await client.graph(.get, "groups?$filter=displayName eq 'AdminAgents'", token)
        #expect(groups.texts("id") == [Self.agents])
        let members = await client.graph(.get, "groups/\(Self.agents)/members", token)
        #expect(Set(members.texts("userPrincipalName")) == ["admin@acmecloud.example", "nomfa@acmecloud.example"])
        #expect(members.texts("@odata.type").allSatisfy { $0 == "#microsoft.graph.user" })
        let group = await client.graph(.get, "groups/\(Self.agents.uppercased())?$select=displayName", token)
        #expect(group.json["displayName"] as? String == "AdminAgents")
    }

    @Test func `a member is added, is there, can't be added again, and is removed`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let path = "groups/\(Self.agents)/members"
        #expect(await client.graph(.post, "\(path)/$ref", token, body: reference(Self.clerk)).status == 204)
        #expect(await client.graph(.get, path, token).texts("id").contains(Self.clerk))
        let memberships = await client.graph(.get, "users/\(Self.clerk)/memberOf", token)
        #expect(memberships.texts("displayName").contains("AdminAgents"))
        let again = await client.graph(.post, "\(path)/$ref", token, body: reference(Self.clerk))
        #expect(again.status == 400)
        #expect(
            again.errorMessage
                == "One or more added object references already exist for the following modified properties: 'members'."
        )
        #expect(await client.graph(.delete, "\(path)/\(Self.clerk)/$ref", token).status == 204)
        #expect(await client.graph(.delete, "\(path)/\(Self.clerk)/$ref", token).status == 404)
        #expect(await client.graph(.delete, "\(path)/\(Self.administrator)/$ref", token).status == 204)
        #expect(await client.graph(.get, path, token).items.count == 1)
        #expect(client.sandbox.loggedRequests.flatMap(\.changes).count == 3)
    }

    @Test func `a group is created, changed, and filled with up to twenty at once`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let body =
            #"{"displayName":"Portal people","mailEnabled":false,"mailNickname":"portal","securityEnabled":true}"#
        let made = await client.graph(.post, "groups", token, body: body)
        #expect(made.status == 201)
        let id = try #require(made.json["id"] as? String)
        #expect(made.header("Location") == "http://127.0.0.1:8090/graph/v1.0/groups/\(id)")
        let all = await client.graph(.get, "users?$top=30", token).texts("id")
        let references = all.map { "\"https://graph.microsoft.com/v1.0/directoryObjects/\($0)\"" }
        func change(_ references: some Sequence<String>) async -> Int {
            let body = #"{"members@odata.bind":[\#(references.joined(separator: ","))]}"#
            return await client.graph(.patch, "groups/\(id)", token, body: body).status
        }
        #expect(await change(references.prefix(5)) == 204)
        #expect(await client.graph(.get, "groups/\(id)/members", token).items.count == 5)
        #expect(await change(references.dropFirst(4).prefix(3)) == 400)
        #expect(await client.graph(.get, "groups/\(id)/members", token).items.count == 5)
        #expect(await change(Array(repeating: references[6], count: 21)) == 400)
        #expect(await client.graph(.patch, "groups/\(id)", token, body: #"{"displayName":"Renamed"}"#).status == 204)
        #expect(await client.graph(.get, "groups/\(id)", token).json["displayName"] as? String == "Renamed")
        #expect(await client.graph(.get, "groups?$top=999", token).texts("displayName").contains("Renamed"))
        let stranger = try await client.graphToken(tenant: PracticeClient.northgate)
        #expect(await client.graph(.get, "groups/\(id)", stranger).status == 404)
    }

    @Test(arguments: [
        "", "[]", "null", "{}", "{", #"{"displayName":"x"}"#,
        #"{"displayName":5,"mailEnabled":false,"mailNickname":"x","securityEnabled":true}"#,
        #"{"displayName":"x","mailEnabled":"no","mailNickname":"x","securityEnabled":true}"#,
        #"{"displayName":"x","mailEnabled":false,"mailNickname":"a b","securityEnabled":true}"#,
        #"{"displayName":"x","mailEnabled":true,"mailNickname":"x","securityEnabled":true}"#,
        #"{"displayName":"x","mailEnabled":false,"mailNickname":"x","securityEnabled":false}"#,
        #"{"displayName":" ","mailEnabled":false,"mailNickname":"x","securityEnabled":true}"#,
        #"{"displayName":"x","mailEnabled":false,"mailNickname":"x","securityEnabled":true,"shoeSize":41}"#,
        #"{"displayName":"x","mailEnabled":false,"mailNickname":"x","securityEnabled":true,"groupTypes":["Odd"]}"#,
        #"{"displayName":"x","mailEnabled":false,"mailNickname":"x","securityEnabled":true,"members@odata.bind":"x"}"#,
    ])
    func `a group that can't be is refused`(body: String) async throws {
        let client = try await PracticeClient()
        let reply = await client.graph(.post, "groups", try await client.graphToken(), body: body)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.errorCode != nil)
    }

    @Test(arguments: [
        ("{}", 400), ("", 400), (#"{"@odata.id":5}"#, 400), (#"{"@odata.id":"nonsense"}"#, 400),
        (#"{"@odata.id":"https://evil.example/v1.0/directoryObjects/\#(clerk)"}"#, 400),
        (#"{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/../users"}"#, 400),
        (
            #"{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/aaaaaaaa-0000-4000-8000-00000000dead"}"#,
            404
        ),
        (#"{"@odata.id":"https://graph.microsoft.com/v1.0/users/cccccccc-0a01-4000-8000-000000000001"}"#, 404),
        (#"{"@odata.id":"http://127.0.0.1:8090/graph/v1.0/users/\#(clerk)"}"#, 204),
    ])
    func `references that lead to nobody here are refused`(body: String, status: Int) async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let reply = await client.graph(.post, "groups/\(Self.agents)/members/$ref", token, body: body)
        #expect(reply.status == status, "\(reply.text)")
    }

    @Test(arguments: [("groups/no-guid", 400), ("groups/aaaaaaaa-0000-4000-8000-00000000dead", 404)])
    func `groups that aren't there are refused`(path: String, status: Int) async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        #expect(await client.graph(.get, path, token).status == status)
        #expect(await client.graph(.get, "\(path)/members", token).status == status)
        #expect(await client.graph(.patch, path, token, body: #"{"displayName":"x"}"#).status == status)
    }

    @Test func `reading groups is not changing them`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(scope: "\(PracticeClient.graph)/Directory.Read.All")
        #expect(await client.graph(.get, "groups", token).status == 200)
        let body = #"{"displayName":"x","mailEnabled":false,"mailNickname":"x","securityEnabled":true}"#
        #expect(await client.graph(.post, "groups", token, body: body).errorCode == "Authorization_RequestDenied")
        let path = "groups/\(Self.agents)/members"
        #expect(await client.graph(.post, "\(path)/$ref", token, body: reference(Self.clerk)).status == 403)
        #expect(await client.graph(.delete, "\(path)/\(Self.administrator)/$ref", token).status == 403)
        #expect(await client.graph(.patch, "groups/\(Self.agents)", token, body: "{}").status == 403)
    }

    @Test func `with a state file groups, members and guests outlive a restart`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "state.json").path
        let first = try await PracticeClient(stateFile: file)
        let token = try await first.graphToken()
        let group = #"{"displayName":"Kept","mailEnabled":false,"mailNickname":"kept","securityEnabled":true}"#
        #expect(await first.graph(.post, "groups", token, body: group).status == 201)
        let path = "groups/\(Self.agents)/members"
        #expect(await first.graph(.post, "\(path)/$ref", token, body: reference(Self.clerk)).status == 204)
        let guest = #"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"https://portal.example"}"#
        #expect(await first.graph(.post, "invitations", token, body: guest).status == 201)
        let second = try await PracticeClient(stateFile: file)
        #expect(await second.graph(.get, "groups?$top=999", token).texts("displayName").contains("Kept"))
        #expect(await second.graph(.get, path, token).texts("id").contains(Self.clerk))
        #expect(await second.graph(.get, "users?$filter=mail eq 'a@b.example'", token).items.count == 1)
    }
}
