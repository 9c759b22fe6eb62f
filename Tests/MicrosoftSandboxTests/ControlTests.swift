import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct ControlTests {
    @Test func `throttling answers with the header as it was set, for as often as it was set`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken()
        let fault = #"{"service":"partnercenter","call":"customers","kind":"throttle","times":2,"retryAfter":"7"}"#
        #expect(await client.control("faults", fault).status == 200)
        #expect(await client.partnerCenter("profiles/mpn", token).status == 200)
        for _ in 0..<2 {
            let reply = await client.partnerCenter("customers", token)
            #expect(reply.status == 429)
            #expect(reply.header("Retry-After") == "7")
            #expect(reply.json["statusCode"] as? Int == 429)
        }
        #expect(await client.partnerCenter("customers", token).status == 200)
    }

    @Test func `a server error has the shape of its service`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken()
        client.sandbox.add(Fault(.serverError, service: .partnercenter))
        client.sandbox.add(Fault(.serverError, service: .entra, call: .token, status: 503))
        let partnerCenter = await client.partnerCenter("customers", token)
        #expect(partnerCenter.status == 500)
        #expect(partnerCenter.json["code"] as? String == "800003")
        let entra = await client.refresh("any")
        #expect(entra.status == 503)
        #expect(entra.json["error"] as? String == "temporarily_unavailable")
    }

    @Test func `a sign-in can lose its MFA claim, for one token`() async throws {
        let client = try await PracticeClient()
        client.sandbox.add(Fault(.mfaClaimMissing, service: .entra, call: .token))
        let first = await client.redeem(try await client.code()).json
        #expect(PracticeClient.claims(first["access_token"])["amr"] as? [String] == ["pwd"])
        let second = await client.refresh(first["refresh_token"] as? String ?? "").json
        #expect(PracticeClient.claims(second["access_token"])["amr"] as? [String] == ["pwd", "mfa"])
        client.sandbox.add(Fault(.mfaClaimMissing, service: .partnercenter))
        let token = second["access_token"] as? String
        #expect(await client.partnerCenter("customers", token).json["code"] as? String == "900421")
        #expect(await client.partnerCenter("customers", token).status == 200)
    }

    @Test func `a revoked grant is refused with its suberror`() async throws {
        let client = try await PracticeClient()
        let refresh = await client.redeem(try await client.code()).json["refresh_token"] as? String ?? ""
        client.sandbox.add(Fault(.tokenRevoked, service: .entra))
        let reply = await client.refresh(refresh)
        #expect(reply.status == 400)
        #expect(reply.json["error_codes"] as? [Int] == [50173])
        #expect(reply.json["suberror"] as? String == "bad_token")
        #expect(await client.refresh(refresh).status == 200)
    }

    @Test func `a slow answer comes late`() async throws {
        let client = try await PracticeClient()
        client.sandbox.add(Fault(.slow, service: .entra, call: .keys, seconds: 0.2))
        let start = ContinuousClock.now
        #expect(await client.get("/entra/\(PracticeClient.acme)/discovery/v2.0/keys").status == 200)
        #expect(ContinuousClock.now - start >= .milliseconds(200))
    }

    @Test(arguments: [
        #"{"kind":"throttle"}"#, #"{"service":"entra","kind":"meteor"}"#, "[]",
        #"{"service":"entra","call":"customers","kind":"slow"}"#, #"{"service":"entra","kind":"slow","times":0}"#,
    ])
    func `a fault that makes no sense is 400 and not turned on`(json: String) async throws {
        let client = try await PracticeClient()
        #expect(await client.control("faults", json).status == 400)
        #expect((await client.get("/control/faults").json["faults"] as? [Any])?.isEmpty == true)
    }

    @Test func `the request log knows every call and no secret`() async throws {
        let client = try await PracticeClient()
        let code = try await client.code(["login_hint": "admin@acmecloud.example"])
        let tokens = await client.redeem(code).json
        let refresh = tokens["refresh_token"] as? String ?? "?"
        _ = await client.refresh(refresh)
        _ = await client.partnerCenter("customers?size=25", tokens["access_token"] as? String)
        _ = await client.get("/graph/v1.0/users?access_token=hidden-in-query")
        _ = await client.get("/")

        let log = await client.get("/control/requests")
        let entries = log.json["requests"] as? [[String: Any]] ?? []
        #expect(
            entries.map { $0["service"] as? String } == Array(repeating: "entra", count: 6) + [
                "partnercenter", "graph",
            ])
        #expect(entries[4]["note"] as? String == "authorization_code")
        #expect(entries[6]["path"] as? String == "/partnercenter/v1/customers?size=25")
        #expect(entries[6]["status"] as? Int == 200)
        #expect(entries[6]["correlationId"] is String)
        #expect(entries[7]["status"] as? Int == 401)
        for secret in [
            code, refresh, tokens["access_token"] as? String ?? "?", "practice-secret", "gatehouse-practice", "123456",
            "hidden-in-query", "s%261", "n-1", PracticeClient.verifier, PracticeClient.challenge, "admin@",
        ] {
            #expect(!log.text.contains(secret))
        }
        #expect(await client.send(.delete, "/control/requests").status == 200)
        #expect(client.sandbox.loggedRequests.isEmpty)
    }

    @Test func `the control page shows accounts, faults and requests, and its forms lead back to it`() async throws {
        let client = try await PracticeClient()
        let reply = await client.post(
            "/control/faults",
            ["service": "entra", "call": "", "kind": "throttle", "times": "3", "retryAfter": "57", "seconds": "5"])
        #expect(reply.status == 303)
        #expect(reply.header("Location") == "/")
        _ = await client.get("/partnercenter/<script>")
        let page = await client.get("/").text
        for text in [
            "admin@acmecloud.example", "nomfa@acmecloud.example", PracticeClient.acme, "gatehouse-practice",
            "<div>3</div>",
        ] {
            #expect(page.contains(text))
        }
        #expect(page.contains("/partnercenter/&lt;script&gt;"))
        #expect(!page.contains("<script"))
        #expect(page.components(separatedBy: "<h1>").count == 2)
    }

    @Test func `the clock moves forward by HTTP, and a reset puts it back`() async throws {
        let client = try await PracticeClient()
        let refresh = await client.redeem(try await client.code()).json["refresh_token"] as? String ?? ""
        #expect(await client.control("clock", #"{"advance": 86400}"#).status == 200)
        #expect(client.sandbox.now == PracticeClient.start.addingTimeInterval(86400))
        #expect(await client.control("clock", #"{"advance": -5}"#).status == 400)
        #expect(await client.control("reset", "").status == 200)
        #expect(client.sandbox.now == PracticeClient.start)
        #expect(await client.refresh(refresh).json["error_codes"] as? [Int] == [65001])
    }

    @Test func `with a state file a connection outlives a restart, and a used code stays used`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "state.json").path
        let first = try await PracticeClient(stateFile: file)
        let code = try await first.code()
        let tokens = await first.redeem(code).json
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)

        let second = try await PracticeClient(stateFile: file)
        #expect(await second.partnerCenter("profiles/mpn", tokens["access_token"] as? String).status == 200)
        #expect(await second.refresh(tokens["refresh_token"] as? String ?? "").status == 200)
        #expect(await second.redeem(code).json["error_codes"] as? [Int] == [54005])
        let stranger = try await PracticeClient()
        #expect(
            await stranger.refresh(tokens["refresh_token"] as? String ?? "").json["error_codes"] as? [Int] == [70000])
        try Data("{".utf8).write(to: URL(fileURLWithPath: file))
        await #expect(throws: SandboxError.self) { try await PracticeClient(stateFile: file) }
    }

    @Test func `it listens on loopback only`() async throws {
        let sandbox = try await MicrosoftSandbox(configuration: SandboxConfiguration(host: "0.0.0.0"))
        await #expect(throws: SandboxError.notLoopback(host: "0.0.0.0")) { try await sandbox.run() }
    }
}

/// How often a fault strikes.
@Suite struct FaultRateTests {
    @Test func `a fault at every third call strikes there, as often as it was asked for`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken()
        let fault =
            #"{"service":"partnercenter","call":"customers","kind":"serverError","status":502,"every":3,"times":2}"#
        #expect(await client.control("faults", fault).status == 200)
        var statuses: [Int] = []
        for _ in 0..<8 { statuses.append(await client.partnerCenter("customers?size=1", token).status) }
        #expect(statuses == [200, 200, 502, 200, 200, 502, 200, 200])
    }
}

/// Controls that would do something else than was meant are refused.
@Suite struct ControlRefusalTests {
    @Test(arguments: [
        ("faults", #"{"service":"graph","kind":"tokenAnswer","form":"otherScope"}"#),
        ("faults", #"{"service":"entra","kind":"pageLoop"}"#),
        ("faults", #"{"service":"entra","kind":"wrongBody","form":"haiku"}"#),
        ("faults", #"{"service":"entra","kind":"slow","second":3}"#), ("world", #"{"customer":7}"#),
        ("world", #"{"seed":-1}"#), ("world", #"{"seed":1.5}"#),
    ])
    func `a control that can't be meant so is 400 and changes nothing`(path: String, json: String) async throws {
        let client = try await PracticeClient()
        #expect(await client.control(path, json).status == 400)
        #expect(client.sandbox.loggedRequests.isEmpty)
        #expect(await client.get("/control/faults").json["faults"] as? [[String: String]] == [])
    }

    @Test func `JSON that is sent as a form is refused with the cause`() async throws {
        let client = try await PracticeClient()
        let headers = ["Content-Type": "application/x-www-form-urlencoded"]
        let reply = await client.send(.post, "/control/world", headers: headers, body: #"{"customers":7}"#)
        #expect(reply.status == 400)
        #expect(reply.text.contains("Content-Type: application/json"))
    }

    @Test func `the largest seed is a seed, and stays one when only the number of customers changes`() async throws {
        let client = try await PracticeClient()
        #expect(await client.control("world", #"{"seed":18446744073709551615}"#).status == 200)
        #expect(await client.control("world", #"{"customers":5}"#).status == 200)
        #expect(client.sandbox.configuration.world.seed == 1)
        #expect(
            (await client.get("/control/world").json["partners"] as? [[String: Any]])?.last?["customers"] as? Int == 5)
    }

    @Test func `an address that is no call is written without its end`() async throws {
        let client = try await PracticeClient()
        _ = await client.get("/entra/\(PracticeClient.acme)/oauth2/v2.0/token/SECRET")
        #expect(client.sandbox.loggedRequests.last?.path == "/entra/\(PracticeClient.acme)/…")
    }
}
