import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct GraphApplicationTests {
    private static let graphID = "00000003-0000-0000-c000-000000000000"
    private static let inviteRole = "09850681-111b-4a89-9bed-3f2cae46d706"

    private func principal(_ appID: String, _ client: PracticeClient, _ token: String) async throws -> String {
        let reply = await client.graph(.get, "servicePrincipals(appId='\(appID)')?$select=id", token)
        return try #require(reply.json["id"] as? String)
    }

    @Test func `service principals are found by application id, in both ways`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let id = try await principal(Self.graphID, client, token)
        let list = await client.graph(.get, "servicePrincipals?$filter=appId eq '\(Self.graphID)'", token)
        #expect(list.texts("id") == [id])
        let roles = (list.items.first?["appRoles"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        #expect(roles.contains(Self.inviteRole))
        #expect(await client.graph(.get, "servicePrincipals/\(id)", token).json["appId"] as? String == Self.graphID)
        let escaped = await client.graph(.get, "servicePrincipals(appId=%27\(Self.graphID)%27)", token)
        #expect(escaped.json["id"] as? String == id)
        let nobody = await client.graph(.get, "servicePrincipals(appId='\(PracticeClient.acme)')", token)
        #expect(nobody.status == 404)
        #expect(await client.graph(.get, "servicePrincipals(id='x')", token).status == 400)
        #expect(await client.graph(.get, "servicePrincipals/x", token).status == 400)
    }

    @Test func `the application reads what it was given, and itself without any permission`() async throws {
        let client = try await PracticeClient()
        let tenant = PracticeClient.northgate
        _ = try await PracticePerson("admin@northgate.example").signIn(
            at: PracticeClient.adminConsent(tenant: tenant), in: client.sandbox)
        let token = await client.applicationToken(tenant: tenant)
        let id = try await principal(PracticeClient.clientID, client, token)
        #expect(id == PracticeClient.claims(token)["oid"] as? String)
        #expect(await client.graph(.get, "servicePrincipals/\(id)", token).status == 200)
        let all = await client.graph(.get, "oauth2PermissionGrants", token)
        #expect(all.texts("consentType") == ["AllPrincipals"])
        #expect(all.texts("scope") == ["User.Read.All Organization.Read.All SecurityEvents.Read.All"])
        let own = await client.graph(.get, "oauth2PermissionGrants?$filter=clientId eq '\(id)'", token)
        #expect(own.texts("id") == all.texts("id"))
        let others = await client.graph(
            .get, "oauth2PermissionGrants?$filter=clientId eq '\(PracticeClient.acme)'", token)
        #expect(others.status == 200 && others.items.isEmpty)
        for path in [
            "servicePrincipals(appId='\(Self.graphID)')", "servicePrincipals(appId='\(PracticeClient.acme)')",
            "servicePrincipals/\(PracticeClient.acme)", "servicePrincipals/x", "servicePrincipals(id='x')",
            "servicePrincipals?$filter=appId eq '\(PracticeClient.clientID)'",
            "servicePrincipals/\(id)/appRoleAssignments",
        ] {
            #expect(await client.graph(.get, path, token).status == 403, "\(path)")
        }
        let person = try await client.code(
            as: PracticePerson("user@northgate.example"), tenant: tenant, ["scope": "User.Read"])
        let delegated = await client.redeem(person, tenant: tenant).json["access_token"] as? String
        #expect(await client.graph(.get, "servicePrincipals/\(id)", delegated).status == 403)
        #expect(await client.graph(.get, "oauth2PermissionGrants", delegated).status == 403)
        try client.sandbox.withhold(permissions: ["DelegatedPermissionGrant.Read.All"])
        try client.sandbox.removeConsent(forTenant: tenant)
        _ = try await PracticePerson("admin@northgate.example").signIn(
            at: PracticeClient.adminConsent(tenant: tenant), in: client.sandbox)
        let less = await client.applicationToken(tenant: tenant)
        #expect(await client.graph(.get, "oauth2PermissionGrants", less).status == 403)
        #expect(await client.graph(.get, "servicePrincipals/\(id)", less).status == 200)
    }

    @Test func `an application is instantiated once`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let body = #"{"appId":"\#(PracticeClient.clientID)"}"#
        #expect(await client.graph(.post, "servicePrincipals", token, body: body).status == 409)
        for body in [#"{"appId":"\#(PracticeClient.acme)"}"#, "{}", #"{"appId":1}"#, ""] {
            #expect(await client.graph(.post, "servicePrincipals", token, body: body).status == 400)
        }
    }

    @Test func `application permissions are assigned once each, and the application's token has them`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let ours = try await principal(PracticeClient.clientID, client, token)
        let graph = try await principal(Self.graphID, client, token)
        let path = "servicePrincipals/\(ours)/appRoleAssignments"
        let before = await client.graph(.get, path, token).texts("appRoleId")
        let body = #"{"principalId":"\#(ours)","resourceId":"\#(graph)","appRoleId":"\#(Self.inviteRole)"}"#
        let made = await client.graph(.post, path, token, body: body)
        if before.contains(Self.inviteRole) {
            #expect(made.status == 400)
        } else {
            #expect(made.status == 201)
            #expect(made.json["resourceDisplayName"] as? String == "Microsoft Graph")
            #expect(await client.graph(.post, path, token, body: body).status == 400)
        }
        #expect(await client.graph(.get, path, token).texts("appRoleId").contains(Self.inviteRole))
        let application = await client.applicationToken()
        #expect((PracticeClient.claims(application)["roles"] as? [String])?.contains("User.Invite.All") == true)
        let invitation = #"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"https://portal.example"}"#
        #expect(await client.graph(.post, "invitations", application, body: invitation).status == 201)
        #expect(await client.graph(.get, "groups", application).status == (before.isEmpty ? 403 : 200))
        for wrong in [
            body.replacing(Self.inviteRole, with: PracticeClient.acme), body.replacing(ours, with: graph), "{}", "[]",
            body.replacing("\"\(graph)\"", with: "5"),
        ] {
            #expect(await client.graph(.post, path, token, body: wrong).status == 400)
        }
    }

    @Test func `delegated permissions are granted once, and changed`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let ours = try await principal(PracticeClient.clientID, client, token)
        let graph = try await principal(Self.graphID, client, token)
        let clerk = "aaaaaaaa-0000-4000-8000-0000000000b3"
        func body(_ type: String, _ principal: String = "null", scope: String = "User.Read") -> String {
            #"{"clientId":"\#(ours)","resourceId":"\#(graph)","consentType":"\#(type)","principalId":\#(principal),"#
                + #""scope":"\#(scope)"}"#
        }
        let all = await client.graph(.get, "oauth2PermissionGrants", token)
        #expect(all.texts("scope").contains { $0.contains("User.Read.All") })
        let again = await client.graph(.post, "oauth2PermissionGrants", token, body: body("AllPrincipals"))
        #expect(again.status == 409)
        #expect(again.errorMessage == "Permission entry already exists.")
        let made = await client.graph(.post, "oauth2PermissionGrants", token, body: body("Principal", "\"\(clerk)\""))
        #expect(made.status == 201)
        let id = try #require(made.json["id"] as? String)
        let change = await client.graph(
            .patch, "oauth2PermissionGrants/\(id)", token, body: #"{"scope":"User.Read User.Read.All"}"#)
        #expect(change.status == 204)
        let grants = await client.graph(.get, "oauth2PermissionGrants?$filter=consentType eq 'Principal'", token)
        #expect(grants.texts("principalId") == [clerk])
        #expect(grants.texts("scope").first?.split(separator: " ").count == 2)
        for wrong in [
            body("Everybody"), body("Principal"), body("AllPrincipals", "\"\(clerk)\""), body("Principal", "5"),
            body("Principal", "\"\(clerk)\"", scope: "<script>"), body("Principal", "\"\(clerk)\"", scope: " "), "{}",
        ] {
            #expect(await client.graph(.post, "oauth2PermissionGrants", token, body: wrong).status == 400)
        }
        #expect(await client.graph(.patch, "oauth2PermissionGrants/x", token, body: #"{"scope":"y"}"#).status == 404)
        #expect(await client.graph(.patch, "oauth2PermissionGrants/\(id)", token, body: #"{"scope":[]}"#).status == 400)
    }
}
