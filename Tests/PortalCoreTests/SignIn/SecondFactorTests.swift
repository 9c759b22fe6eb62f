import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Codes of an authenticator app: setting one up, signing in with it, losing it.
@Suite struct SecondFactorTests {
    private func secret(_ page: TestPage) throws -> TOTP {
        let text = try #require(page.text.firstMatch(of: /data-copy="([A-Z2-7 ]+)"/)?.output.1)
        return try #require(TOTP(text: String(text)))
    }

    private func sealed(_ page: TestPage) throws -> String {
        String(try #require(page.text.firstMatch(of: /name="secret" value="([^"]*)"/)?.output.1))
    }

    private func codes(_ page: TestPage) -> [String] {
        page.text.matches(of: /<code>([A-Z2-7-]{29})<\/code>/).map { String($0.output.1) }
    }

    @Test(arguments: [Role.portalAdministrator, .brokerOwner])
    func `administrators and owners can do nothing before they have set up an app`(role: Role) async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example", role)
        let client = world.portal.client()
        #expect(try await world.signIn(client, "petra@acme.example", next: "/audit").location == "/audit")
        let open: Set = ["/account/second-factor", "/sign-out", "/confirm", "/held/:token/removal"]
        for route in world.portal.portal.routes where route.access != "public" && !open.contains(route.path) {
            let page = route.method == .get ? try await client.get(route.path) : try await client.post(route.path)
            #expect(page.status == .seeOther && page.location == "/account/second-factor", "\(route.path)")
        }
        let page = try await client.get("/account/second-factor")
        #expect(page.status == .ok && page.words.contains("you sign in with a code besides your password"))
        let before = client.cookie(sessionCookie)
        let done = try await client.post(
            "/account/second-factor", ["secret": try sealed(page), "code": world.code(try secret(page))])
        #expect(done.location == "/account/recovery-codes" && client.cookie(sessionCookie) != before)
        let shown = try await client.follow(done)
        #expect(codes(shown).count == 10)
        #expect(try await client.get("/audit").status == .ok)
        _ = try await client.get("/account/recovery-codes")
        _ = try await client.post("/account/recovery-codes/kept")
        #expect(try await client.get("/account/recovery-codes").location == "/account")
        #expect(try world.mails(to: "petra@acme.example").map(\.subject) == ["Your second step was switched on"])
        let next = world.portal.client()
        #expect(try await world.signIn(next, "petra@acme.example").location == "/sign-in/code?next=%2F")
    }

    @Test func `the demo accounts of practice mode need none`() async throws {
        let portal = try TestPortal()
        for email in ["admin@gatehouse.example", "owner@acme.example"] {
            #expect(try await portal.client(signedInAs: email).get("/").status == .ok)
        }
    }

    @Test func `between password and code nothing is open`() async throws {
        let world = try AccountWorld()
        let (_, totp, _) = try world.personWithApp("petra@acme.example", .brokerOwner)
        let client = world.portal.client()
        let page = try await world.signIn(client, "petra@acme.example", next: "/organizations?q=north")
        #expect(page.location == "/sign-in/code?next=%2Forganizations%3Fq%3Dnorth")
        for route in world.portal.portal.routes where route.access != "public" && route.path != "/sign-out" {
            let page = route.method == .get ? try await client.get(route.path) : try await client.post(route.path)
            #expect(page.status == .seeOther && page.location == "/sign-in/code", "\(route.path)")
        }
        let asked = try await client.get(try #require(page.location))
        #expect(asked.words.contains("Enter your code") && !asked.words.contains("Organizations"))
        let wrong = try await client.post("/sign-in/code", ["code": "000000", "next": "/organizations?q=north"])
        #expect(wrong.status == .unprocessableContent && wrong.words.contains("The code is wrong"))
        let right = try await client.post(
            "/sign-in/code", ["code": world.code(totp), "next": "/organizations?q=north"])
        #expect(right.location == "/organizations?q=north")
        #expect(try await world.isIn(client))
    }

    @Test func `an unfinished sign-in ends after a quarter of an hour, and can be left`() async throws {
        let world = try AccountWorld()
        let (_, totp, _) = try world.personWithApp("petra@acme.example")
        let client = world.portal.client()
        _ = try await world.signIn(client, "petra@acme.example")
        _ = try await client.get("/sign-in/code")
        world.portal.clock.advance(by: 15 * 60 + 1)
        let late = try await client.post("/sign-in/code", ["code": world.code(totp), "next": "/"])
        #expect(late.status == .forbidden || late.location == "/sign-in")
        #expect(try await !world.isIn(client))
        let other = world.portal.client()
        _ = try await world.signIn(other, "petra@acme.example")
        _ = try await other.get("/sign-in/code")
        #expect(try await other.post("/sign-out").location == "/sign-in")
        #expect(other.cookie(sessionCookie) == nil)
    }

    @Test func `a code works once, whoever sends it again`() async throws {
        let world = try AccountWorld()
        let (_, totp, _) = try world.personWithApp("petra@acme.example")
        var results: [HTTPResponse.Status] = []
        for _ in 0..<2 {
            let client = world.portal.client()
            _ = try await world.signIn(client, "petra@acme.example")
            _ = try await client.get("/sign-in/code")
            results.append(try await client.post("/sign-in/code", ["code": world.code(totp), "next": "/"]).status)
        }
        #expect(results == [.seeOther, .unprocessableContent])
    }

    @Test func `of fifty at once with one code exactly one gets in`() async throws {
        let world = try AccountWorld()
        let (user, totp, _) = try world.personWithApp("petra@acme.example")
        let code = world.code(totp)
        let got = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try world.database.write {
                        try $0.use(code, of: user.id, world.portal.portal.vault, at: world.now) != nil
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(got == 1)
    }

    @Test func `wrong codes are slowed down, and their person is told`() async throws {
        let world = try AccountWorld()
        let (_, totp, _) = try world.personWithApp("petra@acme.example")
        let thief = world.portal.client(from: "203.0.113.1")
        _ = try await world.signIn(thief, "petra@acme.example")
        _ = try await thief.get("/sign-in/code")
        var judged = 0
        for number in 0..<600 {
            let page = try await thief.post("/sign-in/code", ["code": String(format: "%06d", number), "next": "/"])
            if page.words.contains("The code is wrong") { judged += 1 }
            world.portal.clock.advance(by: 1)
        }
        #expect((10...20).contains(judged), "\(judged)")
        #expect(try world.mails(to: "petra@acme.example").map(\.subject) == ["Wrong codes at your sign-in"])
        let right = try await thief.post("/sign-in/code", ["code": world.code(totp), "next": "/"])
        #expect(right.words.contains("Too many tries"))
    }

    @Test func `a known device is not held up by a thief's wrong codes`() async throws {
        let world = try AccountWorld()
        let (_, totp, _) = try world.personWithApp("petra@acme.example")
        let petra = world.portal.client(from: "198.51.100.7")
        _ = try await world.signIn(petra, "petra@acme.example")
        _ = try await petra.get("/sign-in/code")
        #expect(try await petra.post("/sign-in/code", ["code": world.code(totp)]).status == .seeOther)
        let thief = world.portal.client(from: "203.0.113.1")
        _ = try await world.signIn(thief, "petra@acme.example")
        _ = try await thief.get("/sign-in/code")
        for _ in 0..<40 {
            _ = try await thief.post("/sign-in/code", ["code": "000000"])
            world.portal.clock.advance(by: 10)
        }
        _ = try await petra.get("/account")
        _ = try await petra.post("/sign-out")
        _ = try await world.signIn(petra, "petra@acme.example")
        _ = try await petra.get("/sign-in/code")
        #expect(try await petra.post("/sign-in/code", ["code": world.code(totp)]).status == .seeOther)
    }

    @Test func `a lost app: a recovery code gets in once, its person is told, and the rest still work`() async throws {
        let world = try AccountWorld()
        let (user, _, codes) = try world.personWithApp("petra@acme.example")
        let typed = " \(codes[3].text.lowercased().replacing("-", with: " "))"
        let client = world.portal.client()
        _ = try await world.signIn(client, "petra@acme.example")
        let page = try await client.get("/sign-in/code?with=recovery&next=%2Faccount")
        #expect(page.words.contains("Enter a recovery code"))
        #expect(try await client.post("/sign-in/code", ["recovery": typed, "next": "/account"]).location == "/account")
        #expect(try await client.get("/account").words.contains("9 recovery codes are left"))
        #expect(try world.mails(to: "petra@acme.example").first?.subject == "One of your recovery codes was used")
        let again = world.portal.client()
        _ = try await world.signIn(again, "petra@acme.example")
        _ = try await again.get("/sign-in/code")
        let refused = try await again.post("/sign-in/code", ["recovery": typed])
        #expect(refused.status == .unprocessableContent && refused.words.contains("was used before"))
        #expect(try await again.post("/sign-in/code", ["recovery": codes[4].text]).status == .seeOther)
        let stored = try world.database.read { db in
            try db.first("SELECT recovery FROM portal_user WHERE id = \(user.id)") { try $0[0] as String }
        }
        #expect(stored?.contains(codes[5].text) == false && stored?.contains(Data(codes[5].hash).base64URL) == true)
    }

    @Test func `lost both: after a reset the password alone signs in, sessions are over, and the app is set up anew`()
        async throws
    {
        let world = try AccountWorld()
        let (_, totp, codes) = try world.personWithApp("petra@acme.example", .brokerOwner)
        let client = world.portal.client()
        _ = try await world.signIn(client, "petra@acme.example")
        _ = try await client.get("/sign-in/code")
        _ = try await client.post("/sign-in/code", ["code": world.code(totp)])
        #expect(try await world.isIn(client))
        #expect(try world.portal.portal.clearSecondFactor(email: "Petra@acme.example", by: Operator(name: "root")))
        let line = try world.portal.portal.database.read { db in
            try db.auditLines(of: "broker-acme", limit: 50).first { $0.line.action == "user.second-factor.clear" }?.line
        }
        #expect(line?.actor == "command line" && line?.detail["account"] == "root")
        #expect(try !world.portal.portal.clearSecondFactor(email: "petra@acme.example", by: Operator(name: "root")))
        #expect(throws: Portal.UserProblem.self) {
            try world.portal.portal.clearSecondFactor(email: "x@acme.example", by: Operator(name: "root"))
        }
        #expect(try await !world.isIn(client))
        #expect(try world.audited("user.second-factor.clear").map(\.actor) == ["command line"])
        #expect(try world.mails(to: "petra@acme.example").first?.subject == "Your second step was reset")
        let next = world.portal.client()
        _ = try await world.signIn(next, "petra@acme.example")
        #expect(try await next.get("/").location == "/account/second-factor")
        #expect(try await next.post("/sign-in/code", ["recovery": codes[0].text]).status != .unprocessableContent)
    }

    @Test func `set up by choice, replaced, and switched off again, each after a fresh proof`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example", .brokerSupport)
        let client = try await world.client("petra@acme.example")
        let other = try await world.client("petra@acme.example")
        let first = try await client.get("/account/second-factor")
        let wrong = try await client.post("/account/second-factor", ["secret": try sealed(first), "code": "000000"])
        #expect(wrong.status == .unprocessableContent)
        #expect(try secret(wrong) == secret(first), "what was scanned stays")
        let totp = try secret(first)
        _ = try await client.post("/account/second-factor", ["secret": try sealed(wrong), "code": world.code(totp)])
        #expect(try await !world.isIn(other))
        let codesPage = try await client.get("/account/recovery-codes")
        #expect(codes(codesPage).count == 10)
        world.portal.clock.advance(by: 11 * 60)
        #expect(try await client.get("/account/second-factor").location?.hasPrefix("/confirm?") == true)
        _ = try await client.get("/account")
        let asked = try await client.post("/account/recovery-codes")
        let confirm = try await client.get(try #require(asked.location))
        #expect(confirm.words.contains("Code of your authenticator app"))
        let held = try #require(confirm.text.firstMatch(of: /name="held" value="([^"]*)"/)?.output.1)
        let made = try await client.post(
            "/account/recovery-codes", ["held": String(held), "confirm-code": world.code(totp)])
        #expect(made.location == "/account/recovery-codes")
        let newCodes = codes(try await client.follow(made))
        #expect(newCodes.count == 10 && Set(newCodes).isDisjoint(with: codes(codesPage)))
        _ = try await client.get("/account")
        #expect(try await client.post("/account/second-factor/removal").location == "/account?done=second-step-off")
        #expect(try await world.signIn(world.portal.client(), "petra@acme.example").location == "/")
        #expect(
            try world.mails(to: "petra@acme.example").map(\.subject) == [
                "Your second step was switched off", "You have new recovery codes", "Your second step was switched on",
            ])
    }

    @Test func `whose role needs one can't switch it off, and a secret of another session is refused`() async throws {
        let world = try AccountWorld()
        let (_, totp, _) = try world.personWithApp("petra@acme.example", .brokerOwner)
        let client = world.portal.client()
        _ = try await world.signIn(client, "petra@acme.example")
        _ = try await client.get("/sign-in/code")
        _ = try await client.post("/sign-in/code", ["code": world.code(totp)])
        let account = try await client.get("/account")
        #expect(!account.words.contains("Switch it off"))
        #expect(try await client.post("/account/second-factor/removal").status == .conflict)
        try world.person("paul@acme.example")
        let paul = try await world.client("paul@acme.example")
        let page = try await paul.get("/account/second-factor")
        _ = try await client.get("/account/second-factor")
        let foreign = try await client.post(
            "/account/second-factor", ["secret": try sealed(page), "code": world.code(try secret(page))])
        #expect(foreign.status == .unprocessableContent)
    }

    @Test func `the secret is sealed in the database, for its person alone`() async throws {
        let world = try AccountWorld()
        let (user, totp, _) = try world.personWithApp("petra@acme.example")
        let stored = try world.database.read { db in
            try db.first("SELECT totp FROM portal_user WHERE id = \(user.id)") { try $0[0] as [UInt8] }
        }
        let sealed = try #require(stored)
        #expect(!String(decoding: sealed, as: UTF8.self).contains(totp.text))
        let paul = try world.person("paul@acme.example")
        try world.database.write {
            try $0.execute("UPDATE portal_user SET totp = \(sealed), totp_since = 1 WHERE id = \(paul.id)")
        }
        #expect(throws: Vault.Failure.self) {
            try world.database.read { try $0.secondFactor(of: paul.id, world.portal.portal.vault) }
        }
    }
}
