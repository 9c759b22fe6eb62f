import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// What required single sign-on closes, the pause that opens it for some minutes, and break-glass.
@Suite struct SSORequirementTests {
    private let person = Operator(name: "root")

    @Test func `check 41: passwords, resets, invitations and old sessions open nothing`() async throws {
        let world = try await SSOWorld.enabled()
        let manager = try await world.portal.client(signedInAs: "manager@acme.example")
        let customer = try await world.portal.client(signedInAs: "anna@northgate.example")
        let owner = try await world.signedIn()
        let reset = try world.link(.passwordReset, "manager@acme.example")
        let invitation = try world.link(.invitation, "manager@acme.example")
        _ = try await owner.get("/security")
        _ = try await owner.post("/security/sso-required", ["to": "on"])
        // Old sessions, also the one with which it was set up.
        #expect(try await manager.get("/").location?.hasPrefix("/sign-in") == true)
        #expect(try await world.owner.get("/").location?.hasPrefix("/sign-in") == true)
        #expect(try await owner.get("/").status == .ok)
        // A right password is answered as a wrong one, which leads to single sign-on.
        let client = world.portal.client()
        _ = try await client.get("/sign-in")
        let right = try await client.post(
            "/sign-in", ["email": "manager@acme.example", "password": DemoWorld.password])
        let wrong = try await client.post("/sign-in", ["email": "manager@acme.example", "password": "wrong"])
        #expect(right.status == .unprocessableContent && right.words == wrong.words)
        #expect(right.words.contains("Continue with single sign-on"))
        // Links that would set a password.
        #expect(try await client.get("/password-reset/\(reset)").status == .notFound)
        let invited = try await client.get("/invitation/\(invitation)")
        #expect(invited.words.contains("with single sign-on only") && !invited.text.contains(#"type="password""#))
        let used = try await client.post(
            "/invitation/\(invitation)", ["name": "M", "password": "correct horse battery staple"])
        #expect(used.words.contains("with single sign-on only"))
        // Customers' people have no account there, and go on as before.
        #expect(try await customer.get("/").status == .ok)
        _ = try await world.portal.client(signedInAs: "carl@northgate.example")
        // Other brokers aren't touched.
        _ = try await world.portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
    }

    @Test func `check 43: the authentication page explains the requirement and offers a pause to the owner`()
        async throws
    {
        let (world, owner) = try await SSOWorld.required()
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        let page = try await owner.get("/services/toy-cloud/authentication")
        #expect(page.words.contains("requires it at present") && page.words.contains("Pause the SSO requirement"))
        #expect(!page.text.contains(#"action="/services/toy-cloud/authentication""#))
        // A form that was open before goes nowhere either.
        _ = try await owner.post("/services/toy-cloud/authentication", ["key": ToyUpstream.key])
        #expect(try world.portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM sign_in_attempt") } == 0)
        let access = FakeProvider.Person(subject: "s-alex", email: "access@acme.example")
        let alex = try await world.signedIn(access)
        let his = try await alex.get("/services/toy-cloud/authentication")
        #expect(his.words.contains("An owner of Acme Cloud can pause it"))
        #expect(try await alex.post("/security/sso-pauses", ["reason": "r", "minutes": "5"]).status == .notFound)
        for form in [
            ["reason": "", "minutes": "20"], ["reason": "r", "minutes": "31"], ["reason": "r", "minutes": "0"],
            ["reason": "r"],
        ] {
            #expect(try await owner.post("/security/sso-pauses", form).status == .unprocessableContent)
        }
        #expect(try world.isRequired)
        let paused = try await owner.follow(
            owner.post(
                "/security/sso-pauses", ["plugin": "toy-cloud", "reason": "New partner account", "minutes": "20"]))
        #expect(paused.words.contains("Single sign-on is paused") && paused.words.contains("Restore now"))
        #expect(paused.text.contains(#"action="/services/toy-cloud/authentication""#))
        #expect(try !world.isRequired)
        #expect(try world.audit("sso.pause").first?.detail["reason"] == "New partner account")
        #expect(try world.mails("Single sign-on is paused") == 1)
        // Everybody of the broker sees it, on every page; nobody else does.
        let manager = try await world.portal.client(signedInAs: "manager@acme.example")
        #expect(try await manager.get("/tenants").words.contains("Single sign-on is paused"))
        #expect(try await manager.get("/tenants").words.contains("Restore now") == false)
        let liberty = try await world.portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        #expect(try await liberty.get("/").words.contains("paused") == false)
    }

    /// A broker whose owner has paused the requirement to connect the toys.
    private func paused() async throws -> (SSOWorld, TestClient) {
        let (world, owner) = try await SSOWorld.required()
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        _ = try await owner.post("/security/sso-pauses", ["plugin": "toy-cloud", "reason": "New key", "minutes": "20"])
        return (world, owner)
    }

    @Test(arguments: [(ToyUpstream.key, "succeeded"), ("wrong-key", "failed")])
    func `check 43: the pause ends with the sign-in at the provider, be it well or not`(key: String, end: String)
        async throws
    {
        let (world, owner) = try await paused()
        let manager = try await world.portal.client(signedInAs: "manager@acme.example")
        _ = try await owner.get("/services/toy-cloud/authentication")
        _ = try await owner.post("/services/toy-cloud/authentication", ["key": key])
        #expect(try !world.isRequired)
        await world.portal.runJobs()
        #expect(try world.isRequired)
        #expect(try world.audit("sso.restore").first?.detail["why"] == "the sign-in at the provider \(end)")
        #expect(try world.mails("Single sign-on is required again") == 1)
        #expect(try await manager.get("/").location?.hasPrefix("/sign-in") == true)
        #expect(try await owner.get("/services/toy-cloud/authentication").words.contains("requires it at present"))
    }

    @Test func `check 43: the pause ends with its time, to the second, whether anything runs or not`() async throws {
        let (world, owner) = try await paused()
        let manager = try await world.portal.client(signedInAs: "manager@acme.example")
        world.portal.clock.advance(by: 20 * 60 - 1)
        #expect(try await manager.get("/").status == .ok)
        world.portal.clock.advance(by: 1)
        #expect(try await manager.get("/").location?.hasPrefix("/sign-in") == true)
        #expect(try await owner.get("/").words.contains("Single sign-on is paused") == false)
        #expect(try world.audit("sso.restore").isEmpty)
        for _ in 0..<2 { try world.portal.watchSingleSignOn() }
        #expect(try world.audit("sso.restore").count == 1)
        #expect(try world.audit("sso.restore").first?.detail["why"] == "the time ran out")
        #expect(try world.mails("Single sign-on is required again") == 1)
    }

    @Test func `check 43: a killed portal knows the pause at the next start, and its end`() async throws {
        let (world, _) = try await paused()
        let next = try world.portal.restarted(upstream: world.provider)
        #expect(try !next.isRequired)
        world.portal.clock.advance(by: 21 * 60)
        let later = try world.portal.restarted(upstream: world.provider)
        #expect(try later.isRequired)
        await #expect(throws: TestFailure.self) { _ = try await later.client(signedInAs: "manager@acme.example") }
        try later.watchSingleSignOn()
        #expect(
            try later.portal.database.read { try $0.count("SELECT COUNT(*) FROM audit WHERE action = 'sso.restore'") }
                == 1)
    }

    @Test func `check 43: the pause ends with a sign-in at the provider that nobody came back from`() async throws {
        let (world, owner) = try await paused()
        _ = try await owner.get("/services/toy-cloud/authentication")
        _ = try await owner.post("/services/toy-cloud/authentication", ["key": ToyUpstream.key])
        let portal = world.portal.portal
        try portal.database.write { db in
            try db.execute("UPDATE sign_in_attempt SET state = 'departing'")
            try db.execute("UPDATE sso_pause SET until = \(world.portal.clock.now + 3_600)")
            try db.endAbandonedAttempts(portal.vault, now: world.portal.clock.now + 29 * 60)
        }
        #expect(try !world.isRequired)
        for _ in 0..<2 {
            try portal.database.write {
                try $0.endAbandonedAttempts(portal.vault, now: world.portal.clock.now + 31 * 60)
            }
        }
        #expect(try world.isRequired)
        #expect(try world.audit("sso.restore").map { $0.detail["why"] } == ["the sign-in at the provider failed"])
    }

    @Test func `a person ends the pause, and a second click changes nothing`() async throws {
        let (world, owner) = try await paused()
        _ = try await owner.get("/")
        for _ in 0..<2 {
            #expect(
                try await owner.post("/security/sso-restorations", ["what": "pause"]).location
                    == "/security?done=sso-restored")
        }
        #expect(try world.isRequired)
        #expect(try world.audit("sso.restore").map { $0.detail["why"] } == ["a person ended the pause"])
        #expect(try world.audit("sso.restore").first?.actor == "owner@acme.example")
    }

    @Test func `check 40: a provider that is broken after all is got round from the machine, for a while`() async throws
    {
        let (world, owner) = try await SSOWorld.required()
        let portal = world.portal.portal
        #expect(throws: Portal.BreakGlassProblem.badMinutes) {
            try portal.suspendSSO(broker: "broker-acme", minutes: 0, reason: "r", by: person)
        }
        #expect(throws: Portal.BreakGlassProblem.noReason) {
            try portal.suspendSSO(broker: "broker-acme", minutes: 5, reason: " ", by: person)
        }
        #expect(throws: Portal.BreakGlassProblem.noBroker("x")) {
            try portal.suspendSSO(broker: "x", minutes: 5, reason: "r", by: person)
        }
        #expect(throws: Portal.BreakGlassProblem.notRequired("Liberty IT")) {
            try portal.suspendSSO(broker: "liberty it", minutes: 5, reason: "r", by: person)
        }
        #expect(throws: Portal.BreakGlassProblem.notSuspended("Acme Cloud")) {
            try portal.restoreSSO(broker: "Acme Cloud", by: person)
        }
        let (name, until) = try portal.suspendSSO(
            broker: "acme cloud", minutes: 60, reason: "The secret has expired", by: person)
        #expect(name == "Acme Cloud" && until == world.portal.clock.now + 3_600)
        let byPassword = try await world.portal.client(signedInAs: "owner@acme.example")
        let words = try await byPassword.get("/tenants").words
        #expect(words.contains("Break-glass is open: single sign-on is not required at Acme Cloud"))
        let administrator = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await administrator.get("/").words.contains("not required at Acme Cloud"))
        #expect(try await byPassword.get("/security").words.contains("The secret has expired"))
        let suspension = try #require(try world.audit("sso.suspend").first)
        #expect(suspension.actor == "command line" && suspension.detail["account"] == "root")
        #expect(try world.mails("Break-glass: single sign-on is not required") == 1)
        // It ends by itself.
        world.portal.clock.advance(by: 3_601)
        #expect(try await byPassword.get("/").location?.hasPrefix("/sign-in") == true)
        try world.portal.watchSingleSignOn()
        #expect(try world.audit("sso.end-suspension").first?.detail["why"] == "the time ran out")
        // Or from the machine, or by the owner.
        _ = try portal.suspendSSO(broker: "broker-acme", minutes: 60, reason: "r", by: person)
        #expect(try portal.restoreSSO(broker: "broker-acme", by: person) == "Acme Cloud")
        _ = try portal.suspendSSO(broker: "broker-acme", minutes: 60, reason: "r", by: person)
        let again = try await world.signedIn()
        _ = try await again.get("/")
        let ended = try world.audit("sso.end-suspension").filter { $0.actor == "command line" }
        #expect(ended.map { $0.detail["account"] } == ["root"])
        #expect(ended.map { $0.detail["why"] } == ["ended on the machine"])
        _ = try await again.post("/security/sso-restorations", ["what": "suspension"])
        #expect(try world.isRequired)
        _ = owner
    }

    @Test func `check 40: a link from the machine signs one person in, once, and is told`() async throws {
        let (world, _) = try await SSOWorld.required()
        let portal = world.portal.portal
        #expect(throws: Portal.BreakGlassProblem.noUser("x@y.example")) {
            try portal.signInLink(email: "x@y.example", by: person)
        }
        let first = try portal.signInLink(email: "OWNER@acme.example", by: person).address
        let link = try portal.signInLink(email: "owner@acme.example", by: person).address
        #expect(link.hasPrefix("http://eu.gatehouse.localhost:8080/sign-in-link/"))
        let client = world.portal.client()
        #expect(try await client.open(first).words.contains("no longer works"))
        // A mail scanner looks at it; nothing happens.
        for _ in 0..<3 {
            #expect(try await world.portal.client().open(link).words.contains("Sign in as owner@acme.example"))
        }
        let path = try #require(link.firstRange(of: "/sign-in-link/")).lowerBound
        _ = try await client.get(String(link[path...]))
        let page = try await client.follow(client.post(String(link[path...])))
        #expect(page.status == .ok && page.words.contains("was signed in by a link from the portal's machine"))
        #expect(try await world.portal.client().open(link).status == .notFound)
        #expect(try world.audit("sign-in-link.create").count == 2)
        #expect(try world.audit("session.start", "done").first?.detail["method"] == "break-glass")
        #expect(try world.mails("Break-glass: a sign-in link for owner@acme.example") == 3)
        // With it the owner gets the requirement out of the way.
        _ = try await client.get("/security")
        #expect(
            try await client.post("/security/sso-required", ["to": "off"]).location == "/security?done=sso-not-required"
        )
        world.portal.clock.advance(by: 3_601)
        #expect(try await client.get("/").location?.hasPrefix("/sign-in") == true)
        let late = try portal.signInLink(email: "owner@acme.example", by: person).address
        world.portal.clock.advance(by: 601)
        #expect(try await client.open(late).status == .notFound)
    }
}

extension SSOWorld {
    /// A link as a mail would bring it.
    fileprivate func link(_ purpose: OneTimeLink.Purpose, _ email: String) throws -> String {
        try portal.portal.database.write {
            try $0.makeLink(purpose, for: Key("user-\(email)"), by: "test", now: portal.clock.now).text
        }
    }
}

extension TestPortal {
    fileprivate var isRequired: Bool {
        get throws { try portal.database.read { try $0.ssoState(of: "broker-acme", now: clock.now).isRequired } }
    }
}
