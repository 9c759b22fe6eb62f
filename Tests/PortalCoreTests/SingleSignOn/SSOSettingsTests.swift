import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Setting a provider up, and switching its use on and off.
@Suite struct SSOSettingsTests {
    @Test func `an owner sets a provider up step by step, and the page says what is missing`() async throws {
        let world = try await SSOWorld()
        let empty = try await world.owner.get("/security")
        #expect(
            empty.words.contains("Not set up")
                && empty.words.contains("http://eu.gatehouse.localhost:8080/sso/broker-acme/return"))
        let saved = try await world.save()
        #expect(saved.location == "/security?done=sso-saved")
        let tested = try await world.owner.get("/security").words
        #expect(tested.contains("signs with RS256") && tested.contains("Enable"))
        #expect(
            try await world.owner.post("/security/sso-enabled", ["to": "on"]).location == "/security?done=sso-enabled")
        #expect(try world.audit("sso.configure").first?.after["issuer"] == "https://login.acme.example")
        #expect(try world.audit("sso.enable").first?.after == ["value": "yes"])
        // Nobody but owners sees any of it.
        let manager = try await world.portal.client(signedInAs: "manager@acme.example")
        #expect(try await manager.get("/security").status == .notFound)
    }

    @Test func `the secret is on no page, in no address and in no line of the audit`() async throws {
        let world = try await SSOWorld.enabled()
        let wrong = try await world.save(["domains": "", "secret": "another secret"])
        #expect(wrong.status == .unprocessableContent && !wrong.text.contains("another secret"))
        _ = try await world.owner.get("/security")
        for path in ["/security", "/security/steps", "/audit", "/jobs"] {
            let page = try await world.owner.get(path)
            #expect(page.status == .ok && !page.text.contains(FakeProvider.secret.prefix(10)), "\(path)")
        }
        #expect(world.provider.asked.allSatisfy { !$0.contains("secret") })
        let stored = try world.portal.portal.database.read { try $0.ssoProvider(of: "broker-acme") }
        let text = String(decoding: try #require(stored).secret, as: UTF8.self)
        #expect(!text.isEmpty && !text.contains("portal's"))
        // Left empty, it stays.
        _ = try await world.save(["secret": ""])
        _ = try await world.signedIn()
    }

    @Test(arguments: [
        "http://login.acme.example", "https://127.0.0.1.nip.io@10.0.0.1", "https://10.0.0.1",
        "https://192.168.1.1/realms/x",
        "https://169.254.169.254/latest", "https://172.20.0.1", "https://100.64.0.1", "https://[fe80::1]",
        "https://[fd00::1]",
        "https://[::ffff:10.0.0.1]", "https://[64:ff9b::a00:1]", "https://[2002:a00:1::]", "https://2130706433",
        "https://0x7f.1",
        "https://127.1", "https://intranet", "https://login.internal", "https://printer.local", "https://0.0.0.0",
        "ftp://login.acme.example", "https://login.acme.example?x=1", "login.acme.example", "javascript:alert(1)", "",
    ])
    func `check 33: an issuer that is no public address with https is refused, and nobody is asked`(issuer: String)
        async throws
    {
        let world = try await SSOWorld()
        let page = try await world.save(["issuer": issuer])
        #expect(page.status == .unprocessableContent && page.words.contains("There is a problem"), "\(issuer)")
        #expect(world.provider.asked.isEmpty)
    }

    @Test(arguments: [
        (["issuer": #""https://login.acme.example/""#], "calls itself differently"),
        (["token_endpoint": #""http://login.acme.example/token""#], "names an address that the portal may not call"),
        (["token_endpoint": #""https://127.0.0.1/token""#], "names an address that the portal may not call"),
        (["jwks_uri": #""https://169.254.169.254/keys""#], "The portal may not call 169.254.169.254"),
        (
            ["id_token_signing_alg_values_supported": #"["HS256","none"]"#],
            "signs in a way that the portal does not know"
        ),
        (["token_endpoint_auth_methods_supported": #"["tls_client_auth"]"#], "does not take a client secret"),
    ])
    func `check 33: a provider that says strange things of itself is not used, and the page says why`(
        metadata: [String: String], words: String
    ) async throws {
        let world = try await SSOWorld()
        world.provider.fail(.metadata(metadata))
        try await world.save()
        let page = try await world.owner.get("/security").words
        #expect(page.contains(words), "\(page)")
        #expect(try await world.owner.post("/security/sso-enabled", ["to": "on"]).status == .unprocessableContent)
        #expect(world.provider.asked.allSatisfy { $0.hasPrefix("GET https://login.acme.example/") })
    }

    @Test(arguments: [
        (FakeProvider.Fault.down, "did not answer"), (.slow, "did not answer"),
        (.error, "There is no OpenID Connect provider"),
        (.redirect, "There is no OpenID Connect provider"), (.garbage, "did not answer as the standard says"),
        (.endless, "did not answer as the standard says"),
    ])
    func `check 33, 38: a provider that does not answer well is not enabled, and one that did serves on`(
        fault: FakeProvider.Fault, words: String
    ) async throws {
        let world = try await SSOWorld()
        world.provider.fail(fault)
        try await world.save()
        #expect(try await world.owner.get("/security").words.contains(words))
        _ = try await world.owner.post("/security/sso-enabled", ["to": "on"])
        #expect(try await world.portal.client().get("/sign-in/sso").status == .ok)
        #expect(try world.audit("sso.enable", "refused").count == 1)
        world.provider.fail(.none)
        try await world.save(["secret": ""])
        _ = try await world.owner.post("/security/sso-enabled", ["to": "on"])
        world.provider.fail(fault == .slow ? .down : fault)
        _ = try await world.owner.post("/security/provider-checks")
        await world.portal.runJobs()
        world.provider.fail(.none)
        _ = try await world.signedIn()
    }

    @Test func `check 33: names that lead to this machine or an internal network are not called`() async throws {
        let upstream = HTTPUpstream()
        for host in ["localhost", "127.0.0.1", "[::1]", "10.0.0.1"] {
            let request = HTTPRequest(method: .get, scheme: "https", authority: "\(host):9", path: "/")
            await #expect(throws: UpstreamError.notPublic) {
                _ = try await upstream.send(request, [], onlyPublic: true)
            }
        }
        try await upstream.shutdown()
    }

    @Test func `check 39: it is required only after the same person has just signed in with these settings`()
        async throws
    {
        let world = try await SSOWorld.enabled()
        func tryToRequire(_ client: TestClient) async throws -> TestPage {
            _ = try await client.get("/security")
            return try await client.post("/security/sso-required", ["to": "on"])
        }
        // Signed in with a password; signed in with it too long ago; with other settings.
        let refused = try await tryToRequire(world.owner)
        #expect(
            refused.status == .unprocessableContent
                && refused.words.contains("You have not signed in with single sign-on"))
        let owner = try await world.signedIn()
        try await world.save(["secret": FakeProvider.secret])
        #expect(try await tryToRequire(owner).words.contains("with the settings as they are now"))
        let again = try await world.signedIn()
        world.portal.clock.advance(by: 601)
        _ = try await again.get("/security")
        _ = try await again.follow(again.post("/security/sso-required", ["to": "on"]))
        #expect(try !world.isRequired)
        // Another owner's sign-in proves nothing for this one.
        #expect(try await tryToRequire(world.signedIn()).location == "/security?done=sso-required")
        #expect(try world.isRequired)
        #expect(try world.audit("sso.require", "refused").count == 2)
        #expect(try world.mails("Single sign-on is required now") == 1)
    }

    @Test func `a change of these settings needs a fresh proof`() async throws {
        let world = try await SSOWorld.enabled()
        world.portal.clock.advance(by: 601)
        for (path, form) in [
            ("/security/provider", SSOWorld.settings), ("/security/sso-enabled", ["to": "off"]),
            ("/security/provider-removal", [:]),
            ("/security/unlinked-people", ["person": "x"]), ("/security/sso-pauses", ["reason": "r", "minutes": "5"]),
            ("/account/sso", [:]),
        ] {
            _ = try await world.owner.get("/security")
            #expect(try await world.owner.post(path, form).location?.hasPrefix("/confirm?held=") == true, "\(path)")
        }
    }

    @Test func `check 42: two owners toggle at once, and what is in force is what was said last`() async throws {
        let (world, one) = try await SSOWorld.required()
        let two = try await world.signedIn()
        _ = try await one.get("/security")
        _ = try await two.get("/security")
        for round in 0..<50 {
            async let first = one.post("/security/sso-required", ["to": round % 2 == 0 ? "off" : "on"])
            async let second = two.post("/security/sso-required", ["to": round % 2 == 0 ? "on" : "off"])
            let answers = try await [first, second]
            #expect(answers.allSatisfy { $0.status == .seeOther })
            let last = try #require(world.audit("sso.require", "done").first).after["value"]
            #expect(try world.isRequired == (last == "yes"))
            for client in [one, two] {
                let words = try await client.get("/security").words
                #expect(words.contains(last == "yes" ? "Yes: your own people get in" : "No: a password works too"))
            }
        }
        #expect(try world.audit("sso.require", "done").count == 101)
    }

    @Test func `check 44: while it is required the provider can be neither removed, disabled nor replaced`()
        async throws
    {
        let (world, owner) = try await SSOWorld.required()
        for (path, form) in [
            ("/security/provider-removal", [:]), ("/security/sso-enabled", ["to": "off"]),
            ("/security/provider", SSOWorld.settings.merging(["issuer": "https://other.example"]) { $1 }),
            ("/security/provider", SSOWorld.settings.merging(["client-id": "other"]) { $1 }),
            ("/security/unlinked-people", ["person": "user-owner@acme.example"]),
        ] {
            _ = try await owner.get("/security")
            let page = try await owner.post(path, form)
            #expect(
                page.status == .unprocessableContent && page.words.contains("Switch the requirement off first"),
                "\(path)")
        }
        #expect(try world.isRequired)
        _ = try await world.signedIn()
        // A new secret goes, since the old one may expire.
        _ = try await owner.get("/security")
        #expect(try await owner.post("/security/provider", SSOWorld.settings).location == "/security?done=sso-saved")
        // Without the requirement all of it goes.
        _ = try await owner.post("/security/sso-required", ["to": "off"])
        #expect(try await owner.post("/security/provider-removal").location == "/security?done=sso-removed")
        #expect(try await world.portal.client().get("/sign-in").words.contains("single sign-on") == false)
    }

    @Test func `check 44: the provider stays while no owner has a password to get in with`() async throws {
        let world = try await SSOWorld.enabled()
        let owner = try await world.signedIn()
        let database = world.portal.portal.database
        let hash = try database.write { db in
            let hash = try db.first("SELECT password FROM portal_user WHERE email = 'owner@acme.example'") {
                try $0[0] as String
            }
            try db.execute(
                "UPDATE portal_user SET password = '' WHERE broker_id = 'broker-acme' AND role = 'broker-owner'")
            return hash
        }
        let ways = [
            ("/security/provider-removal", [:]), ("/security/sso-enabled", ["to": "off"]),
            ("/security/provider", SSOWorld.settings.merging(["issuer": "https://other.example"]) { $1 }),
        ]
        for (path, form) in ways {
            _ = try await owner.get("/security")
            let page = try await owner.post(path, form)
            #expect(
                page.status == .unprocessableContent && page.words.contains("Let one set a password first"), "\(path)")
        }
        #expect(try world.audit("sso.remove", "refused").first?.detail["reason"] == "lastWayIn")
        _ = try await world.signedIn()
        try database.write {
            try $0.execute("UPDATE portal_user SET password = \(hash ?? "") WHERE email = 'owner@acme.example'")
        }
        _ = try await owner.get("/security")
        #expect(try await owner.post("/security/provider-removal").location == "/security?done=sso-removed")
    }

    @Test func `check 31: a domain of other brokers' people is not to be had, and the administrator takes one away`()
        async throws
    {
        let world = try await SSOWorld.enabled()
        for domain in ["liberty.example", "gatehouse.example"] {
            let page = try await world.save(["secret": "", "domains": "acme.example \(domain)"])
            #expect(
                page.status == .unprocessableContent && page.words.contains("Another broker of this portal"),
                "\(domain)")
        }
        try await world.save(["secret": "", "domains": "acme.example caught.example"])
        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get("/brokers/broker-acme").words.contains("caught.example"))
        let path = "/brokers/broker-acme/sso-domain-removals"
        #expect(try await world.owner.post(path, ["domain": "acme.example"]).status == .notFound)
        let done = try await admin.follow(admin.post(path, ["domain": "caught.example"]))
        #expect(done.words.contains("The domain was taken away"))
        #expect(try world.audit("sso.take-domain").count == 1)
        #expect(try world.mails("A domain of single sign-on was taken away") == 1)
        let client = world.portal.client()
        _ = try await client.get("/sign-in/sso")
        let page = try await client.post("/sign-in/sso", ["email": "olivia@caught.example"])
        #expect(page.words.contains("not set up here for addresses at caught.example"))
        // A domain that is not this broker's is nothing to take, and nothing is noted.
        _ = try await admin.post(path, ["domain": "liberty.example"])
        #expect(try world.audit("sso.take-domain").count == 1)
        _ = try await world.signedIn()
    }

    @Test func `another issuer's accounts are linked anew, and its sessions end`() async throws {
        let world = try await SSOWorld.enabled()
        let client = try await world.signedIn()
        try await world.save(["issuer": "https://other.example"])
        #expect(try await client.get("/").location?.hasPrefix("/sign-in") == true)
        #expect(try world.audit("sso.configure").first?.after["links forgotten"] == "1")
    }

    @Test func `a person links the own account where the provider vouches for no address`() async throws {
        let world = try await SSOWorld.enabled()
        let manager = try await world.portal.client(signedInAs: "manager@acme.example")
        _ = try await manager.get("/account")
        let away = try await manager.follow(manager.post("/account/sso", ["next": "/account"]))
        let mia = FakeProvider.Person(subject: "s-mia", email: nil, isVerified: nil)
        let page = try await manager.open(world.provider.signIn(mia, at: SSOWorld.target(away)))
        #expect(page.words.contains("Your account at the provider is linked"))
        // From now on it signs in by itself, and the owner can end the link.
        let (client, address) = try await world.departure("manager@acme.example")
        #expect(try await client.open(world.provider.signIn(mia, at: address)).words.contains("Mia Manager"))
        #expect(try await world.owner.get("/security").words.contains("s-mia"))
        _ = try await world.owner.post("/security/unlinked-people", ["person": "user-manager@acme.example"])
        #expect(try await client.get("/").location?.hasPrefix("/sign-in") == true)
        let (again, other) = try await world.departure("manager@acme.example")
        #expect(try await again.open(world.provider.signIn(mia, at: other)).words.contains("does not vouch"))
    }
}
