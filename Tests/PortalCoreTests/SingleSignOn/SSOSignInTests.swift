import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Signing in with a broker's own provider, by honest people and others.
@Suite struct SSOSignInTests {
    @Test func `a person signs in with the provider, comes to the wanted page, and is the same one each time`()
        async throws
    {
        let world = try await SSOWorld.enabled()
        #expect(try await world.portal.client().get("/sign-in").words.contains("Continue with single sign-on"))
        let (client, address) = try await world.departure(next: "/organizations")
        let page = try await client.open(world.provider.signIn(FakeProvider.olivia, at: address))
        #expect(page.status == .ok && page.words.contains("Organizations"))
        #expect(page.words.contains("Olivia Owner"))
        #expect(try world.audit("sso.link", "done").count == 1)
        // The address has become somebody else's meanwhile: the account counts.
        let again = try await world.signedIn(FakeProvider.Person(subject: "s-olivia", email: "new@acme.example"))
        #expect(try await again.get("/").words.contains("Olivia Owner"))
        #expect(try world.audit("sso.link", "done").count == 1)
        #expect(try await again.follow(again.post("/sign-out")).words.contains("Sign out at login.acme.example"))
        #expect(try await again.get("/").location?.hasPrefix("/sign-in") == true)
    }

    @Test func `from a branded host the way leads back there, signed in`() async throws {
        let world = try await SSOWorld.enabled()
        let client = try await world.signedIn(at: TestPortal.shop, next: "/tenants")
        #expect(client.host == TestPortal.shop)
        #expect(try await client.get("/").words.contains("Olivia Owner"))
    }

    @Test func `check 24, 29: an answer with a forged, used, late or another browser's state is refused`() async throws
    {
        let world = try await SSOWorld.enabled()
        let path = "/sso/broker-acme/return"
        let (client, address) = try await world.departure()
        let back = try world.provider.signIn(FakeProvider.olivia, at: address)
        let before = world.tokenCalls
        let stranger = world.portal.client()
        for query in ["", "?code=c", "?code=c&state=", "?code=c&state=forged", "?state=forged&state=forged&code=c"] {
            let page = try await stranger.get(path + query)
            #expect(page.status == .badRequest && page.words.contains("You are not signed in"), "\(query)")
            #expect(page.headers[.setCookie] == nil)
        }
        #expect(try world.audit("sso.answer", "refused").count == 5)
        // The attacker's own answer in the victim's browser, and the reverse.
        #expect(try await stranger.open(back).words.contains("was begun in another browser"))
        let (other, otherAddress) = try await world.departure()
        _ = try world.provider.signIn(FakeProvider.olivia, at: otherAddress)
        #expect(try await other.open(back).words.contains("was begun in another browser"))
        #expect(world.tokenCalls == before)
        #expect(try world.audit("session.start", "refused").count == 2)
        // The one that it belongs to; and once more.
        #expect(try await client.open(back).status == .ok)
        #expect(world.tokenCalls == before + 1)
        #expect(try await client.open(back).words.contains("Olivia Owner"))
        _ = try await client.post("/sign-out")
        #expect(try await client.open(back).words.contains("This sign-in is over"))
        #expect(world.tokenCalls == before + 1)
        // A late one.
        let (slow, slowAddress) = try await world.departure()
        let slowBack = try world.provider.signIn(FakeProvider.olivia, at: slowAddress)
        world.portal.clock.advance(by: 16 * 60)
        #expect(try await slow.open(slowBack).words.contains("took too long"))
        #expect(world.tokenCalls == before + 1)
    }

    @Test func `check 29: codes that are swapped between two sign-ins are refused by PKCE`() async throws {
        let world = try await SSOWorld.enabled()
        let (one, oneAddress) = try await world.departure()
        let (_, otherAddress) = try await world.departure()
        let mine = try world.provider.signIn(FakeProvider.olivia, at: oneAddress)
        let other = try world.provider.signIn(FakeProvider.olivia, at: otherAddress)
        let code = try #require(other.firstMatch(of: /code=([^&]*)/)).output.1
        let page = try await one.open(mine.replacing(/code=[^&]*/, with: "code=\(code)"))
        #expect(page.words.contains("did not complete the sign-in") && page.words.contains("invalid_grant"))
    }

    @Test(arguments: [
        ["iss": #""https://evil.example""#], ["aud": #""another""#], ["nonce": #""n""#], ["exp": "1"], ["sub": "7"],
        ["aud": #"["portal","another"]"#],
    ])
    func `check 30: an id token that is not for this sign-in signs nobody in`(claims: [String: String]) async throws {
        let world = try await SSOWorld.enabled()
        let (client, address) = try await world.departure()
        world.provider.fail(.claims(claims))
        let page = try await client.open(world.provider.signIn(FakeProvider.olivia, at: address))
        #expect(page.status == .badRequest && page.words.contains("You are not signed in"))
        #expect(try await client.get("/").location?.hasPrefix("/sign-in") == true)
        #expect(try world.audit("session.start", "refused").count == 1)
    }

    @Test func `check 31: an answer that names another issuer, or comes to another broker's address, is refused`()
        async throws
    {
        let world = try await SSOWorld.enabled()
        let (client, address) = try await world.departure()
        let back = try world.provider.signIn(FakeProvider.olivia, at: address)
        let before = world.tokenCalls
        #expect(try await client.open(back + "&iss=https%3A%2F%2Fevil.example").words.contains("another provider's"))
        #expect(try await client.open(back.replacing("broker-acme", with: "broker-liberty")).status == .notFound)
        #expect(try await client.open(back.replacing("eu.gatehouse", with: "us.gatehouse")).status == .notFound)
        #expect(world.tokenCalls == before)
        // Where the provider promises to name itself, an answer without a name is nobody's.
        world.provider.fail(.metadata(["authorization_response_iss_parameter_supported": "true"]))
        _ = try await world.owner.get("/security")
        _ = try await world.owner.post("/security/provider-checks")
        await world.portal.runJobs()
        world.provider.fail(.none)
        let (second, secondAddress) = try await world.departure()
        let answer = try world.provider.signIn(FakeProvider.olivia, at: secondAddress)
        #expect(try await second.open(answer).words.contains("another provider's"))
        #expect(try await second.open(answer + "&iss=https%3A%2F%2Flogin.acme.example").status == .ok)
    }

    @Test(arguments: [
        (FakeProvider.Person(subject: "s1", email: "owner@acme.example", isVerified: "false"), "does not vouch"),
        (FakeProvider.Person(subject: "s1", email: "owner@acme.example", isVerified: nil), "does not vouch"),
        (FakeProvider.Person(subject: "s1", email: "owner@acme.example", isVerified: "1"), "does not vouch"),
        (FakeProvider.Person(subject: "s1", email: nil), "does not vouch"),
        (FakeProvider.Person(subject: "s1", email: "owner@liberty.example"), "not of a domain"),
        (FakeProvider.Person(subject: "s1", email: "owner@acme.example.evil.example"), "not of a domain"),
        (FakeProvider.Person(subject: "s1", email: "nobody@acme.example"), "Nobody here has the address"),
        (FakeProvider.Person(subject: "s1", email: "admin@gatehouse.example"), "not of a domain"),
    ])
    func `check 32: an account is linked by a verified address of an allowed domain only`(
        person: FakeProvider.Person, words: String
    ) async throws {
        let world = try await SSOWorld.enabled()
        let (client, address) = try await world.departure()
        let page = try await client.open(world.provider.signIn(person, at: address))
        #expect(page.status == .badRequest && page.words.contains(words), "\(page.words)")
        #expect(try world.audit("sso.link").isEmpty)
    }

    @Test func `check 32: neither subject nor address leads to another account's person, nor to another broker's`()
        async throws
    {
        let world = try await SSOWorld.enabled()
        _ = try await world.signedIn()
        // A second account with the address of a person who is linked.
        let (client, address) = try await world.departure()
        let twin = FakeProvider.Person(subject: "s-twin", email: "owner@acme.example")
        #expect(
            try await client.open(world.provider.signIn(twin, at: address)).words.contains("linked to another account"))
        // Customers' people and other brokers' are not the broker's own.
        _ = try await world.save(["secret": "", "domains": "acme.example northgate.example"])
        for email in ["anna@northgate.example"] {
            let (client, address) = try await world.departure(email)
            let person = FakeProvider.Person(subject: "s-\(email)", email: email)
            let page = try await client.open(world.provider.signIn(person, at: address))
            #expect(page.words.contains("Nobody here has the address"), "\(email)")
        }
        // The domain is Acme's now, so Liberty can't claim it.
        let liberty = try await world.portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        _ = try await liberty.get("/security")
        let page = try await liberty.post("/security/provider", SSOWorld.settings)
        #expect(
            page.status == .unprocessableContent && page.words.contains("Another broker of this portal has the domain"))
        // The same subject at Liberty's provider is another person.
        _ = try await liberty.post(
            "/security/provider", SSOWorld.settings.merging(["domains": "liberty-it.example"]) { $1 })
        await world.portal.runJobs()
        _ = try await liberty.post("/security/sso-enabled", ["to": "on"])
        let us = world.portal.client(at: TestPortal.us)
        _ = try await us.get("/sign-in/sso")
        let target = try await SSOWorld.target(us.follow(us.post("/sign-in/sso", ["email": "a@liberty-it.example"])))
        let answer = try await us.open(world.provider.signIn(FakeProvider.olivia, at: target))
        #expect(answer.words.contains("not of a domain that may sign in here"))
    }

    @Test(arguments: [
        "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "%2f%2fevil.example",
        "javascript:alert(1)", "/%0d%0aSet-Cookie:a=b", "/\r\nSet-Cookie: a=b", "\u{0}/",
    ])
    func `check 34: the way after the sign-in leads to this portal`(next: String) async throws {
        let world = try await SSOWorld.enabled()
        let client = world.portal.client()
        _ = try await client.get("/sign-in/sso")
        let page = try await client.follow(client.post("/sign-in/sso", ["email": "owner@acme.example", "next": next]))
        let back = try world.provider.signIn(FakeProvider.olivia, at: SSOWorld.target(page))
        let start = try #require(back.firstRange(of: "/sso/")).lowerBound
        let answer = try await client.get(String(back[start...]))
        #expect(answer.status == .seeOther)
        let location = try #require(answer.location)
        #expect(location == "/" || (location.hasPrefix("/%") && !location.contains("\r")), "\(location)")
    }

    @Test func `check 35: what the provider writes about an error is not shown, and there is no loop`() async throws {
        let world = try await SSOWorld.enabled()
        for (error, words) in [("access_denied", "was refused at"), ("<script>", "did not sign you in")] {
            let (client, address) = try await world.departure()
            let state = try #require(address.firstMatch(of: /state=([^&]*)/)).output.1
            let query =
                "error=\(error.queryEncoded)&error_description=\("<script>alert(1)</script>".queryEncoded)&state=\(state)"
            let page = try await client.get("/sso/broker-acme/return?\(query)")
            #expect(page.status == .badRequest && page.words.contains(words))
            #expect(!page.text.contains("alert(1)") && page.headers[.location] == nil)
        }
        #expect(world.tokenCalls == 0)
    }

    @Test func `check 36: the provider changes its key, and people go on signing in`() async throws {
        let world = try await SSOWorld.enabled()
        _ = try await world.signedIn()
        world.provider.changeKey()
        world.provider.forget()
        _ = try await world.signedIn()
        _ = try await world.signedIn()
        #expect(world.provider.asked.count { $0.hasSuffix("/keys") } == 1)
    }

    @Test func `check 37: clocks that differ by more than two minutes are named as the cause`() async throws {
        let world = try await SSOWorld.enabled()
        let now = Int(world.portal.clock.now.timeIntervalSince1970)
        for minutes in [-10, -5, 5, 10] {
            let (client, address) = try await world.departure()
            world.provider.fail(.claims(["iat": "\(now + minutes * 60)", "exp": "\(now + minutes * 60 + 60)"]))
            let page = try await client.open(world.provider.signIn(FakeProvider.olivia, at: address))
            #expect(page.words.contains("The clocks of login.acme.example and of this portal differ"), "\(minutes)")
        }
        world.provider.fail(.claims(["iat": "\(now + 110)", "exp": "\(now + 400)"]))
        _ = try await world.signedIn()
    }

    @Test(arguments: [
        (FakeProvider.Fault.down, "did not answer"), (.error, "did not complete the sign-in"),
        (.garbage, "did not complete"),
        (.redirect, "did not complete"), (.endless, "did not answer as the standard says"),
        (.tokenError("invalid_client"), "does not know this portal"), (.slow, "did not answer"),
    ])
    func `check 38: a provider that fails ends in a clear page within ten seconds`(
        fault: FakeProvider.Fault, words: String
    ) async throws {
        let world = try await SSOWorld.enabled()
        let (client, address) = try await world.departure()
        let back = try world.provider.signIn(FakeProvider.olivia, at: address)
        world.provider.fail(fault)
        let page = try await client.open(back)
        // All calls of a sign-in share one limit, without which the slow one would never end.
        #expect(SSOSender.limit < .seconds(10))
        #expect(page.status == .badGateway && page.words.contains(words), "\(page.words)")
        #expect(page.words.contains("Reference"))
        // Passwords are not touched by it.
        _ = try await world.portal.client(signedInAs: "manager@acme.example")
    }

    @Test func `check 38: one broker's slow provider takes a quarter of the workers at most`() async throws {
        let turnstile = SSOTurnstile(workers: 4, patience: .milliseconds(30))
        try await turnstile.pass("acme") {
            await #expect(throws: PageError.signInsQueue) { try await turnstile.pass("acme") {} }
            _ = try await turnstile.pass("liberty") {
                await #expect(throws: PageError.signInsQueue) { _ = try await turnstile.pass("third") {} }
            }
        }
        try await turnstile.pass("acme") {}
    }

    @Test func `check 38: a colleague who comes back at the same moment waits for a place`() async throws {
        let turnstile = SSOTurnstile(workers: 4)
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        async let first: Void = turnstile.pass("acme") {
            enter.finish()
            try await Task.sleep(for: .milliseconds(100))
        }
        for await _ in entered {}
        try await turnstile.pass("acme") {}
        try await first
        #expect(!PageError.signInsQueue.explanation.contains("password"))
    }

    @Test func `check 38: sign-ins that nobody comes back from are slowed by source, and crowd nobody out`()
        async throws
    {
        let world = try await SSOWorld.enabled()
        let (client, address) = try await world.departure()
        let portal = world.portal.portal
        let provider = try #require(try portal.database.read { try $0.ssoProvider(of: "broker-acme") })
        for _ in 0..<SSOSignIn.maxOpen + 20 {
            _ = try portal.beginSSO(
                SSOSignIn.New(
                    provider: provider, purpose: .signIn, userID: nil, host: TestPortal.eu, nonce: nil, next: "/"))
        }
        #expect(try portal.database.read { try $0.count("SELECT COUNT(*) FROM sso_sign_in") } == SSOSignIn.maxOpen)
        #expect(try await client.open(world.provider.signIn(FakeProvider.olivia, at: address)).status == .ok)
        _ = try await world.signedIn()
        let flood = world.portal.client(from: "198.51.100.7")
        _ = try await flood.get("/sign-in/sso")
        for _ in 0..<100 { _ = try await flood.post("/sign-in/sso", ["email": "owner@acme.example"]) }
        let page = try await flood.post("/sign-in/sso", ["email": "owner@acme.example"])
        #expect(page.status == .tooManyRequests && page.words.contains("Too many sign-ins were begun"))
        // Others are not slowed, and who comes back is not counted.
        for _ in 0..<3 { _ = try await world.signedIn() }
        let counted = try portal.database.read {
            try $0.count("SELECT SUM(tries) FROM counted_try WHERE kind = 'sso' AND source <> '198.51.100.7'")
        }
        #expect(counted == 0)
    }
}
