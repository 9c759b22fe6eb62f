import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// A person's own account page.
@Suite struct AccountTests {
    private let firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"

    @Test func `one sees who one is, and where one is signed in`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example", .brokerBilling)
        _ = try await world.client("petra@acme.example", from: "198.51.100.7", agent: firefox)
        world.portal.clock.advance(by: 120)
        let client = try await world.client("petra@acme.example", from: "192.0.2.9")
        let page = try await client.get("/account")
        for words in [
            "Petra Person", "petra@acme.example", "Broker billing (view only)", "Acme Cloud", "Firefox on Windows",
            "198.51.100.7", "An unknown browser", "192.0.2.9", "This one",
        ] {
            #expect(page.words.contains(words), "\(words)")
        }
        #expect(page.text.contains(#"href="/account">Your account"#))
    }

    @Test func `one ends one, or all others, and never somebody else's`() async throws {
        let world = try AccountWorld()
        let paul = try world.person("paul@acme.example")
        try world.person("petra@acme.example")
        let other = try await world.client("paul@acme.example")
        let limits = world.portal.portal.configuration.sessionLimits
        let foreign = try #require(
            try world.database.read { try $0.sessions(of: paul.id, limits, now: world.now) }.first)
        var clients: [TestClient] = []
        for _ in 0..<4 {
            clients.append(try await world.client("petra@acme.example"))
            world.portal.clock.advance(by: 1)
        }
        let page = try await clients[0].get("/account")
        let ids = page.text.matches(of: /name="session" value="([^"]*)"/).map { String($0.output.1) }
        #expect(ids.count == 4 && ids.first == "others")
        _ = try await clients[0].post("/account/sessions/removal", ["session": ids[1]])
        #expect(try await clients[0].get("/account").text.matches(of: /name="session"/).count == 3)
        #expect(try await clients[0].post("/account/sessions/removal", ["session": foreign.id]).status == .seeOther)
        #expect(try await world.isIn(other))
        _ = try await clients[0].post("/account/sessions/removal", ["session": "others"])
        for client in clients.dropFirst() { #expect(try await !world.isIn(client)) }
        #expect(try await world.isIn(clients[0]))
        #expect(try world.audited("session.end-others").first?.detail == ["count": "2"])
    }

    @Test func `a new password asks for the present one, ends all other sign-ins, and is told`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let other = try await world.client("petra@acme.example")
        let client = try await world.client("petra@acme.example")
        let weak = try await client.post(
            "/account/password", ["current": AccountWorld.password, "password": "password1234"])
        #expect(weak.status == .unprocessableContent && weak.words.contains("easy to guess"))
        let wrong = try await client.post(
            "/account/password", ["current": "wrong", "password": "yellow kettle bridge"])
        #expect(wrong.status == .unprocessableContent && wrong.words.contains("The present password is wrong"))
        #expect(!wrong.text.contains("yellow kettle bridge"))
        let done = try await client.post(
            "/account/password", ["current": AccountWorld.password, "password": "yellow kettle bridge"])
        #expect(done.location == "/account?done=password-changed")
        #expect(try await world.isIn(client))
        #expect(try await !world.isIn(other))
        #expect(try await world.signIn(world.portal.client(), "petra@acme.example").status == .unprocessableContent)
        #expect(try world.mails(to: "petra@acme.example").map(\.subject) == ["Your password was changed"])
        #expect(try world.audited("user.password-change").map(\.outcome.rawValue).sorted() == ["done", "refused"])
    }

    @Test func `guessing the present password in a stolen session is slowed`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let client = try await world.client("petra@acme.example")
        var words = ""
        for _ in 0..<7 {
            words = try await client.post(
                "/account/password", ["current": "guess", "password": "yellow kettle bridge"]
            ).words
        }
        #expect(words.contains("Too many tries"))
    }

    @Test func `a person on single sign-on alone has no password to change`() async throws {
        let world = try AccountWorld()
        let user = try world.person("petra@acme.example", password: nil)
        let new = NewSession(
            user: user.id, host: TestPortal.eu, method: .sso, provedAt: world.now, address: "192.0.2.1", agent: "")
        let token = try world.database.write {
            try $0.start(new, replacing: nil, world.portal.portal.configuration.sessionLimits, now: world.now)
        }
        let client = world.portal.client()
        client.setCookie(sessionCookie, token.text)
        #expect(try await client.get("/account").words.contains("There is no password here to change"))
        #expect(try await client.get("/account/password").status == .notFound)
    }

    @Test func `a hostile browser name is words of our own`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let client = try await world.client("petra@acme.example", agent: "<script>alert(1)</script> Firefox/1")
        let page = try await client.get("/account")
        #expect(page.words.contains("Firefox") && !page.text.contains("alert(1)"))
    }
}
