import MicrosoftSandbox
import Testing

@Suite struct SignInTests {
    @Test func `a person goes through account, code and consent to tokens`() async throws {
        let client = try await PracticeClient()
        let address = try await PracticePerson().signIn(at: PracticeClient.authorize(), in: client.sandbox)
        #expect(address.hasPrefix("\(PracticeClient.redirectURI)?code="))
        #expect(PracticeClient.parameters(of: address)["state"] == "s&1")

        let reply = await client.redeem(PracticeClient.parameters(of: address)["code"] ?? "")
        #expect(reply.status == 200)
        #expect(reply.json["token_type"] as? String == "Bearer")
        #expect(reply.json["scope"] as? String == "\(PracticeClient.partnerCenter)/user_impersonation")
        #expect((3600..<5400).contains(reply.json["expires_in"] as? Int ?? 0))
        #expect(reply.header("Cache-Control") == "no-store, no-cache")
    }

    @Test func `consent is asked once, unless the application asks for it again`() async throws {
        let client = try await PracticeClient()
        _ = try await client.code()
        let refusing = PracticePerson(consents: false)
        let again = try await refusing.signIn(at: PracticeClient.authorize(), in: client.sandbox)
        #expect(PracticeClient.parameters(of: again)["code"] != nil)
        let asked = try await refusing.signIn(at: PracticeClient.authorize(["prompt": "consent"]), in: client.sandbox)
        #expect(PracticeClient.parameters(of: asked)["error"] == "access_denied")
    }

    @Test func `consent for the organization spares the next person the question`() async throws {
        let client = try await PracticeClient()
        _ = try await client.code(as: PracticePerson(consentsForOrganization: true))
        let clerk = PracticePerson("clerk@acmecloud.example", consents: false)
        #expect(try await !client.code(as: clerk).isEmpty)
    }

    @Test func `a clerk is not offered to consent for everybody, and can't`() async throws {
        let client = try await PracticeClient()
        let clerk = PracticePerson("clerk@acmecloud.example", consentsForOrganization: true)
        _ = try await client.code(as: clerk)
        let other = PracticePerson(consents: false)
        let address = try await other.signIn(at: PracticeClient.authorize(), in: client.sandbox)
        #expect(PracticeClient.parameters(of: address)["error"] == "access_denied")
    }

    @Test func `who declines is sent back with access_denied and the reason`() async throws {
        let client = try await PracticeClient()
        let person = PracticePerson(consents: false)
        let address = try await person.signIn(at: PracticeClient.authorize(), in: client.sandbox)
        let answer = PracticeClient.parameters(of: address)
        #expect(answer["error"] == "access_denied")
        #expect(answer["error_description"]?.hasPrefix("AADSTS65004: User declined to consent") == true)
        #expect(answer["error_description"]?.contains("\r\nTrace ID: ") == true)
        #expect(answer["state"] == "s&1")
        #expect(answer["code"] == nil)
    }

    @Test func `a wrong password keeps the account that was typed and not the password`() async throws {
        let client = try await PracticeClient()
        let person = PracticePerson(" Admin@acmecloud.example", password: "not-the-password")
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await person.signIn(at: PracticeClient.authorize(), in: client.sandbox)
        }
        #expect(stuck.status == 200)
        #expect(stuck.page.contains(#"role="alert">AADSTS50126"#))
        #expect(stuck.page.contains(#"value="Admin@acmecloud.example""#))
        #expect(!stuck.page.contains("not-the-password"))
    }

    @Test func `a wrong code stays on the code's page`() async throws {
        let client = try await PracticeClient()
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson(mfaCode: "000000").signIn(at: PracticeClient.authorize(), in: client.sandbox)
        }
        #expect(stuck.page.contains("<h1>Enter code</h1>"))
        #expect(stuck.page.contains(#"role="alert""#))
    }

    @Test func `an account of another organization is told so`() async throws {
        let client = try await PracticeClient()
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson("admin@libertyit.example").signIn(
                at: PracticeClient.authorize(), in: client.sandbox)
        }
        #expect(stuck.page.contains("AADSTS50020"))
    }

    @Test func `at organizations the account decides the tenant`() async throws {
        let client = try await PracticeClient()
        let person = PracticePerson("admin@libertyit.example")
        let code = try await client.code(as: person, tenant: "organizations")
        let token = await client.redeem(code, tenant: "organizations").json
        #expect(PracticeClient.claims(token["access_token"])["tid"] as? String == PracticeClient.liberty)
    }

    @Test func `an unregistered redirect URI is a page and never a redirect`() async throws {
        let client = try await PracticeClient()
        for uri in [PracticeClient.redirectURI + "/", "http://attacker.example/", ""] {
            let reply = await client.get(PracticeClient.authorize(["redirect_uri": uri]))
            #expect(reply.status == 400)
            #expect(reply.header("Location") == nil)
            #expect(reply.text.contains(uri.isEmpty ? "AADSTS900144" : "AADSTS50011"))
        }
    }

    @Test func `an unknown tenant or application is a page`() async throws {
        let client = try await PracticeClient()
        let tenant = await client.get(PracticeClient.authorize(tenant: "nowhere.example"))
        #expect(tenant.status == 400)
        #expect(tenant.text.contains("AADSTS90002"))
        let application = await client.get(PracticeClient.authorize(["client_id": "<b>"]))
        #expect(application.text.contains("AADSTS700016"))
        #expect(application.text.contains("&lt;b&gt;"))
    }

    @Test(arguments: [
        (["response_type": "none"], "unsupported_response_type"),
        (["response_type": "code code"], "unsupported_response_type"), (["prompt": "none"], "login_required"),
        (["prompt": "shout"], "invalid_request"), (["code_challenge_method": "S512"], "invalid_request"),
        (["scope": "\(PracticeClient.partnerCenter)/nothing"], "invalid_scope"),
        (["scope": "https://nobody.example/read"], "invalid_resource"),
        (["response_mode": "carrier_pigeon"], "invalid_request"), (["claims": "{"], "invalid_request"),
        (["scope": ""], "invalid_request"),
    ])
    func `what else is wrong goes back to the application`(changes: [String: String], error: String) async throws {
        let client = try await PracticeClient()
        let reply = await client.get(PracticeClient.authorize(changes))
        #expect(reply.status == 302)
        #expect(reply.redirect["error"] == error)
        #expect(reply.redirect["state"] == "s&1")
    }

    @Test func `a token from this endpoint isn't enabled, and that is said in the fragment`() async throws {
        let reply = try await PracticeClient().get(PracticeClient.authorize(["response_type": "token"]))
        #expect(PracticeClient.fragment(of: reply.header("Location") ?? "")["error"] == "unsupported_response_type")
    }

    @Test func `a flow is good for an hour and can't be made up`() async throws {
        let client = try await PracticeClient()
        let page = await client.get(PracticeClient.authorize(["login_hint": "admin@acmecloud.example"])).text
        #expect(page.contains(#"value="admin@acmecloud.example""#))
        let flow = PracticeClient.flow(in: page)
        let consent = await client.post(
            "/entra/\(PracticeClient.acme)/consent", ["flow": flow, "decision": "accept"])
        #expect(consent.status == 400)
        try client.sandbox.advanceClock(by: 3601)
        let fields = ["account": "admin@acmecloud.example", "password": "gatehouse-practice"]
        for flow in [flow, "made-up", ""] {
            let reply = await client.post(
                "/entra/\(PracticeClient.acme)/signin", fields.merging(["flow": flow]) { $1 })
            #expect(reply.status == 400)
            #expect(reply.text.contains("AADSTS50089"))
        }
    }

    @Test func `who has no second proof yet sets one up on the way, once`() async throws {
        let client = try await PracticeClient()
        let person = PracticePerson("new@northgate.example")
        let wrong = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson("new@northgate.example", mfaCode: "0").signIn(
                at: PracticeClient.authorize(tenant: "northgate.example"), in: client.sandbox)
        }
        #expect(wrong.page.contains("<h1>Set up a second proof</h1>"))
        let tokens = await client.redeem(
            try await client.code(as: person, tenant: "northgate.example"), tenant: "northgate.example")
        #expect(PracticeClient.claims(tokens.json["access_token"])["amr"] as? [String] == ["pwd", "mfa"])
        #expect(client.sandbox.loggedRequests.contains { $0.changes.contains { $0.hasSuffix("set up MFA") } })
        let again = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson("new@northgate.example", mfaCode: "0").signIn(
                at: PracticeClient.authorize(tenant: "northgate.example"), in: client.sandbox)
        }
        #expect(again.page.contains("<h1>Enter code</h1>"))
    }

    @Test func `a flow can't be carried to another tenant`() async throws {
        let client = try await PracticeClient()
        let flow = PracticeClient.flow(in: await client.get(PracticeClient.authorize()).text)
        let fields = ["flow": flow, "account": "admin@acmecloud.example", "password": "gatehouse-practice"]
        #expect(await client.post("/entra/\(PracticeClient.northgate)/signin", fields).status == 400)
        #expect(await client.post("/entra/\(PracticeClient.acme)/signin", fields).status == 200)
    }

    @Test func `a second proof can't be skipped by going straight to the consent`() async throws {
        let client = try await PracticeClient()
        let page = await client.get(PracticeClient.authorize()).text
        let first = await client.post(
            "/entra/\(PracticeClient.acme)/signin",
            [
                "flow": PracticeClient.flow(in: page), "account": "admin@acmecloud.example",
                "password": "gatehouse-practice",
            ])
        let flow = PracticeClient.flow(in: first.text)
        let skipped = await client.post(
            "/entra/\(PracticeClient.acme)/consent", ["flow": flow, "decision": "accept"])
        #expect(skipped.status == 400)
        #expect(skipped.text.contains("AADSTS50089"))
    }

    @Test func `pages allow their stylesheet only, and lead anywhere`() async throws {
        let reply = try await PracticeClient().get(PracticeClient.authorize())
        let policy = reply.header("Content-Security-Policy") ?? ""
        #expect(policy.contains("default-src 'none'"))
        #expect(!policy.contains("form-action"))
        #expect(!reply.text.contains("<script"))
        #expect(!reply.text.contains(" style="))
        #expect(reply.text.contains("Practice Microsoft sign-in: nothing here is real"))
    }
}
