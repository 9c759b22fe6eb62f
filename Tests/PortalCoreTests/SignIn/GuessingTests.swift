import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// What a stranger learns and reaches by trying passwords: check 19.
@Suite struct GuessingTests {
    @Test
    func `check 19: of a thousand tries at one account hardly any count, and its owner gets in from a known device`()
        async throws
    {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let petra = try await world.client("petra@acme.example", from: "198.51.100.7")
        _ = try await petra.post("/sign-out")
        let stranger = world.portal.client(from: "203.0.113.1")
        _ = try await stranger.get("/sign-in")
        var judged = 0
        for number in 0..<1_000 {
            let page = try await stranger.post(
                "/sign-in", ["email": "petra@acme.example", "password": "guess number \(number)", "next": "/"])
            #expect(page.status == .unprocessableContent)
            if !page.words.contains("Too many tries") { judged += 1 }
            world.portal.clock.advance(by: 1)
        }
        // Five free, then 2, 4, 8 … 60 seconds apart.
        #expect((15...25).contains(judged), "\(judged)")
        let right = try await stranger.post(
            "/sign-in", ["email": "petra@acme.example", "password": AccountWorld.password, "next": "/"])
        #expect(right.status == .unprocessableContent)
        #expect(try await world.signIn(petra, "petra@acme.example").status == .seeOther)
        let elsewhere = world.portal.client(from: "198.51.100.8")
        #expect(try await world.signIn(elsewhere, "petra@acme.example").status == .seeOther)
    }

    @Test func `check 19: one try each at a thousand accounts from one source is slowed too`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let stranger = world.portal.client(from: "203.0.113.1")
        _ = try await stranger.get("/sign-in")
        var judged = 0
        for number in 0..<1_000 {
            let page = try await stranger.post(
                "/sign-in", ["email": "person\(number)@acme.example", "password": "Spring is coming", "next": "/"])
            if !page.words.contains("Too many tries") { judged += 1 }
            world.portal.clock.advance(by: 1)
        }
        #expect((40...55).contains(judged), "\(judged)")
        #expect(
            try await world.signIn(world.portal.client(from: "198.51.100.8"), "petra@acme.example").status == .seeOther)
    }

    @Test func `check 19: a thousand sources at one account don't keep its owner out`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let petra = try await world.client("petra@acme.example", from: "198.51.100.7")
        var judged = 0
        for number in 0..<1_000 {
            let stranger = world.portal.client(from: "203.0.\(number / 250).\(number % 250)")
            let page = try await world.signIn(stranger, "petra@acme.example", password: "wrong")
            if !page.words.contains("Too many tries") { judged += 1 }
            world.portal.clock.advance(by: 1)
        }
        #expect((50...200).contains(judged), "\(judged)")
        #expect(try await world.signIn(petra, "petra@acme.example").status == .seeOther)
        // And without a known device, after the ten seconds that the page names.
        let new = world.portal.client(from: "198.51.100.9")
        world.portal.clock.advance(by: 11)
        #expect(try await world.signIn(new, "petra@acme.example").status == .seeOther)
    }

    @Test func `tries at the same moment are counted before they are judged`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let stranger = world.portal.client()
        _ = try await stranger.get("/sign-in")
        let judged = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<60 {
                group.addTask {
                    let page = try await stranger.post(
                        "/sign-in", ["email": "petra@acme.example", "password": "guess \(number)", "next": "/"])
                    return page.words.contains("password is wrong")
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(judged <= 5)
    }

    @Test func `an IPv6 network counts as one source, and an IPv4 address in either form is the same`() {
        let (one, two) = (TrySource.address("2001:db8:1:2:3::1").text, TrySource.address("2001:db8:1:2:ffff::9").text)
        #expect(one == two && one != TrySource.address("2001:db8:1:3::1").text)
        #expect(TrySource.address("::ffff:192.0.2.1").text == TrySource.address("192.0.2.1").text)
    }

    /// Whom a sign-in refuses, and why: nobody learns which of these it was.
    enum Refused: String, CaseIterable { case wrongPassword, unknown, disabled, invited, singleSignOnOnly }

    private func world() throws -> AccountWorld {
        let world = try AccountWorld()
        try world.person("wrongPassword@acme.example".lowercased())
        let disabled = try world.person("disabled@acme.example")
        try world.person("invited@acme.example", password: nil)
        let user = User(
            id: "sso-person", email: "singlesignononly@liberty.example", name: "Leo", role: .brokerManager,
            brokerID: DemoWorld.liberty.id, organizationID: nil)
        let hash = try PasswordHash(password: AccountWorld.password, cost: world.portal.portal.passwordCost)
        try world.database.write { db in
            try db.execute("UPDATE portal_user SET disabled_at = 1 WHERE id = \(disabled.id)")
            try db.insert(user, password: hash, at: world.now)
            try db.execute(
                """
                INSERT INTO sso_provider (broker_id, issuer, client_id, secret, is_enabled, is_required, version,
                    changed_at, changed_by)
                VALUES (\(DemoWorld.liberty.id), 'https://issuer.example', 'x', \([1] as [UInt8]), TRUE, TRUE, 1, 1, 'test')
                """)
        }
        return world
    }

    private func email(_ refused: Refused) -> String {
        "\(refused.rawValue.lowercased())@\(refused == .singleSignOnOnly ? "liberty" : "acme").example"
    }

    @Test func `check 19: unknown, disabled, invited and single sign-on people are refused in the same words`()
        async throws
    {
        let world = try world()
        var pages: Set<String> = []
        for refused in Refused.allCases {
            let email = email(refused)
            let password = refused == .wrongPassword ? "wrong password" : AccountWorld.password
            let client = world.portal.client()
            _ = try await client.get("/sign-in")
            let page = try await client.post("/sign-in", ["email": email, "password": password, "next": "/"])
            #expect(page.status == .unprocessableContent, "\(refused)")
            #expect(client.cookie(sessionCookie) == nil)
            pages.insert(page.text.replacing(email, with: "").replacing(client.formToken, with: ""))
        }
        #expect(pages.count == 1)
    }

    @Test func `check 19: and for the same work: one password of the present cost is judged, whoever it is for`() async throws {
        let cost = PasswordCost(rounds: 1 << 10, blockSize: 8, parallelism: 1)
        let world = try AccountWorld(passwordCost: cost)
        let slow = world.portal.portal
        let hash = try PasswordHash(password: AccountWorld.password, cost: cost)
        try slow.database.write { db in
            for (id, password) in [("known", hash as PasswordHash?), ("invited", nil), ("disabled", hash)] {
                let user = User(
                    id: Key(id), email: "\(id)@acme.example", name: id, role: .brokerManager,
                    brokerID: DemoWorld.acme.id,
                    organizationID: nil)
                try db.insert(user, password: password, at: Date())
            }
            try db.execute("UPDATE portal_user SET disabled_at = 1 WHERE id = 'disabled'")
        }
        let source = FastCGIRequestContextSource(
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            variables: CGIVariables(serverName: "", remoteAddress: "192.0.2.1", isHTTPS: false))
        let head = HTTPRequest(method: .post, scheme: "http", authority: TestPortal.eu, path: "/sign-in")
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        #expect(!slow.nobodysPassword.isCheaper(than: cost) && !hash.isCheaper(than: cost))
        for id in ["known", "invited", "disabled", "unknown"] {
            let before = slow.blocking.runs
            let tried = try await slow.tryPassword(
                "wrong", of: "\(id)@acme.example", request, PortalContext(source: source))
            #expect(tried.verdict == .wrong && slow.blocking.runs == before + 1, "\(id)")
        }
    }

    @Test func `a hash of an earlier, lower cost is made anew at the next sign-in`() async throws {
        let world = try AccountWorld()
        let user = try world.person("petra@acme.example")
        let grown = world.portal.portal.passwordCost
        let cheap = try PasswordHash(
            password: AccountWorld.password, cost: PasswordCost(rounds: 2, blockSize: 1, parallelism: 1))
        try world.database.write { try $0.set(cheap, of: user.id) }
        #expect(cheap.isCheaper(than: grown))
        let client = world.portal.client()
        _ = try await world.signIn(client, "petra@acme.example", password: "wrong")
        func stored() throws -> PasswordHash? {
            try world.database.read { try $0.credentials(of: user.id, now: world.now) }?.password
        }
        #expect(try stored() == cheap)
        #expect(try await world.signIn(client, "petra@acme.example").status == .seeOther)
        let renewed = try #require(try stored())
        #expect(renewed != cheap && !renewed.isCheaper(than: grown))
        #expect(try await world.signIn(world.portal.client(), "petra@acme.example").status == .seeOther)
        #expect(try stored() == renewed)
    }

    @Test func `who asks for a link again and again gets three an hour, and a network twenty at once`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let client = world.portal.client()
        _ = try await client.get("/forgotten-password")
        for _ in 0..<10 {
            let page = try await client.post("/forgotten-password", ["email": "petra@acme.example"])
            #expect(page.location == "/forgotten-password/sent")
            world.portal.clock.advance(by: 5)
        }
        #expect(try world.mails(to: "petra@acme.example").count == 3)
        for number in 0..<10 { _ = try await client.post("/forgotten-password", ["email": "p\(number)@acme.example"]) }
        let slowed = try await client.post("/forgotten-password", ["email": "another@acme.example"])
        #expect(slowed.status == .unprocessableContent && slowed.words.contains("Too many links"))
        world.portal.clock.advance(by: 3_601)
        _ = try await client.post("/forgotten-password", ["email": "petra@acme.example"])
        #expect(try world.mails(to: "petra@acme.example").count == 4)
    }
}
