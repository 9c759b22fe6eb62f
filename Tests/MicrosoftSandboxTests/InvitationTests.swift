import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct InvitationTests {
    private static let northgate = PracticeClient.northgate
    private static let landing = "https://portal.example/welcome?x=1"
    private static let guest = PracticePerson("guest@acmecloud.example")

    private func invited() async throws -> (client: PracticeClient, link: String) {
        let client = try await PracticeClient()
        let link = try client.sandbox.invite(
            "Guest@acmecloud.example", to: Self.northgate, redirectURL: Self.landing)
        return (client, try #require(link))
    }

    @Test func `a guest redeems, lands where the invitation leads, and signs in there from then on`() async throws {
        let (client, link) = try await invited()
        #expect(link.hasPrefix("http://127.0.0.1:8090/entra/redeem?rd=https%3A%2F%2Finvitations.microsoft.com"))
        try client.sandbox.consent(forTenant: Self.northgate)
        let pending = try await client.refreshToken(as: Self.guest)
        let scope = "\(PracticeClient.graph)/.default"
        expectRefusal(await client.refresh(pending, tenant: Self.northgate, scope: scope), 50014, "invalid_grant")

        #expect(try await Self.guest.signIn(at: link, in: client.sandbox) == Self.landing)
        #expect(client.sandbox.loggedRequests.last?.changes.first?.hasSuffix("accepted") == true)
        let code = try await client.code(as: Self.guest, tenant: Self.northgate, ["scope": "\(scope) openid"])
        let tokens = await client.redeem(code, tenant: Self.northgate).json
        let access = PracticeClient.claims(tokens["access_token"])
        #expect(access["tid"] as? String == Self.northgate)
        #expect(access["idp"] as? String == "https://sts.windows.net/\(PracticeClient.acme)/")
        #expect(access["oid"] as? String != "aaaaaaaa-0000-4000-8000-0000000000b5")
        #expect(access["unique_name"] as? String == "guest@acmecloud.example")
        #expect(access["amr"] as? [String] == ["pwd", "mfa"])
        #expect(PracticeClient.claims(tokens["id_token"])["oid"] as? String == access["oid"] as? String)
    }

    @Test func `a guest's own consent is nobody else's, and Graph names the guest`() async throws {
        let (client, link) = try await invited()
        _ = try await Self.guest.signIn(at: link, in: client.sandbox)
        let scope = ["scope": "User.Read"]
        let code = try await client.code(as: Self.guest, tenant: Self.northgate, scope)
        let access = await client.redeem(code, tenant: Self.northgate).json["access_token"]
        let address = PracticeClient.authorize(tenant: Self.northgate, scope)
        let other = try await PracticePerson("user@northgate.example", consents: false).signIn(
            at: address, in: client.sandbox)
        #expect(PracticeClient.parameters(of: other)["error"] == "access_denied")
        let token = try await client.graphToken(tenant: Self.northgate)
        let grants = await client.graph(.get, "oauth2PermissionGrants?$filter=consentType eq 'Principal'", token)
        #expect(grants.texts("principalId") == [PracticeClient.claims(access)["oid"] as? String])
        #expect(grants.texts("scope") == ["User.Read"])
    }

    @Test func `before the redemption the sign-in there says so`() async throws {
        let (client, _) = try await invited()
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await Self.guest.signIn(at: PracticeClient.authorize(tenant: Self.northgate), in: client.sandbox)
        }
        #expect(stuck.page.contains("AADSTS50014"))
    }

    @Test func `redeemed once, the link leads straight on`() async throws {
        let (client, link) = try await invited()
        _ = try await Self.guest.signIn(at: link, in: client.sandbox)
        let path = String(link.dropFirst("http://127.0.0.1:8090".count))
        let again = await client.get(path)
        #expect(again.status == 302)
        #expect(again.header("Location") == Self.landing)
    }

    @Test func `another account accepts nothing and reads whose invitation it is`() async throws {
        let (client, link) = try await invited()
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson("clerk@acmecloud.example").signIn(at: link, in: client.sandbox)
        }
        #expect(stuck.status == 200)
        #expect(stuck.page.contains("This invitation is for another account"))
        #expect(stuck.page.contains("Guest@acmecloud.example"))
    }

    @Test func `who declines stays a pending guest`() async throws {
        let (client, link) = try await invited()
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson("guest@acmecloud.example", consents: false).signIn(at: link, in: client.sandbox)
        }
        #expect(stuck.page.contains("You didn’t accept"))
        #expect(try await Self.guest.signIn(at: link, in: client.sandbox) == Self.landing)
    }

    @Test(arguments: ["", "https://invitations.microsoft.com/redeem/?tenant=x&user=y&ticket=z", "nonsense"])
    func `an address that is no invitation's is a page`(address: String) async throws {
        let reply = try await PracticeClient().get("/entra/redeem?\(PracticeClient.encoded(["rd": address]))")
        #expect(reply.status == 400)
        #expect(reply.text.contains("The invitation was not found"))
    }

    @Test func `the right guest with a wrong ticket is a page`() async throws {
        let (client, link) = try await invited()
        let path = String(link.dropFirst("http://127.0.0.1:8090".count).dropLast(4)) + "0000"
        #expect(await client.get(path).status == 400)
    }

    @Test func `what happens to the account at home doesn't end the guest's sign-in`() async throws {
        let (client, link) = try await invited()
        _ = try await Self.guest.signIn(at: link, in: client.sandbox)
        try client.sandbox.consent(forTenant: Self.northgate)
        let scope = "\(PracticeClient.graph)/.default offline_access"
        let code = try await client.code(as: Self.guest, tenant: Self.northgate, ["scope": scope])
        let refresh = await client.redeem(code, tenant: Self.northgate).json["refresh_token"] as? String ?? ""
        #expect(await client.control("accounts/guest%40acmecloud.example", #"{"event":"passwordReset"}"#).status == 200)
        #expect(await client.refresh(refresh, tenant: Self.northgate, scope: scope).status == 200)
        expectRefusal(
            await client.refresh(refresh, scope: "openid"), 50173, "invalid_grant", suberror: "bad_token")
    }

    @Test func `a guest without MFA sets it up on the way to the invitation`() async throws {
        let email = "fresh@acmecloud.example"
        let client = try await PracticeClient()
        let link = try #require(
            try client.sandbox.invite(email, to: Self.northgate, redirectURL: "https://portal.example/"))
        let wrong = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson(email, mfaCode: "0").signIn(at: link, in: client.sandbox)
        }
        #expect(wrong.page.contains("<h1>Set up a second proof</h1>"))
        #expect(try await PracticePerson(email).signIn(at: link, in: client.sandbox) == "https://portal.example/")
        #expect(client.sandbox.loggedRequests.contains { $0.changes.contains { $0.hasSuffix("set up MFA") } })
        let code = try await client.code(as: PracticePerson(email), tenant: Self.northgate, ["scope": "User.Read"])
        let access = await client.redeem(code, tenant: Self.northgate).json["access_token"]
        #expect(PracticeClient.claims(access)["amr"] as? [String] == ["pwd", "mfa"])
        let again = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson(email, mfaCode: "0").signIn(at: PracticeClient.authorize(), in: client.sandbox)
        }
        #expect(again.page.contains("<h1>Enter code</h1>"))
    }
}
