import Foundation
import MicrosoftSandbox
import Testing

@Suite struct TokenTests {
    @Test func `amr is in the access token, which has the v1 form, and not in the id_token`() async throws {
        let client = try await PracticeClient()
        let reply = await client.redeem(try await client.code()).json
        let access = PracticeClient.claims(reply["access_token"])
        #expect(access["ver"] as? String == "1.0")
        #expect(access["iss"] as? String == "https://sts.windows.net/\(PracticeClient.acme)/")
        #expect(access["aud"] as? String == PracticeClient.partnerCenter)
        #expect(access["amr"] as? [String] == ["pwd", "mfa"])
        #expect(access["scp"] as? String == "user_impersonation")
        #expect(access["appid"] as? String == PracticeClient.clientID)
        #expect((access["wids"] as? [String])?.contains("62e90394-69f5-4237-9190-012177145e10") == true)
        let identity = PracticeClient.claims(reply["id_token"])
        #expect(identity["ver"] as? String == "2.0")
        #expect(identity["iss"] as? String == "http://127.0.0.1:8090/entra/\(PracticeClient.acme)/v2.0")
        #expect(identity["aud"] as? String == PracticeClient.clientID)
        #expect(identity["nonce"] as? String == "n-1")
        #expect(identity["oid"] as? String == access["oid"] as? String)
        #expect(identity["amr"] == nil)
        #expect(identity["sub"] as? String != access["sub"] as? String)
    }

    @Test func `who is never asked for MFA has an amr without it`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken(as: PracticePerson("nomfa@acmecloud.example"))
        #expect(PracticeClient.claims(token)["amr"] as? [String] == ["pwd"])
    }

    @Test func `the id_token and the refresh token come only when asked for`() async throws {
        let client = try await PracticeClient()
        let scope = "\(PracticeClient.partnerCenter)/.default"
        let reply = await client.redeem(try await client.code(["scope": scope])).json
        #expect(reply["id_token"] == nil)
        #expect(reply["refresh_token"] == nil)
        #expect(reply["scope"] as? String == "\(PracticeClient.partnerCenter)/user_impersonation \(scope)")
    }

    @Test func `a code works once`() async throws {
        let client = try await PracticeClient()
        let code = try await client.code()
        #expect(await client.redeem(code).status == 200)
        expectRefusal(await client.redeem(code), 54005, "invalid_grant")
    }

    @Test func `a code is good for ten minutes`() async throws {
        let client = try await PracticeClient()
        let code = try await client.code()
        try client.sandbox.advanceClock(by: 601)
        expectRefusal(await client.redeem(code), 70008, "invalid_grant")
    }

    @Test(arguments: ["wrong-verifier", ""])
    func `a code sent for with a challenge needs its verifier`(verifier: String) async throws {
        let client = try await PracticeClient()
        expectRefusal(
            await client.redeem(try await client.code(), ["code_verifier": verifier]), 501481, "invalid_grant")
    }

    @Test(arguments: ["plain", ""])
    func `a plain challenge is the verifier itself, and plain is assumed`(method: String) async throws {
        let client = try await PracticeClient()
        let challenge = ["code_challenge": PracticeClient.verifier, "code_challenge_method": method]
        #expect(await client.redeem(try await client.code(challenge)).status == 200)
        let hashed = ["code_challenge_method": method]
        expectRefusal(await client.redeem(try await client.code(hashed)), 501481, "invalid_grant")
    }

    @Test func `a code is bound to its tenant, its redirect URI and its own text`() async throws {
        let client = try await PracticeClient()
        let code = try await client.code()
        expectRefusal(await client.redeem(code, tenant: PracticeClient.liberty), 700005, "invalid_grant")
        expectRefusal(await client.redeem(code, ["redirect_uri": "http://other.example/"]), 500112, "invalid_grant")
        expectRefusal(await client.redeem("0.made-up"), 70000, "invalid_grant")
        #expect(await client.redeem(code).status == 200)
    }

    @Test func `refreshing works again and again, with each new token and with the old one`() async throws {
        let client = try await PracticeClient()
        let first = await client.redeem(try await client.code()).json["refresh_token"] as? String ?? ""
        var newest = first
        for _ in 0..<3 {
            let reply = await client.refresh(newest)
            #expect(reply.status == 200)
            let access = PracticeClient.claims(reply.json["access_token"])
            #expect(access["amr"] as? [String] == ["pwd", "mfa"])
            #expect(reply.json["refresh_token"] as? String != newest)
            newest = reply.json["refresh_token"] as? String ?? ""
            try client.sandbox.advanceClock(by: 29 * 86400)
        }
        #expect(await client.refresh(first).status == 200)
        try client.sandbox.advanceClock(by: 4 * 86400)
        expectRefusal(await client.refresh(first), 700082, "invalid_grant", suberror: "bad_token")
        #expect(await client.refresh(newest).status == 200)
    }

    @Test func `a permission that nobody consented to needs a new consent`() async throws {
        let client = try await PracticeClient()
        let token = await client.redeem(try await client.code()).json["refresh_token"] as? String ?? ""
        let reply = await client.refresh(token, scope: "https://graph.microsoft.com/User.Read")
        expectRefusal(reply, 65001, "invalid_grant", suberror: "consent_required")
    }

    @Test func `the application alone gets a token without scope and without refresh token`() async throws {
        let client = try await PracticeClient()
        let fields = ["grant_type": "client_credentials", "scope": "\(PracticeClient.partnerCenter)/.default"]
        let reply = await client.token(fields)
        #expect(reply.json["refresh_token"] == nil)
        let access = PracticeClient.claims(reply.json["access_token"])
        #expect(access["idtyp"] as? String == "app")
        #expect(access["scp"] == nil)
        expectRefusal(await client.token(tenant: PracticeClient.liberty, fields), 700016, "unauthorized_client")
        let named = ["grant_type": "client_credentials", "scope": "\(PracticeClient.partnerCenter)/user_impersonation"]
        expectRefusal(await client.token(named), 1_002_012, "invalid_scope")
    }

    @Test func `a client must prove itself`() async throws {
        let client = try await PracticeClient()
        let fields = ["grant_type": "client_credentials", "scope": "\(PracticeClient.partnerCenter)/.default"]
        let wrong = await client.token(fields.merging(["client_secret": "wrong"]) { $1 })
        #expect(wrong.status == 401)
        expectRefusal(wrong, 7_000_215, "invalid_client")
        expectRefusal(await client.token(fields.merging(["client_secret": ""]) { $1 }), 7_000_218, "invalid_client")
        expectRefusal(await client.token(fields.merging(["client_id": "x"]) { $1 }), 700016, "unauthorized_client")
        expectRefusal(await client.token(["grant_type": "password"]), 70003, "unsupported_grant_type")
        let basic = Data("\(PracticeClient.clientID):practice-secret".utf8).base64EncodedString()
        let reply = await client.post(
            "/entra/\(PracticeClient.acme)/oauth2/v2.0/token", fields, headers: ["Authorization": "Basic \(basic)"])
        #expect(reply.status == 200)
    }

    @Test func `an error says when and under which ids it happened`() async throws {
        let client = try await PracticeClient()
        let id = "eeeeeeee-0000-4000-8000-000000000042"
        let reply = await client.post(
            "/entra/nowhere/oauth2/v2.0/token", [:], headers: ["client-request-id": id])
        expectRefusal(reply, 90002, "invalid_request")
        let trace = reply.json["trace_id"] as? String ?? ""
        #expect(reply.json["timestamp"] as? String == "2026-01-15 10:00:00Z")
        #expect(reply.json["correlation_id"] as? String == id)
        #expect(reply.header("x-ms-request-id") == trace)
        let description = reply.json["error_description"] as? String ?? ""
        #expect(
            description.hasSuffix("\r\nTrace ID: \(trace)\r\nCorrelation ID: \(id)\r\nTimestamp: 2026-01-15 10:00:00Z"))
        #expect((reply.json["error_uri"] as? String)?.hasSuffix("/error?code=90002") == true)
    }

    @Test func `discovery names the tenant by its id, whichever way it was asked`() async throws {
        let client = try await PracticeClient()
        for tenant in [PracticeClient.acme, "acmecloud.example", "ACMECLOUD.onmicrosoft.com"] {
            let document = await client.get("/entra/\(tenant)/v2.0/.well-known/openid-configuration").json
            #expect(document["issuer"] as? String == "http://127.0.0.1:8090/entra/\(PracticeClient.acme)/v2.0")
        }
        let shared = await client.get("/entra/organizations/v2.0/.well-known/openid-configuration").json
        #expect(shared["issuer"] as? String == "http://127.0.0.1:8090/entra/{tenantid}/v2.0")
        let unknown = await client.get("/entra/nowhere/v2.0/.well-known/openid-configuration")
        #expect(unknown.status == 400)
        expectRefusal(unknown, 90002, "invalid_tenant")
    }
}
