import Foundation
import MicrosoftSandbox
import Testing

/// Tokens in customers' tenants: delegated administration, guests, the application alone.
@Suite struct CustomerTenantTests {
    private static let scope = "\(PracticeClient.graph)/.default offline_access"
    private static let northgate = PracticeClient.northgate

    @Test func `one sign-in serves the customers' tenants that authorized the application, and no others`() async throws
    {
        let client = try await PracticeClient()
        try client.sandbox.delegate(in: Self.northgate)
        let token = try await client.refreshToken()
        let unknown = await client.refresh(token, tenant: "northgate.example", scope: Self.scope)
        expectRefusal(unknown, 90099, "invalid_grant")
        #expect(await client.control("consents", #"{"tenant": "northgate.example"}"#).status == 200)
        let reply = await client.refresh(token, tenant: "northgate.example", scope: Self.scope)
        let access = PracticeClient.claims(reply.json["access_token"])
        #expect(access["tid"] as? String == Self.northgate)
        #expect(access["aud"] as? String == PracticeClient.graph)
        #expect((access["wids"] as? [String])?.isEmpty == false)
        #expect(
            access["wids"] as? [String] != PracticeClient.claims(try await client.accessToken())["wids"] as? [String])
        #expect(reply.json["id_token"] == nil)
        // The new one isn't bound to the customer either.
        let newest = reply.json["refresh_token"] as? String ?? ""
        #expect(await client.refresh(newest, scope: PracticeClient.scope).status == 200)
        let other = await client.refresh(token, tenant: "dddddddd-0000-4000-8000-000000000001", scope: Self.scope)
        expectRefusal(other, 50020, "invalid_grant")
    }

    @Test func `a permission that the customer didn't give is consent_required`() async throws {
        let client = try await PracticeClient()
        try client.sandbox.delegate(in: Self.northgate)
        let address = PracticeClient.adminConsent(tenant: Self.northgate, ["scope": "User.Read.All"])
        _ = try await PracticePerson("admin@northgate.example").signIn(at: address, in: client.sandbox)
        let token = try await client.refreshToken()
        let given = await client.refresh(token, tenant: Self.northgate, scope: "\(PracticeClient.graph)/User.Read.All")
        #expect(PracticeClient.claims(given.json["access_token"])["scp"] as? String == "User.Read.All")
        let other = await client.refresh(token, tenant: Self.northgate, scope: "Directory.Read.All")
        expectRefusal(other, 65001, "invalid_grant", suberror: "consent_required")
        #expect((other.json["error_description"] as? String)?.contains("\r\nTrace ID: ") == true)
    }

    @Test func `delegated administration needs MFA, and its refusal carries the challenge that cures it`() async throws
    {
        let client = try await PracticeClient()
        try client.sandbox.delegate(in: Self.northgate)
        try client.sandbox.consent(forTenant: Self.northgate)
        let person = PracticePerson("nomfa@acmecloud.example")
        let weak = await client.refresh(
            try await client.refreshToken(as: person), tenant: Self.northgate, scope: Self.scope)
        expectRefusal(weak, 50076, "interaction_required", suberror: "basic_action")
        let claims = try #require(weak.json["claims"] as? String)
        let strong = await client.redeem(try await client.code(as: person, ["claims": claims])).json
        let refresh = strong["refresh_token"] as? String ?? ""
        #expect(await client.refresh(refresh, tenant: Self.northgate, scope: Self.scope).status == 200)
    }

    @Test func `who is no delegated administrator has no way in`() async throws {
        let client = try await PracticeClient()
        try client.sandbox.consent(forTenant: Self.northgate)
        let token = try await client.refreshToken(as: PracticePerson("clerk@acmecloud.example"))
        expectRefusal(
            await client.refresh(token, tenant: Self.northgate, scope: Self.scope), 50020, "invalid_grant")
    }

    @Test func `a customer's own people use the application after they consented`() async throws {
        let client = try await PracticeClient()
        let person = PracticePerson("user@northgate.example")
        let code = try await client.code(as: person, tenant: Self.northgate, ["scope": "User.Read offline_access"])
        let tokens = await client.redeem(code, tenant: Self.northgate).json
        let access = PracticeClient.claims(tokens["access_token"])
        #expect(access["oid"] as? String == "cccccccc-0a02-4000-8000-000000000001")
        #expect(access["scp"] as? String == "User.Read")
        let refresh = tokens["refresh_token"] as? String ?? ""
        #expect(await client.refresh(refresh, tenant: "organizations").status == 200)
        expectRefusal(await client.refresh(refresh, tenant: PracticeClient.acme), 50020, "invalid_grant")
    }

    @Test func `the application alone has the roles that an administrator gave it`() async throws {
        let client = try await PracticeClient()
        expectRefusal(
            await client.clientCredentials(tenant: Self.northgate), 700_016, "unauthorized_client")
        try client.sandbox.consent(forTenant: Self.northgate)
        let access = PracticeClient.claims(await client.clientCredentials(tenant: Self.northgate).json["access_token"])
        #expect((access["roles"] as? [String])?.contains("User.Invite.All") == true)
        #expect(access["idtyp"] as? String == "app")
        #expect(access["tid"] as? String == Self.northgate)
        #expect(access["scp"] == nil)
        let home = PracticeClient.claims(
            await client.clientCredentials(tenant: PracticeClient.acme).json["access_token"])
        #expect(home["roles"] == nil)
    }

    @Test func `a new service principal isn't seen at once, if that is switched on`() async throws {
        let client = try await PracticeClient()
        #expect(await client.control("principal-delay", #"{"requests": 2}"#).status == 200)
        try client.sandbox.consent(forTenant: Self.northgate)
        for _ in 0..<2 {
            expectRefusal(
                await client.clientCredentials(tenant: Self.northgate), 650_051, "unauthorized_client")
        }
        #expect(await client.clientCredentials(tenant: Self.northgate).status == 200)
    }

    @Test func `a code belongs to the tenant where it was made`() async throws {
        let client = try await PracticeClient()
        let code = try await client.code()
        expectRefusal(await client.redeem(code, tenant: Self.northgate), 700_005, "invalid_grant")
    }
}
