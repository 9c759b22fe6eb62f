import Foundation
import HTTPTypes
import PortalKit
import Synchronization
import TestPortal
import Testing

@testable import PortalCore

/// What a session's token is, and when it dies.
@Suite struct SessionLifeTests {
    @Test func `check 11: each stage of a sign-in has a token of its own, a planted one is worth nothing`() async throws
    {
        let world = try AccountWorld()
        let (_, totp, _) = try world.personWithApp("petra@acme.example")
        let client = world.portal.client()
        client.setCookie(sessionCookie, "planted")
        _ = try await world.signIn(client, "petra@acme.example")
        let waiting = try #require(client.cookie(sessionCookie))
        _ = try await client.get("/sign-in/code")
        _ = try await client.post("/sign-in/code", ["code": world.code(totp), "next": "/"])
        let open = try #require(client.cookie(sessionCookie))
        #expect(Set(["planted", waiting, open]).count == 3)
        for dead in ["planted", waiting] {
            let thief = world.portal.client()
            thief.setCookie(sessionCookie, dead)
            #expect(try await thief.get("/").location?.hasPrefix("/sign-in?") == true)
        }
        #expect(try await world.isIn(client))
    }

    @Test func `check 12: ten thousand tokens have 256 bits, none twice, and as many ones as zeros`() throws {
        let tokens = (0..<10_000).map { _ in Token().text }
        #expect(Set(tokens).count == tokens.count)
        var bits: [Bool] = []
        for token in tokens {
            let bytes = try #require(Data(base64URL: token))
            #expect(bytes.count == 32)
            for byte in bytes { for bit in 0..<8 { bits.append(byte >> bit & 1 == 1) } }
        }
        // FIPS 140-2's monobit and a serial test, at six standard deviations of 2.56 million bits.
        let bound = 6 * (Double(bits.count) / 4).squareRoot()
        #expect(abs(Double(bits.count { $0 }) - Double(bits.count) / 2) < bound)
        let changes = zip(bits, bits.dropFirst()).count { $0 != $1 }
        #expect(abs(Double(changes) - Double(bits.count) / 2) < bound)
    }

    @Test func `check 12: the database keeps hashes of tokens only`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let client = try await world.client("petra@acme.example")
        let token = try #require(client.cookie(sessionCookie))
        let file = try Data(contentsOf: URL(filePath: world.portal.folder + "/gatehouse.sqlite"))
        let journal = try Data(contentsOf: URL(filePath: world.portal.folder + "/gatehouse.sqlite-wal"))
        #expect(
            !(file + journal).contains(Data(token.utf8)) && !(file + journal).contains(Data(base64URL: token) ?? Data())
        )
        #expect((file + journal).contains(Data(Token(token).hash)))
    }

    enum End: String, CaseIterable { case signOut, idle, tooOld, disabled, passwordReset, brokerDisabled, allEnded }

    @Test(arguments: End.allCases)
    func `check 13: an ended session is dead at the very next request`(end: End) async throws {
        let world = try AccountWorld()
        let user = try world.person("petra@acme.example")
        let client = try await world.client("petra@acme.example")
        let cookie = try #require(client.cookie(sessionCookie))
        #expect(try await world.isIn(client))
        switch end {
        case .signOut: _ = try await client.post("/sign-out")
        case .idle: world.portal.clock.advance(by: 30 * 60 + 1)
        case .tooOld:
            for _ in 0..<30 {
                world.portal.clock.advance(by: 20 * 60)
                _ = try await client.get("/")
            }
        case .disabled:
            try world.database.write { try $0.execute("UPDATE portal_user SET disabled_at = 1 WHERE id = \(user.id)") }
        case .brokerDisabled:
            try world.database.write {
                try $0.execute("UPDATE broker SET disabled_at = 1 WHERE id = \(DemoWorld.acme.id)")
            }
        case .passwordReset:
            let other = world.portal.client()
            _ = try await other.get("/forgotten-password")
            _ = try await other.post("/forgotten-password", ["email": "petra@acme.example"])
            let link = try world.link(to: "petra@acme.example")
            _ = try await other.get(link)
            #expect(try await other.post(link, ["password": "yellow kettle bridge"]).status == .seeOther)
        case .allEnded: try world.database.write { _ = try $0.endSessions(of: user.id) }
        }
        client.setCookie(sessionCookie, cookie)
        #expect(try await client.get("/").location?.hasPrefix("/sign-in?") == true)
        #expect(
            try await client.post("/account/sessions/removal", ["session": "others"]).location?.hasPrefix("/sign-in")
                == true)
    }

    @Test func `check 13: a new role counts at the next request`() async throws {
        let world = try AccountWorld()
        let user = try world.person("petra@acme.example", .brokerManager)
        let client = try await world.client("petra@acme.example")
        #expect(try await client.get("/audit").status == .ok)
        try world.database.write {
            try $0.execute("UPDATE portal_user SET role = \(Role.brokerBilling) WHERE id = \(user.id)")
        }
        #expect(try await client.get("/audit").status == .notFound)
    }

    @Test func `check 13: a branded host that was taken away knows nobody at the next request`() async throws {
        let portal = try TestPortal()
        let client = try await portal.client(signedInAs: "owner@acme.example", at: TestPortal.shop)
        #expect(try await client.get("/").status == .ok)
        try portal.portal.database.write { try $0.execute("DELETE FROM branded_host WHERE host = \(TestPortal.shop)") }
        #expect(try await client.get("/").status == .misdirectedRequest)
    }

    @Test
    func `check 14: after signing out in one tab a form of the other leads to the sign-in, and no page was cached`()
        async throws
    {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let client = try await world.client("petra@acme.example")
        let page = try await client.get("/account")
        #expect(page.headers[.cacheControl] == "no-store")
        _ = try await client.post("/sign-out")
        #expect(client.cookie(sessionCookie) == nil)
        let late = try await client.post("/account/sessions/removal", ["session": "others"])
        #expect(late.status == .seeOther && late.location?.hasPrefix("/sign-in?next=%2Fheld%2F") == true)
        let password = try await client.post(
            "/account/password", ["current": "typed-secret", "password": "new-typed-secret"])
        #expect(password.location?.hasPrefix("/sign-in?next=%2Fheld%2F") == true)
        let kept = try world.database.read { try $0.count("SELECT COUNT(*) FROM held_form") }
        #expect(kept == 2)
        #expect(try await client.post("/sign-out").location == "/sign-in?next=%2F")
    }

    @Test func `check 15: of two hundred requests at once none that began after "end all" succeeds`() async throws {
        let world = try AccountWorld()
        let user = try world.person("petra@acme.example")
        let client = try await world.client("petra@acme.example")
        let isEnded = Flag()
        let answers = try await withThrowingTaskGroup(of: (Bool, HTTPResponse.Status).self) { group in
            for number in 0..<200 {
                group.addTask {
                    if number == 100 {
                        try world.database.write { _ = try $0.endSessions(of: user.id) }
                        isEnded.raise()
                    }
                    let beganAfter = isEnded.isUp
                    return (beganAfter, try await client.get("/account").status)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 200)
        #expect(answers.filter(\.0).allSatisfy { $0.1 == .seeOther } && answers.contains { $0.0 })
        #expect(try await client.get("/account").status == .seeOther)
    }

    @Test func `check 16: a cookie of another host, doubled, too long or among two hundred opens nothing`() async throws
    {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let client = try await world.client("petra@acme.example")
        let token = try #require(client.cookie(sessionCookie))
        for host in [TestPortal.us, TestPortal.shop] {
            let elsewhere = world.portal.client(at: host)
            elsewhere.setCookie(sessionCookie, token)
            #expect(try await elsewhere.get("/").location?.hasPrefix("/sign-in?") == true, "\(host)")
        }
        let others = (0..<200).map { "other\($0)=x" }.joined(separator: "; ")
        for cookies in [
            "\(sessionCookie)=\(token); \(sessionCookie)=planted",
            "\(sessionCookie)=planted; \(sessionCookie)=\(token)",
            "\(sessionCookie)=\(token); \(others); \(sessionCookie)=\(token)",
            "\(sessionCookie)=\(token)\(String(repeating: "x", count: 4_096))", "\(sessionCookie)=",
        ] {
            let page = try await world.portal.client().get("/", [.cookie: cookies])
            #expect(page.location?.hasPrefix("/sign-in?") == true, "\(cookies.prefix(80))")
        }
        let among = try await world.portal.client().get("/", [.cookie: "\(others); \(sessionCookie)=\(token)"])
        #expect(among.status == .ok)
    }

    @Test func `check 17: what the database keeps of a session opens nothing`() async throws {
        let world = try AccountWorld()
        let user = try world.person("petra@acme.example")
        _ = try await world.client("petra@acme.example")
        let limits = world.portal.portal.configuration.sessionLimits
        let sessions = try world.database.read { try $0.sessions(of: user.id, limits, now: world.now) }
        let hash = try #require(sessions.first?.tokenHash)
        for stolen in [
            Data(hash).base64URL, Data(hash).base64EncodedString(), hash.map { String($0, radix: 16) }.joined(),
            sessions[0].id,
        ] {
            let thief = world.portal.client()
            thief.setCookie(sessionCookie, stolen)
            #expect(try await thief.get("/").status == .seeOther)
        }
    }

    @Test func `check 18: the twenty-first sign-in ends the oldest, and its person is told`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        var clients: [TestClient] = []
        for _ in 0..<Admission.maxSessions {
            clients.append(try await world.client("petra@acme.example"))
            world.portal.clock.advance(by: 1)
        }
        #expect(try await world.isIn(clients[0]))
        clients.append(try await world.client("petra@acme.example"))
        #expect(try await !world.isIn(clients[0]))
        for kept in [clients[1], clients[20]] { #expect(try await world.isIn(kept)) }
        #expect(try world.mails(to: "petra@acme.example").map(\.subject) == ["Your oldest sign-in was ended"])
        #expect(try world.audited("session.end-oldest").count == 1)
    }

    @Test func `check 22: a token of another session, an old one, none, or two are refused`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        try world.person("paul@acme.example")
        let (petra, paul) = (try await world.client("petra@acme.example"), try await world.client("paul@acme.example"))
        let visitor = world.portal.client()
        _ = try await visitor.get("/sign-in")
        let before = visitor.formToken
        _ = try await visitor.post(
            "/sign-in", ["email": "petra@acme.example", "password": AccountWorld.password, "next": "/"])
        for token in [paul.formToken, before, "", "x"] {
            let page = try await petra.post("/account/sessions/removal", ["session": "others"], token: token)
            #expect(page.status == .forbidden)
        }
        let stale = try await visitor.post("/account/sessions/removal", ["session": "others"], token: before)
        #expect(stale.status == .forbidden)
        for kept in [petra, visitor] { #expect(try await world.isIn(kept)) }
    }

    @Test func `check 24: nobody is signed in or out by a form of another site`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let visitor = world.portal.client()
        _ = try await visitor.get("/sign-in")
        let form = ["email": "petra@acme.example", "password": AccountWorld.password, "next": "/"]
        for origin in ["http://evil.localhost", "http://us.gatehouse.localhost:8080", "null"] {
            #expect(try await visitor.post("/sign-in", form, origin: origin).status == .forbidden)
        }
        #expect(try await visitor.post("/sign-in", form, token: Token().derived("form")).status == .forbidden)
        #expect(visitor.cookie(sessionCookie) == nil)
        let petra = try await world.client("petra@acme.example")
        #expect(try await petra.post("/sign-out", origin: "http://evil.localhost").status == .forbidden)
        #expect(try await petra.post("/sign-out", token: "").status == .forbidden)
        #expect(try await world.isIn(petra))
    }
}

private final class Flag: Sendable {
    private let value = Atomic(false)

    var isUp: Bool { value.load(ordering: .sequentiallyConsistent) }
    func raise() { value.store(true, ordering: .sequentiallyConsistent) }
}
