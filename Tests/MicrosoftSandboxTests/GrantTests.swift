import Foundation
import MicrosoftSandbox
import Testing

/// What ends a refresh token, and what faults make of `/token`.
@Suite struct GrantTests {
    @Test(arguments: [
        ("passwordChange", nil), ("passwordReset", 50173), ("sessionsRevoked", 50173), ("disabled", 50057),
    ])
    func `what happens to an account ends its refresh tokens, or not`(event: String, code: Int?) async throws {
        let client = try await PracticeClient()
        let token = try await client.refreshToken()
        let other = try await client.refreshToken(as: PracticePerson("clerk@acmecloud.example"))
        let reply = await client.control("accounts/admin@acmecloud.example", #"{"event":"\#(event)"}"#)
        #expect(reply.status == 200)
        let refreshed = await client.refresh(token)
        if let code { expectRefusal(refreshed, code, "invalid_grant") } else { #expect(refreshed.status == 200) }
        #expect(await client.refresh(other).status == 200)
        if code == 50173 { #expect(try await client.refresh(client.refreshToken()).status == 200) }
    }

    @Test func `a code from before the revocation is dead too`() async throws {
        let client = try await PracticeClient()
        let code = try await client.code()
        _ = await client.control("accounts/admin@acmecloud.example", #"{"event":"sessionsRevoked"}"#)
        expectRefusal(await client.redeem(code), 50173, "invalid_grant", suberror: "bad_token")
    }

    @Test func `a disabled account can't sign in until it is enabled`() async throws {
        let client = try await PracticeClient()
        let form = ["userName": "admin@acmecloud.example", "event": "disabled"]
        #expect(await client.post("/control/accounts", form).status == 303)
        let stuck = try await #require(throws: PracticePerson.Stuck.self) { try await client.code() }
        #expect(stuck.page.contains("AADSTS50057"))
        _ = await client.control("accounts/admin@acmecloud.example", #"{"event":"enabled"}"#)
        #expect(try await !client.code().isEmpty)
    }

    @Test(arguments: [#"{"event":"promoted"}"#, "{}"])
    func `an event that doesn't exist is 400`(json: String) async throws {
        let client = try await PracticeClient()
        #expect(await client.control("accounts/admin@acmecloud.example", json).status == 400)
        #expect(await client.control("accounts/nobody@acmecloud.example", #"{"event":"disabled"}"#).status == 400)
    }

    @Test(arguments: [
        (50076, 400, "interaction_required", "basic_action"), (50079, 400, "interaction_required", "basic_action"),
        (50173, 400, "invalid_grant", "bad_token"), (700_082, 400, "invalid_grant", "bad_token"),
        (65001, 400, "invalid_grant", "consent_required"), (700_016, 400, "unauthorized_client", nil),
        (500_011, 400, "invalid_resource", nil), (53003, 400, "invalid_grant", "message_only"),
        (7_000_222, 401, "invalid_client", nil), (90099, 400, "invalid_grant", nil),
        (50055, 400, "invalid_grant", "user_password_expired"), (12345, 400, "invalid_grant", nil),
    ])
    func `any refusal can be asked for by its number`(code: Int, status: Int, error: String, suberror: String?)
        async throws
    {
        let client = try await PracticeClient()
        let token = try await client.refreshToken()
        client.sandbox.add(Fault(.refusal, service: .entra, call: .token, form: "\(code)"))
        let reply = await client.refresh(token)
        expectRefusal(reply, code, error)
        #expect(reply.status == status)
        #expect(reply.json["suberror"] as? String == suberror)
        #expect((reply.json["claims"] != nil) == (error == "interaction_required"))
        #expect(await client.refresh(token).status == 200)
    }

    @Test func `a refused authorization request goes back to the application`() async throws {
        let client = try await PracticeClient()
        client.sandbox.add(Fault(.refusal, service: .entra, call: .authorize, form: "53003"))
        let reply = await client.get(PracticeClient.authorize())
        #expect(reply.redirect["error_description"]?.hasPrefix("AADSTS53003") == true)
        #expect(reply.redirect["state"] == "s&1")
    }

    @Test(arguments: [("expiresInZero", 0), ("expiresInNegative", -1), ("expiresInHuge", 9_007_199_254_740_993)])
    func `a token answer can lie about its lifetime`(form: String, seconds: Int) async throws {
        let client = try await PracticeClient()
        client.sandbox.add(Fault(.tokenAnswer, service: .entra, call: .token, form: form))
        let reply = await client.redeem(try await client.code())
        #expect(reply.status == 200)
        #expect(reply.text.contains("\"expires_in\":\(seconds),"))
    }

    @Test func `a token answer can be of another tenant, another scope, or without its refresh token`() async throws {
        let client = try await PracticeClient()
        let refresh = try await client.refreshToken()
        client.sandbox.add(Fault(.tokenAnswer, service: .entra, form: "otherTenant"))
        let tenant = PracticeClient.claims(await client.refresh(refresh).json["access_token"])
        #expect(tenant["tid"] as? String == PracticeClient.liberty)
        #expect(tenant["iss"] as? String == "https://sts.windows.net/\(PracticeClient.liberty)/")
        client.sandbox.add(Fault(.tokenAnswer, service: .entra, form: "otherScope"))
        let scope = await client.refresh(refresh).json
        #expect(scope["scope"] as? String == "\(PracticeClient.partnerCenter)/Calendars.Read")
        client.sandbox.add(Fault(.tokenAnswer, service: .entra, form: "noRefreshToken"))
        #expect(await client.refresh(refresh).json["refresh_token"] == nil)
        #expect(await client.refresh(refresh).json["refresh_token"] != nil)
    }

    @Test(arguments: [
        ("x.y.z", 50027), ("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJuIn0.c2ln", 700_016),
        ("eyJhbGciOiJub25lIn0.eyJpc3MiOiJuIn0.", 50027),
    ])
    func `an assertion that is none proves nothing`(assertion: String, code: Int) async throws {
        let client = try await PracticeClient()
        let fields = [
            "grant_type": "client_credentials", "scope": "\(PracticeClient.graph)/.default",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        ]
        let reply = await client.post("/entra/\(PracticeClient.acme)/oauth2/v2.0/token", fields)
        #expect(reply.json["error_codes"] as? [Int] == [code])
    }

    @Test func `a key that isn't the application's proves nothing`() async throws {
        let client = try await PracticeClient()
        #expect(await client.control("application/keys", #"{"pem":"no key"}"#).status == 400)
        let assertion = "eyJhbGciOiJSUzI1NiJ9.\(Self.ownClaims).c2ln"
        let reply = await client.token([
            "grant_type": "client_credentials", "scope": "\(PracticeClient.graph)/.default", "client_secret": "",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        ])
        #expect(reply.status == 401)
        expectRefusal(reply, 700_027, "invalid_client")
    }

    /// `{"iss": client, "sub": client}`.
    private static let ownClaims = Data(
        #"{"iss":"\#(PracticeClient.clientID)","sub":"\#(PracticeClient.clientID)"}"#.utf8
    ).base64EncodedString().replacing("=", with: "")
}
