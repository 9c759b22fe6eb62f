import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Links by mail that set a password: invitations and resets.
@Suite struct LinkTests {
    private func ask(_ world: AccountWorld, _ email: String, at host: String = TestPortal.eu) async throws -> TestPage {
        let client = world.portal.client(at: host)
        _ = try await client.get("/forgotten-password")
        return try await client.post("/forgotten-password", ["email": email])
    }

    @Test func `a forgotten password: one link, once, all sessions over, told and audited`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        let session = try await world.client("petra@acme.example")
        #expect(try await ask(world, " Petra@ACME.example").location == "/forgotten-password/sent")
        let link = try world.link(to: "petra@acme.example")
        let client = world.portal.client()
        let page = try await client.get(link)
        #expect(page.status == .ok && page.words.contains("petra@acme.example"))
        let weak = try await client.post(link, ["password": "petra person 1"])
        #expect(weak.status == .unprocessableContent && weak.words.contains("which are tried first"))
        #expect(!weak.text.contains("petra person 1"))
        let done = try await client.post(link, ["password": "yellow kettle bridge"])
        #expect(done.location == "/sign-in?done=password-set")
        #expect(try await client.follow(done).words.contains("Your new password is set"))
        #expect(try await !world.isIn(session))
        #expect(try await world.signIn(client, "petra@acme.example").status == .unprocessableContent)
        #expect(
            try await world.signIn(client, "petra@acme.example", password: "yellow kettle bridge").status == .seeOther)
        #expect(
            try world.mails(to: "petra@acme.example").map(\.subject) == ["Your password was changed", "A new password"])
        #expect(try world.audited("user.password-reset").map(\.outcome) == [.done])
        let again = try await world.portal.client().get(link)
        #expect(again.status == .notFound && again.words.contains("This link no longer works"))
    }

    @Test func `who signs in without a password may set one, and who was invited and never came may not`() async throws
    {
        let world = try AccountWorld()
        let invited = try world.person("ivo@acme.example", password: nil)
        _ = try world.invite(invited)
        let linked = try world.person("lena@acme.example", password: nil)
        try world.database.write {
            try $0.execute("UPDATE portal_user SET signed_in_at = \(world.now) WHERE id = \(linked.id)")
        }
        for email in ["ivo@acme.example", "lena@acme.example"] {
            #expect(try await ask(world, email).location == "/forgotten-password/sent")
        }
        #expect(try world.mails(to: "ivo@acme.example").isEmpty)
        let link = try world.link(to: "lena@acme.example")
        let client = world.portal.client()
        _ = try await client.get(link)
        #expect(
            try await client.post(link, ["password": "yellow kettle bridge"]).location == "/sign-in?done=password-set")
        #expect(
            try await world.signIn(client, "lena@acme.example", password: "yellow kettle bridge").status == .seeOther)
    }

    @Test func `a reset does not go round the second step`() async throws {
        let world = try AccountWorld()
        _ = try world.personWithApp("petra@acme.example", .brokerOwner)
        _ = try await ask(world, "petra@acme.example")
        let link = try world.link(to: "petra@acme.example")
        let client = world.portal.client()
        _ = try await client.get(link)
        _ = try await client.post(link, ["password": "yellow kettle bridge"])
        let page = try await world.signIn(client, "petra@acme.example", password: "yellow kettle bridge")
        #expect(page.location == "/sign-in/code?next=%2F")
    }

    @Test func `check 68: fifty looks at a link from everywhere change nothing`() async throws {
        let world = try AccountWorld()
        let user = try world.person("petra@acme.example", password: nil)
        let link = try world.invite(user)
        func rows() throws -> [Int] {
            try world.database.read { db in
                try [
                    db.count("SELECT COUNT(*) FROM one_time_link"), db.count("SELECT COUNT(*) FROM session"),
                    db.count("SELECT COUNT(*) FROM audit"), db.count("SELECT COUNT(*) FROM mail"),
                ]
            }
        }
        let before = try rows()
        for number in 0..<50 {
            let scanner = world.portal.client(from: "203.0.113.\(number)")
            #expect(try await scanner.get(link).status == .ok)
        }
        #expect(try rows() == before)
        let client = world.portal.client()
        let page = try await client.get(link)
        #expect(page.words.contains("You were invited to Acme Cloud") && page.text.contains("Petra Person"))
        let empty = try await client.post(link, ["name": " ", "password": "short"])
        #expect(empty.words.contains("Type your name") && empty.words.contains("The password has 5 characters"))
        let done = try await client.post(link, ["name": "Petra\u{202E} New\n", "password": "yellow kettle bridge"])
        #expect(done.location == "/")
        #expect(try await client.get("/account").words.contains("Petra New"))
        #expect(try world.audited("user.invitation.accept").count == 1)
    }

    @Test func `an invited owner sets up the app first`() async throws {
        let world = try AccountWorld()
        let link = try world.invite(try world.person("petra@acme.example", .brokerOwner, password: nil))
        let client = world.portal.client()
        _ = try await client.get(link)
        let done = try await client.post(link, ["name": "Petra", "password": "yellow kettle bridge"])
        #expect(done.location == "/account/second-factor")
        #expect(try await client.get("/").location == "/account/second-factor")
    }

    @Test func `check 69: of fifty at once with one link exactly one sets a password`() async throws {
        let world = try AccountWorld()
        let link = try world.invite(try world.person("petra@acme.example", password: nil))
        let clients = (0..<50).map { _ in world.portal.client() }
        for client in clients { _ = try await client.get(link) }
        let results = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
            for (number, client) in clients.enumerated() {
                group.addTask {
                    try await client.post(link, ["name": "P", "password": "yellow kettle bridge \(number)"]).status
                }
            }
            return try await group.reduce(into: [HTTPResponse.Status: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(results[.seeOther] == 1, "\(results)")
        // The others meet a dead link, or the queue of those whose password is being hashed.
        let refused = (results[.notFound] ?? 0) + (results[.serviceUnavailable] ?? 0)
        #expect(refused == 49, "\(results)")
    }

    enum Dead: String, CaseIterable { case late, forged, cut, otherPurpose, newer, disabled, nothing }

    @Test(arguments: Dead.allCases) func `a link that does not work says what to do next, and not why`(dead: Dead)
        async throws
    {
        let world = try AccountWorld()
        let user = try world.person("petra@acme.example")
        _ = try await ask(world, "petra@acme.example")
        var link = try world.link(to: "petra@acme.example")
        let client = world.portal.client()
        _ = try await client.get(link)
        switch dead {
        case .late: world.portal.clock.advance(by: 30 * 60)
        case .forged: link = String(link.dropLast()) + (link.last == "A" ? "B" : "A")
        case .cut: link = String(link.dropLast(10))
        case .otherPurpose: link = link.replacing("/password-reset/", with: "/invitation/")
        case .newer: _ = try await ask(world, "petra@acme.example")
        case .disabled:
            try world.database.write { try $0.execute("UPDATE portal_user SET disabled_at = 1 WHERE id = \(user.id)") }
        case .nothing: link = "/password-reset/x"
        }
        let looked = try await client.get(link)
        #expect(looked.status == .notFound && looked.words.contains("This link no longer works"))
        #expect(looked.words.contains("Ask for a new link") && !looked.words.contains("petra"))
        let used = try await client.post(link, ["password": "yellow kettle bridge"])
        #expect(used.status == .notFound && used.words.contains("This link no longer works"))
        #expect(
            try world.database.read { try $0.credentials(of: user.id, now: world.now) }?.password.matches(
                AccountWorld.password) == true
        )
    }

    @Test func `who is unknown, disabled, invited or on single sign-on is answered alike, and gets no link`()
        async throws
    {
        let world = try AccountWorld()
        let disabled = try world.person("disabled@acme.example")
        try world.person("invited@acme.example", password: nil)
        try world.person("petra@acme.example")
        try world.database.write { db in
            try db.execute("UPDATE portal_user SET disabled_at = 1 WHERE id = \(disabled.id)")
            try db.execute(
                """
                INSERT INTO sso_provider (broker_id, issuer, client_id, secret, is_enabled, is_required, version,
                    changed_at, changed_by)
                VALUES (\(DemoWorld.liberty.id), 'https://issuer.example', 'x', \([1] as [UInt8]), TRUE, TRUE, 1, 1, 'test')
                """)
        }
        for email in [
            "petra@acme.example", "nobody@acme.example", "disabled@acme.example", "invited@acme.example",
            "owner@liberty.example",
        ] {
            let start = ContinuousClock.now
            let page = try await ask(world, email)
            #expect(page.location == "/forgotten-password/sent" && page.text.isEmpty)
            #expect(start.duration(to: .now) >= .milliseconds(60))
            #expect(try world.mails(to: email).count == (email.hasPrefix("petra") ? 1 : 0), "\(email)")
        }
        let nonsense = try await ask(world, "my password by mistake")
        #expect(nonsense.status == .unprocessableContent && nonsense.words.contains("Type your whole e-mail address"))
    }

    @Test(arguments: [
        (TestPortal.eu, "http://eu.gatehouse.localhost:8080"), (TestPortal.shop, "http://shop.acme.localhost:8080"),
        (TestPortal.us, "http://eu.gatehouse.localhost:8080"),
    ])
    func `a link leads to where its person belongs`(host: String, base: String) async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        _ = try await ask(world, "petra@acme.example", at: host)
        let mail = try #require(try world.mails(to: "petra@acme.example").first)
        #expect(mail.text.contains("\(base)/password-reset/"), "\(mail.text)")
    }

    @Test func `check 72: a link is kept as a hash, and no log holds it`() async throws {
        let world = try AccountWorld()
        try world.person("petra@acme.example")
        _ = try await ask(world, "petra@acme.example")
        let link = try world.link(to: "petra@acme.example")
        let token = try #require(link.split(separator: "/").last)
        let file = try Data(contentsOf: URL(filePath: world.portal.folder + "/gatehouse.sqlite"))
        let journal = try Data(contentsOf: URL(filePath: world.portal.folder + "/gatehouse.sqlite-wal"))
        #expect(!(file + journal).contains(Data(token.utf8)))
        #expect(OneTimeLink.redacted(link) == "/password-reset/…")
        for purpose in OneTimeLink.Purpose.allCases {
            #expect(OneTimeLink.redacted("\(purpose.path)/\(token)") == "\(purpose.path)/…")
        }
        #expect(OneTimeLink.redacted("/tenants/x") == "/tenants/x")
        let page = try await world.portal.client().get(link)
        #expect(page.headers[.cacheControl] == "no-store")
    }
}
