import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// One list of what needs somebody.
@Suite struct AttentionTests {
    private static let acme = DemoWorld.acme.id

    private func breakIt(_ portal: TestPortal) throws {
        let cause = Problem(
            title: "The key was withdrawn", explanation: "It is refused.", nextStep: "Type a new key.", actor: .broker,
            remedy: .signInAgain)
        try portal.portal.database.write { db in
            let connection = try #require(try db.connection(of: Self.acme, plugin: "toy-cloud"))
            try portal.portal.breakConnection(
                connection.id, of: Self.acme, "toy-cloud", cause: cause, &db, at: portal.clock.now)
        }
    }

    private func count(_ page: TestPage) -> String? {
        page.text.firstMatch(of: /Needs attention <span class="count">([^<]*)</).map { String($0.output.1) }
    }

    private func item(_ page: TestPage) throws -> String {
        String(try #require(page.text.firstMatch(of: /name="item" value="([^"]*)"/)?.output.1))
    }

    @Test func `what is open shows with its count, and is gone when its cause is`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("/attention").words.contains("Nothing needs you"))
        #expect(count(try await owner.get("/attention")) == nil)
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        let added = try await owner.get("/attention")
        #expect(added.words.contains("Toy Cloud is not connected") && count(added) == "1")
        _ = try await LinkedWorld.connect(owner, portal)
        let connected = try await owner.get("/attention")
        #expect(connected.words.contains("3 tenants are unlinked: Toy Cloud") && count(connected) == "1")
        #expect(!connected.words.contains("is not connected"))
        #expect(try await owner.get("/").words.contains("3 tenants are unlinked: Toy Cloud"))
        try breakIt(portal)
        let broken = try await owner.get("/attention")
        #expect(broken.words.contains("Toy Cloud is not connected: The key was withdrawn") && count(broken) == "2")
        #expect(broken.words.contains("Who acts: You; since just now"))
    }

    @Test func `snoozed with a reason it is folded away until then, for all, and Wake brings it back`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        let id = try item(try await owner.get("/attention"))
        let empty = try await owner.post("/attention/snoozes", ["item": id, "days": "7", "reason": "  "])
        #expect(empty.status == .unprocessableContent && empty.words.contains("Say why it can wait"))
        #expect(
            try await owner.post("/attention/snoozes", ["item": id, "days": "1000", "reason": "x"]).status
                == .unprocessableContent)
        #expect(
            try await owner.post("/attention/snoozes", ["item": "nothing", "days": "7", "reason": "x"]).status
                == .conflict)
        let done = try await owner.post(
            "/attention/snoozes", ["item": id, "days": "7", "reason": "<b>Key comes</b> on Friday"])
        #expect(done.location == "/attention?done=snoozed")
        let support = try await portal.client(signedInAs: "support@acme.example")
        let folded = try await support.get("/attention")
        #expect(folded.words.contains("Nothing needs you") && count(folded) == nil)
        #expect(
            folded.words.contains("by owner@acme.example : <b>Key comes</b> on Friday")
                && !folded.text.contains("<b>Key"))
        #expect(!folded.text.contains("Wake"), "who only looks touches nothing")
        #expect(try await owner.get("/audit").words.contains("Snoozed something that needs attention"))
        portal.clock.advance(by: 7 * 86_400 + 1)
        let later = try await portal.client(signedInAs: "owner@acme.example")
        #expect(count(try await later.get("/attention")) == "1")
        _ = try await later.post("/attention/snoozes", ["item": id, "days": "30", "reason": "x"])
        #expect(count(try await later.get("/attention")) == nil)
        #expect(try await later.post("/attention/wakings", ["item": id]).location == "/attention?done=woken")
        #expect(count(try await later.get("/attention")) == "1")
        #expect(try await later.post("/attention/wakings", ["item": id]).status == .conflict)
    }

    @Test func `a new break is a new item, whoever snoozed the last one`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await LinkedWorld.connect(owner, portal)
        for _ in 0..<2 {
            try breakIt(portal)
            let page = try await owner.get("/attention")
            #expect(page.words.contains("The key was withdrawn"))
            _ = try await owner.post("/attention/snoozes", ["item": try item(page), "days": "30", "reason": "x"])
            #expect(try await owner.get("/attention").words.contains("Snoozed"))
            portal.clock.advance(by: 60)
            _ = try await LinkedWorld.connect(owner, portal)
        }
    }

    @Test func `everybody sees what is theirs: by broker and by role`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await LinkedWorld.connect(owner, portal)
        try breakIt(portal)
        try portal.portal.database.write { db in
            let mail = Mail(brokerID: Self.acme, purpose: .invitation, recipient: "no address", subject: "x", body: "x")
            try db.post(mail, portal.portal.vault, at: portal.clock.now)
            try db.execute("UPDATE mail SET state = 'failed', reason = 'No such person' WHERE recipient = 'no address'")
        }
        let sees: [(String, String, [Bool])] = [
            ("owner@acme.example", TestPortal.eu, [true, true]),
            ("billing@acme.example", TestPortal.eu, [true, false]),
            ("owner@liberty.example", TestPortal.us, [false, false]),
            ("admin@gatehouse.example", TestPortal.eu, [false, true]),
        ]
        for (email, host, expected) in sees {
            let words = try await portal.client(signedInAs: email, at: host).get("/attention").words
            #expect(
                [words.contains("The key was withdrawn"), words.contains("No such person")] == expected, "\(email)")
        }
        let customer = try await portal.client(signedInAs: "anna@northgate.example")
        #expect(try await customer.get("/attention").status == .notFound)
    }

    @Test func `a job that failed is retried from the list, and an invitation that ended unused shows`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let problem = Problem(
            title: "Toy is down", explanation: "It does not answer.", nextStep: "Wait.", actor: .provider)
        try portal.portal.database.write { db in
            let id = try db.start(
                NewJob(kind: LinkJob.self, brokerID: Self.acme, title: "Link all", subject: "s", startedBy: "x"),
                at: portal.clock.now)
            try db.execute(
                "UPDATE job SET state = 'failed', finished_at = \(portal.clock.now), problem = \(JSONColumn(problem)) WHERE id = \(id)"
            )
            let guest = User(
                id: "user-guest", email: "guest@acme.example", name: "Guest", role: .brokerSupport, brokerID: Self.acme,
                organizationID: nil)
            try db.insert(guest, password: nil, at: portal.clock.now)
            _ = try db.makeLink(.invitation, for: guest.id, by: "owner@acme.example", now: portal.clock.now)
        }
        let page = try await owner.get("/attention")
        #expect(page.words.contains("Link all: Toy is down") && page.words.contains("Who acts: The provider"))
        #expect(!page.words.contains("guest@acme.example"))
        let retry = try #require(page.text.firstMatch(of: /action="(\/jobs\/[^"]*\/retry)"/)?.output.1)
        #expect(try await owner.post(String(retry)).status == .seeOther)
        #expect(try await !owner.get("/attention").words.contains("Link all"))
        portal.clock.advance(by: 86_401)
        let later = try await portal.client(signedInAs: "owner@acme.example")
        let ended = try await later.get("/attention")
        #expect(ended.words.contains("The invitation of guest@acme.example ended unused"))
        #expect(ended.text.contains(#"href="/users/user-guest""#))
    }

    @Test func `the portal's administrators see what is the installation's`() async throws {
        let portal = try TestPortal { $0.isPractice = false }
        try portal.portal.database.write { db in
            try db.execute(
                """
                INSERT INTO sso_suspension (broker_id, started_at, until, reason, started_by)
                VALUES (\(Self.acme), \(portal.clock.now), \(portal.clock.now + 600), 'lost provider', 'command line')
                """)
        }
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        let page = try await admin.get("/attention")
        #expect(page.words.contains("No mail is set up") && page.words.contains("There is no backup yet"))
        #expect(page.words.contains("Break-glass is open: single sign-on is not required for Acme Cloud"))
        #expect(count(page) == "3")
        #expect(page.text.contains(#"href="/brokers/broker-acme""#) && page.words.contains("gatehouse sso restore"))
        _ = await portal.portal.perform(AdminRequest(.noteBackup(file: "/x.backup"), by: "root"))
        #expect(try await !admin.get("/attention").words.contains("There is no backup yet"))
    }

    @Test func `what needs somebody leads to the page on which it is put right`() async throws {
        let portal = try TestPortal()
        let now = portal.clock.now
        let problem = Problem(title: "It broke", explanation: "x", nextStep: "Try again.", actor: .portal)
        let other = try portal.portal.database.write { db in
            try db.execute(
                """
                INSERT INTO sso_suspension (broker_id, started_at, until, reason, started_by)
                VALUES (\(Self.acme), \(now), \(now + 600), 'lost provider', 'command line')
                """)
            let mail = Mail(
                brokerID: Self.acme, purpose: .notice, recipient: "support@acme.example", subject: "x", body: "x")
            try db.post(mail, portal.portal.vault, at: now)
            try db.execute("UPDATE mail SET state = 'failed', reason = 'No such person'")
            try db.execute("UPDATE broker SET disabled_at = \(now) WHERE id = 'broker-liberty'")
            let liberty = try #require(try db.broker("broker-liberty"))
            try BrokerErasure.start(liberty, by: "x", &db, at: now)
            let check = try AuditCheckJob.start(nil, by: "x", &db, at: now)
            try db.execute(
                """
                UPDATE job SET state = 'failed', finished_at = \(now), problem = \(JSONColumn(problem))
                WHERE broker_id IS NULL AND kind IN (\(BrokerErasure.name), \(AuditCheckJob.name))
                """)
            return check
        }
        let owner = try await portal.client(signedInAs: "owner@acme.example").get("/attention").text
        #expect(owner.contains(#"href="/users/user-support@acme.example""#), "the message's recipient")
        #expect(owner.contains("Look at it</a>") && owner.contains("Break-glass is open"))
        let main = { (text: String) in text.split(separator: "<main").last.map(String.init) ?? "" }
        #expect(main(owner).contains(#"href="/security""#))
        let support = try await portal.client(signedInAs: "support@acme.example").get("/attention").text
        #expect(support.contains("Break-glass is open") && !support.contains(#"href="/security""#))
        let client = try await portal.client(signedInAs: "admin@gatehouse.example")
        let page = try await client.get("/attention")
        #expect(
            main(page.text).contains(#"href="/brokers/broker-liberty""#) && main(page.text).contains(#"href="/audit""#))
        #expect(page.words.contains("gatehouse job retry \(other)"))
        #expect(try await client.get("/brokers/broker-liberty").words.contains("Go on erasing"))
    }

    @Test func `the count in the menu costs little`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/organizations")
        let page = try await fastest { _ = try await owner.get("/organizations") }
        let portal = world.portal.portal
        let access = PersonAccess(role: .brokerOwner)
        let version = try portal.database.read { db in
            try db.count("SELECT COALESCE(SUM(seq), 0) FROM audit_chain WHERE chain IN ('broker-acme', 'portal')")
        }
        #expect(portal.attentionCounts.permissions("broker-acme", version: version, now: portal.now) != nil)
        let counting = try await fastest {
            try portal.database.read { db in
                _ = try db.count(
                    "SELECT COALESCE(SUM(seq), 0) FROM audit_chain WHERE chain IN ('broker-acme', 'portal')")
            }
        }
        let whole = try await fastest {
            _ = try portal.database.read { try portal.attention(of: Self.acme, &$0, now: portal.now).for(access) }
        }
        print("a page \(page), of these the count \(counting); the whole list \(whole)")
        #expect(counting * 5 < page)
    }

    /// The least of many, since other tests have the processors in between.
    private func fastest(_ work: () async throws -> Void) async throws -> Duration {
        var least = Duration.seconds(60)
        for _ in 0..<300 { least = min(least, try await ContinuousClock().measure(work)) }
        return least
    }
}
