import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// The outbox, with a mail program of the test's own.
@Suite struct MailTests {
    /// A portal outside practice mode, whose mail program is a script.
    private func portal(_ script: String, clock: TestClock = TestClock()) throws -> (TestPortal, box: String) {
        let box = NSTemporaryDirectory() + "gatehouse-mail-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: box, withIntermediateDirectories: true)
        let program = box + "/sendmail"
        try Data("#!/bin/sh\nbox=\(box)\n\(script)\n".utf8).write(to: URL(filePath: program))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let portal = try TestPortal(clock: clock) { configuration in
            configuration.isPractice = false
            configuration.mailFrom = "Gatehouse <portal@example.com>"
            configuration.sendmail = program
        }
        return (portal, box)
    }

    private static let keep = #"n=$(ls "$box" | wc -l); echo "$@" > "$box/$n.arguments"; cat > "$box/$n.mail""#

    private func files(_ box: String, _ ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: box).filter { $0.hasSuffix(ending) }.sorted().map {
            try String(contentsOfFile: "\(box)/\($0)", encoding: .utf8)
        }
    }

    private func post(_ portal: TestPortal, to recipient: String = "anna@northgate.example", subject: String = "Grüße")
        throws
    {
        let mail = Mail(
            brokerID: "broker-acme", purpose: .invitation, recipient: recipient, subject: subject,
            body: "Hello,\n\nhttps://eu.example.com/invitation/secret-link")
        try portal.portal.database.write { try $0.post(mail, portal.portal.vault, at: portal.clock.now) }
    }

    private func mails(_ portal: TestPortal) throws -> [StoredMail] {
        try portal.portal.database.read { try $0.mails(nil, after: nil, limit: 100) }
    }

    @Test func `a message goes to the mail program, once, for one recipient`() async throws {
        let (portal, box) = try portal(Self.keep)
        try post(portal)
        #expect(try files(box, ".mail").isEmpty, "nothing goes out within the transaction")
        await portal.runJobs()
        await portal.runJobs()
        let mail = try #require(try mails(portal).first)
        #expect(mail.state == .sent)
        #expect(try files(box, ".arguments") == ["-i -f bounce+\(mail.id)@example.com -- anna@northgate.example\n"])
        let text = try #require(try files(box, ".mail").first)
        #expect(text.contains("To: anna@northgate.example\nSubject: =?UTF-8?B?"))
        #expect(
            text.contains("Message-ID: <\(mail.id)@eu.gatehouse.localhost>\n")
                && text.contains("\nhttps://eu.example.com/invitation/secret-link"))
    }

    @Test
    func
        `a mail program that fails is tried again for some minutes, then the message shows as failed, and Retry sends it`()
        async throws
    {
        let (portal, box) = try portal(
            #"cat > /dev/null; test -e "$box/works" && touch "$box/x.mail" && exit 0; echo "no route" >&2; exit 75"#)
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        try post(portal)
        for _ in 0..<20 {
            await portal.runJobs()
            portal.clock.advance(by: 320)
        }
        let mail = try #require(try mails(portal).first)
        #expect(
            mail.state == .failed && mail.reason?.contains("no route") == true && mail.reason?.contains("75") == true)
        let again = try await portal.client(signedInAs: "admin@gatehouse.example")
        let page = try await again.get("/mail")
        #expect(page.words.contains("Failed") && page.words.contains("no route") && !page.text.contains("secret-link"))
        try Data().write(to: URL(filePath: box + "/works"))
        let retried = try await again.post("/mail/\(mail.id)/tries")
        #expect(retried.location == "/mail?done=mail-queued")
        await portal.runJobs()
        #expect(try mails(portal).first?.state == .sent)
        #expect(try files(box, "x.mail").count == 1)
        let twice = try await again.post("/mail/\(mail.id)/tries")
        #expect(twice.status == .conflict)
        _ = admin
    }

    @Test func `a mail program that is missing or reads nothing fails with its reason`() async throws {
        for script in ["exit 1", "exec 0<&-; exit 3"] {
            let (portal, _) = try portal(script)
            try post(portal, subject: String(repeating: "long ", count: 40_000))
            await portal.runJobs()
            #expect(try mails(portal).first?.state == .queued)
            let job = try #require(try portal.portal.database.read { try $0.jobs(ofKind: MailJob.name) }.first)
            #expect(job.state == .waiting && job.reason?.contains("The mail program did not take the message") == true)
        }
        let slow = Sendmail(path: "/bin/sleep", timeLimit: .milliseconds(300))
        let address = try #require(MailAddress("anna@northgate.example"))
        await #expect(throws: Problem.self) { try await slow.take("x", to: address, envelope: "60") }
        let (missing, box) = try portal("exit 0")
        try FileManager.default.removeItem(atPath: box + "/sendmail")
        try post(missing)
        await missing.runJobs()
        #expect(try missing.portal.database.read { try $0.jobs(ofKind: MailJob.name) }.first?.state == .waiting)
    }

    @Test
    func
        `check 84: cut off between handing over and recording, a message goes out a second time at most, with the same id`()
        async throws
    {
        let (portal, box) = try portal(Self.keep)
        try post(portal)
        for _ in 0..<2 {
            // What a kill leaves: the job leased, the message handed over, nothing recorded.
            let id = try #require(try portal.portal.database.write { try $0.leaseJob(now: portal.clock.now) })
            let job = try #require(try portal.portal.database.read { try $0.job(id) })
            _ = try await MailJob(portal: portal.portal).step(job)
            try JobRunner(portal: portal.portal).recover()
        }
        await portal.runJobs()
        let sent = try files(box, ".mail")
        #expect(sent.count == 2 && sent[0] == sent[1])
        let mail = try #require(try mails(portal).first)
        #expect(mail.state == .failed && mail.reason?.contains("once or twice") == true)
    }

    @Test func `without a sender's address nothing is sent, and the outbox says so`() async throws {
        let portal = try TestPortal { $0.isPractice = false }
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        try post(portal)
        await portal.runJobs()
        let page = try await admin.get("/mail")
        #expect(page.words.contains("No mail is set up") && page.words.contains("Not sent"))
        #expect(try await portal.client().get("/practice/mail").status == .notFound)
    }

    @Test func `in practice mode the mailbox shows what would have gone, to everybody on this machine`() async throws {
        let portal = try TestPortal()
        try post(portal, subject: "<script>alert(1)</script>")
        await portal.runJobs()
        let stranger = portal.client()
        let list = try await stranger.get("/practice/mail")
        #expect(list.words.contains("<script>alert(1)</script>") && !list.text.contains("<script>alert"))
        let path = try #require(list.text.firstMatch(of: /href="(\/practice\/mail\/[^"]*)"/)?.output.1)
        let page = try await stranger.get(String(path))
        #expect(page.text.contains(#"<a href="https://eu.example.com/invitation/secret-link">"#))
        #expect(page.words.contains("anna@northgate.example"))
        let first = try await portal.client(signedInAs: "owner@acme.example").get("/")
        #expect(first.text.contains(#"<a href="/practice/mail">"#))
    }

    @Test func `check 120: a message to what is not an address fails, and no program is run`() async throws {
        let (portal, box) = try portal(Self.keep)
        try post(portal, to: "-Cevil@example.com")
        await portal.runJobs()
        #expect(try mails(portal).first?.state == .failed)
        #expect(try files(box, ".mail").isEmpty)
    }

    @Test func `a bounce is recorded once, for a message that was sent`() async throws {
        let (portal, _) = try portal(Self.keep)
        try post(portal)
        let id = try #require(try mails(portal).first?.id)
        let bounce =
            "To: bounce+\(id)@example.com\n\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n"
        #expect(try portal.portal.recordBounce(message: bounce) == .notOurs)
        await portal.runJobs()
        #expect(try portal.portal.recordBounce(message: bounce) == .recorded(recipient: "anna@northgate.example"))
        #expect(try portal.portal.recordBounce(message: bounce) == .recorded(recipient: "anna@northgate.example"))
        #expect(try portal.portal.recordBounce(of: "nobody", reason: "x") == .notOurs)
        let mail = try #require(try mails(portal).first)
        #expect(mail.state == .bounced && mail.reason == "5.1.1: 550 no such user")
        let lines = try portal.portal.database.read { try $0.auditLines(of: "broker-acme", limit: 50) }
        #expect(lines.filter { $0.line.action == "mail.bounce" }.count == 1)
    }

    @Test func `check 99: when a sign-in dies, the broker's owners get one message, with the cause and the link`()
        async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await LinkedWorld.connect(owner, portal)
        let cause = Problem(
            title: "The key was withdrawn", explanation: "It is refused.", nextStep: "Type a new key.", actor: .broker,
            remedy: .signInAgain)
        for _ in 0..<3 {
            try portal.portal.database.write { db in
                let connection = try #require(try db.connection(of: "broker-acme", plugin: "toy-cloud"))
                try portal.portal.breakConnection(
                    connection.id, of: "broker-acme", "toy-cloud", cause: cause, &db, at: portal.clock.now)
            }
        }
        await portal.runJobs()
        let mails = try mails(portal)
        #expect(mails.map(\.recipient) == ["owner@acme.example"])
        let text = try portal.portal.vault.open(mails[0].body, for: Mail.sealIdentity(mails[0].id))
        #expect(text.contains("The key was withdrawn") && text.contains("Type a new key."))
        #expect(text.contains("http://eu.gatehouse.localhost:8080/services/toy-cloud/authentication"))
        #expect(try await owner.get("/services").status == .ok, "what was read stays")
    }
}

extension DatabaseConnection {
    fileprivate mutating func jobs(ofKind kind: String) throws -> [Job] {
        try query("\(Job.selection) WHERE kind = \(kind)", Job.init(row:))
    }
}
