import Foundation
import MicrosoftSandbox
import Testing

/// What `/authorize` gives and how, and the old endpoints.
@Suite struct ResponseTypeTests {
    private static let partnerCenter = PracticeClient.partnerCenter

    @Test func `an id_token comes in the fragment, with the nonce`() async throws {
        let client = try await PracticeClient()
        let address = try await PracticePerson().signIn(
            at: PracticeClient.authorize(["response_type": "id_token"]), in: client.sandbox)
        #expect(address.hasPrefix("\(PracticeClient.redirectURI)#"))
        let answer = PracticeClient.fragment(of: address)
        #expect(answer["code"] == nil)
        #expect(answer["state"] == "s&1")
        #expect(PracticeClient.claims(answer["id_token"])["nonce"] as? String == "n-1")
        #expect(PracticeClient.claims(answer["id_token"])["c_hash"] == nil)
    }

    @Test(arguments: ["code id_token", "id_token code"])
    func `code and id_token come together, and the code still works`(type: String) async throws {
        let client = try await PracticeClient()
        let address = try await PracticePerson().signIn(
            at: PracticeClient.authorize(["response_type": type]), in: client.sandbox)
        let answer = PracticeClient.fragment(of: address)
        #expect(PracticeClient.claims(answer["id_token"])["c_hash"] as? String != nil)
        #expect(await client.redeem(answer["code"] ?? "").status == 200)
    }

    @Test(arguments: [
        ["response_mode": "query"], ["nonce": ""], ["scope": "\(PracticeClient.partnerCenter)/user_impersonation"],
    ])
    func `an id_token needs a nonce, openid, and anything but the query`(changes: [String: String]) async throws {
        let client = try await PracticeClient()
        let changes = changes.merging(["response_type": "id_token"]) { $1 }
        let reply = await client.get(PracticeClient.authorize(changes))
        let location = reply.header("Location") ?? ""
        #expect(location.contains("#"))
        #expect(PracticeClient.fragment(of: location)["error"] == "invalid_request")
        #expect(PracticeClient.fragment(of: location)["state"] == "s&1")
    }

    @Test(arguments: [true, false])
    func `form_post is a form with a button, for the answer and for an error`(consents: Bool) async throws {
        let client = try await PracticeClient()
        let person = PracticePerson(consents: consents)
        let address = try await person.signIn(
            at: PracticeClient.authorize(["response_mode": "form_post"]), in: client.sandbox)
        #expect(address.hasPrefix("\(PracticeClient.redirectURI)?"))
        let answer = PracticeClient.parameters(of: address)
        #expect(answer["state"] == "s&1")
        #expect(answer["error"] == (consents ? nil : "access_denied"))
        if consents { #expect(await client.redeem(answer["code"] ?? "").status == 200) }
        let silent = await client.get(PracticeClient.authorize(["response_mode": "form_post", "prompt": "none"]))
        #expect(silent.status == 200)
        #expect(silent.text.contains("<button class=\"primary\" autofocus>Continue</button>"))
        #expect(silent.text.contains(#"name="error" value="login_required""#))
        #expect(!silent.text.contains("<script"))
    }

    @Test func `a challenge in claims asks for the second proof that the account is spared otherwise`() async throws {
        let client = try await PracticeClient()
        let claims = #"{"access_token":{"capolids":{"essential":true,"values":["x"]}}}"#
        let person = PracticePerson("nomfa@acmecloud.example")
        let tokens = await client.redeem(try await client.code(as: person, ["claims": claims])).json
        #expect(PracticeClient.claims(tokens["access_token"])["amr"] as? [String] == ["pwd", "mfa"])
    }

    @Test func `a client that understands challenges gets a long-lived token that says so`() async throws {
        let client = try await PracticeClient()
        let claims = #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#
        let tokens = await client.redeem(try await client.code(["claims": claims])).json
        #expect(PracticeClient.claims(tokens["access_token"])["xms_cc"] as? [String] == ["cp1"])
        #expect((72_000...100_800).contains(tokens["expires_in"] as? Int ?? 0))
    }

    @Test func `the old endpoint forces MFA with amr_values and answers numbers as text`() async throws {
        let client = try await PracticeClient()
        let fields = [
            "client_id": PracticeClient.clientID, "response_type": "code", "redirect_uri": PracticeClient.redirectURI,
            "resource": Self.partnerCenter, "amr_values": "mfa", "state": "s&1",
        ]
        let address = try await PracticePerson("nomfa@acmecloud.example").signIn(
            at: "/entra/\(PracticeClient.acme)/oauth2/authorize?\(PracticeClient.encoded(fields))", in: client.sandbox)
        let reply = await oldToken(
            client,
            [
                "grant_type": "authorization_code", "code": PracticeClient.parameters(of: address)["code"] ?? "",
                "redirect_uri": PracticeClient.redirectURI,
            ])
        #expect(reply.status == 200)
        expectOldForm(reply, resource: Self.partnerCenter, scope: "user_impersonation")
        let access = PracticeClient.claims(reply.json["access_token"])
        #expect(access["amr"] as? [String] == ["pwd", "mfa"])
        #expect(PracticeClient.header(reply.json["id_token"])["alg"] as? String == "none")
        let refresh = reply.json["refresh_token"] as? String ?? ""
        let again = await oldToken(
            client, ["grant_type": "refresh_token", "refresh_token": refresh, "resource": Self.partnerCenter])
        expectOldForm(again, resource: Self.partnerCenter, scope: "user_impersonation")
        let other = await oldToken(
            client, ["grant_type": "refresh_token", "refresh_token": refresh, "resource": "https://nobody.example"])
        expectRefusal(other, 500_011, "invalid_resource")
    }

    @Test func `the old endpoint serves the application alone`() async throws {
        let client = try await PracticeClient()
        let reply = await oldToken(client, ["grant_type": "client_credentials", "resource": PracticeClient.graph])
        #expect(reply.json["expires_in"] as? String == "3599")
        #expect(reply.json["resource"] as? String == PracticeClient.graph)
        #expect(PracticeClient.claims(reply.json["access_token"])["idtyp"] as? String == "app")
        expectRefusal(await oldToken(client, ["grant_type": "client_credentials"]), 900_144, "invalid_request")
    }

    @Test func `the id_token names people only with the scopes for it`() async throws {
        let client = try await PracticeClient()
        for (scope, name, email) in [
            ("openid", false, false), ("openid profile", true, false), ("openid email", false, true),
        ] {
            let tokens = await client.redeem(try await client.code(["scope": scope])).json
            let claims = PracticeClient.claims(tokens["id_token"])
            #expect((claims["name"] != nil) == name)
            #expect((claims["preferred_username"] != nil) == name)
            #expect((claims["email"] != nil) == email)
        }
    }

    private func oldToken(_ client: PracticeClient, _ fields: [String: String]) async -> PracticeClient.Reply {
        let secret = ["client_id": PracticeClient.clientID, "client_secret": "practice-secret"]
        return await client.post("/entra/\(PracticeClient.acme)/oauth2/token", secret.merging(fields) { $1 })
    }

    private func expectOldForm(_ reply: PracticeClient.Reply, resource: String, scope: String) {
        let lifetime = Int(reply.json["expires_in"] as? String ?? "") ?? 0
        let now = Int(PracticeClient.start.timeIntervalSince1970)
        #expect((3600..<5400).contains(lifetime))
        #expect(reply.json["ext_expires_in"] as? String == String(lifetime))
        #expect(reply.json["expires_on"] as? String == String(now + lifetime))
        #expect(reply.json["not_before"] as? String == String(now))
        #expect(reply.json["resource"] as? String == resource)
        #expect(reply.json["scope"] as? String == scope)
    }

    @Test func `the application's own API gets a v2.0 token`() async throws {
        let client = try await PracticeClient()
        let refresh = try await client.refreshToken()
        for scope in ["api://\(PracticeClient.clientID)/.default", "\(PracticeClient.clientID)/access_as_user"] {
            let reply = await client.refresh(refresh, scope: scope)
            let access = PracticeClient.claims(reply.json["access_token"])
            #expect(access["ver"] as? String == "2.0")
            #expect(access["aud"] as? String == PracticeClient.clientID)
            #expect(access["iss"] as? String == "http://127.0.0.1:8090/entra/\(PracticeClient.acme)/v2.0")
            #expect(access["azp"] as? String == PracticeClient.clientID)
            #expect(access["azpacr"] as? String == "1")
            #expect(access["scp"] as? String == "access_as_user")
            #expect(access["amr"] == nil)
            let asked = await client.partnerCenter("customers", reply.json["access_token"] as? String)
            #expect(asked.status == 401)
        }
    }
}
