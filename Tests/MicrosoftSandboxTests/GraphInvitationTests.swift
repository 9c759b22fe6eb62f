import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct GraphInvitationTests {
    private func body(_ changes: String = "", email: String = "guest@acmecloud.example") -> String {
        #"{"invitedUserEmailAddress":"\#(email)","inviteRedirectUrl":"https://portal.example/landing"\#(changes)}"#
    }

    @Test func `a guest is invited, by the application too, and waits among the users`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let reply = await client.graph(
            .post, "invitations", token, body: body(#","invitedUserDisplayName":"Gail","sendInvitationMessage":true"#))
        #expect(reply.status == 201)
        #expect(reply.json["status"] as? String == "PendingAcceptance")
        #expect(reply.json["invitedUserType"] as? String == "Guest")
        #expect(reply.json["sendInvitationMessage"] as? Bool == true)
        let id = try #require((reply.json["invitedUser"] as? [String: Any])?["id"] as? String)
        let url = try #require(reply.json["inviteRedeemUrl"] as? String)
        let start =
            "http://127.0.0.1:8090/entra/redeem?rd=https%3a%2f%2finvitations.microsoft.com%2fredeem%2f%3ftenant%3d"
            + "\(PracticeClient.northgate)%26user%3d\(id)%26ticket%3d"
        #expect(url.hasPrefix(start) && url.count > start.count + 20)
        let selection =
            "$select=userType,externalUserState,externalUserStateChangeDateTime,userPrincipalName,displayName"
        let user = await client.graph(.get, "users/\(id)?\(selection)", token).json
        #expect(user["userType"] as? String == "Guest")
        #expect(user["externalUserState"] as? String == "PendingAcceptance")
        #expect(user["externalUserStateChangeDateTime"] as? String == "2026-01-15T10:00:00Z")
        #expect(user["displayName"] as? String == "Gail")
        let name = "guest_acmecloud.example#EXT#@northgatebakery.onmicrosoft.com"
        #expect(user["userPrincipalName"] as? String == name)
        let escaped = name.replacingOccurrences(of: "#", with: "%23")
        #expect(await client.graph(.get, "users/\(escaped)", token).json["id"] as? String == id)
        #expect(client.sandbox.loggedRequests.filter { $0.call == .invitations }.flatMap(\.changes).count == 1)
    }

    @Test func `the same address again is a new ticket for the same user`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let count = await client.graph(.get, "users?$top=999", token).items.count
        let first = await client.graph(.post, "invitations", token, body: body()).json
        let second = await client.graph(.post, "invitations", token, body: body(email: "GUEST@acmecloud.example")).json
        #expect((first["invitedUser"] as? [String: String]) == (second["invitedUser"] as? [String: String]))
        #expect(first["inviteRedeemUrl"] as? String != second["inviteRedeemUrl"] as? String)
        #expect(await client.graph(.get, "users?$top=999", token).items.count == count + 1)
    }

    @Test func `a redemption that begins anew names its user`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let first = await client.graph(.post, "invitations", token, body: body()).json
        let id = try #require((first["invitedUser"] as? [String: Any])?["id"] as? String)
        let nameless = await client.graph(.post, "invitations", token, body: body(#","resetRedemption":true"#))
        #expect(nameless.status == 400)
        let reset = await client.graph(
            .post, "invitations", token,
            body: body(#","resetRedemption":true,"invitedUser":{"id":"\#(id)"}"#, email: "other@acmecloud.example"))
        #expect(reset.status == 201)
        #expect(reset.json["resetRedemption"] as? Bool == true)
        #expect(await client.graph(.get, "users/\(id)", token).json["mail"] as? String == "other@acmecloud.example")
        let nobody = await client.graph(
            .post, "invitations", token, body: body(#","resetRedemption":true,"invitedUser":{"id":"x"}"#))
        #expect(nobody.status == 404)
    }

    @Test func `a delta round tells of the guest`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let path = "users/delta?$select=userType&$deltatoken=latest"
        let link = try #require(await client.graph(.get, path, token).json["@odata.deltaLink"] as? String)
        _ = await client.graph(.post, "invitations", token, body: body())
        #expect(await client.graph(.get, link, token).texts("userType") == ["Guest"])
    }

    @Test func `an address of the tenant itself is refused, with the user who has it`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let reply = await client.graph(.post, "invitations", token, body: body(email: "admin@northgate.example"))
        #expect(reply.status == 400)
        #expect(reply.errorMessage.contains("object ID: cccccccc-0a01-4000-8000-000000000001"))
        let unknown = await client.graph(.post, "invitations", token, body: body(email: "x@northgate.example"))
        #expect(unknown.status == 400)
    }

    @Test(arguments: [
        "", "[]", "{}", #""text""#, #"{"invitedUserEmailAddress":"a@b.example"}"#,
        #"{"inviteRedirectUrl":"https://portal.example"}"#,
        #"{"invitedUserEmailAddress":7,"inviteRedirectUrl":"https://portal.example"}"#,
        #"{"invitedUserEmailAddress":"nobody","inviteRedirectUrl":"https://portal.example"}"#,
        #"{"invitedUserEmailAddress":"a b@c.example","inviteRedirectUrl":"https://portal.example"}"#,
        #"{"invitedUserEmailAddress":"a@b@c.example","inviteRedirectUrl":"https://portal.example"}"#,
        #"{"invitedUserEmailAddress":"a@b.example\nBcc: x","inviteRedirectUrl":"https://portal.example"}"#,
        #"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"javascript:alert(1)"}"#,
        #"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"/landing"}"#,
        #"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"https://p","invitedUserType":"Owner"}"#,
        #"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"https://p","sendInvitationMessage":""}"#,
        #"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"https://p","invitedUserMessageInfo":[]}"#,
        #"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"https://p.example","shoeSize":41}"#,
    ])
    func `an invitation that can't be is refused and changes nothing`(json: String) async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let reply = await client.graph(.post, "invitations", token, body: json)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.errorCode != nil)
        #expect(client.sandbox.loggedRequests.allSatisfy { $0.service == .entra || $0.changes.isEmpty })
    }

    @Test func `inviting needs its permission`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(
            tenant: PracticeClient.northgate, scope: "\(PracticeClient.graph)/User.Read.All")
        #expect(
            await client.graph(.post, "invitations", token, body: body()).errorCode == "Authorization_RequestDenied")
    }
}
