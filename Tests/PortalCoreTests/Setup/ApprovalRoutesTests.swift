import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// What a broker's people do with a request: write it, preview it, send it, keep its text, withdraw it.
@Suite struct ApprovalRoutesTests {
    @Test func `a preview sends nothing, and a message without its link is refused with what was typed`() async throws {
        let world = try await ToySetupWorld()
        let preview = try await world.send(["way": "preview", "subject": "My subject"])
        #expect(preview.status == .ok && preview.words.contains("Preview") && preview.words.contains("My subject"))
        let bad = try await world.send(["body": "No link here"])
        #expect(bad.status == .unprocessableContent && bad.words.contains("Write {link} where the link goes"))
        #expect(bad.text.contains("No link here"))
        #expect(try await world.owner.get("/approvals").words.contains("Not sent yet"))
        #expect(try world.portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM approval_link") } == 0)
    }

    @Test func `copied, the message is shown once with its link, a draft and the link alone`() async throws {
        let world = try await ToySetupWorld()
        let path = try #require(try await world.send(["recipient": "anna@kite.example"]).location)
        let shown = try await world.owner.get(path)
        #expect(shown.text.contains("mailto:anna@kite.example?subject=Kite"))
        #expect(shown.words.contains("The link alone"))
        #expect(shown.words.contains("copied for anna@kite.example"))
        world.portal.clock.advance(by: 16 * 60)
        #expect(!(try await world.owner.get(path).words.contains("The link alone")))
    }

    @Test func `sent by mail, the customer finds a link that works`() async throws {
        let world = try await ToySetupWorld()
        let nowhere = try await world.send(["way": "mailed"])
        #expect(nowhere.status == .unprocessableContent && nowhere.words.contains("Enter one whole e-mail address"))
        _ = try await world.send(["way": "mailed", "recipient": "anna@kite.example"])
        await world.portal.runJobs()
        let link = try #require(try await world.mailedLinks().first)
        #expect(try await world.portal.client().get(link).words.contains("Acme Cloud asks for Kite"))
        let history = try await world.owner.get(try await world.approvalPath()).words
        #expect(history.contains("by mail to anna@kite.example"))
    }

    @Test func `a text that is kept is the next one's, in its language and for its broker only`() async throws {
        let world = try await ToySetupWorld()
        _ = try await world.send(["language": "de", "body": "Bitte: {link}", "keep": "on"])
        await world.portal.runJobs()
        let approval = try await world.compose()
        #expect(try await world.owner.get("\(approval)/messages/new?language=de").text.contains("Bitte: {link}"))
        #expect(!(try await world.owner.get("\(approval)/messages/new?language=en").text.contains("Bitte: {link}")))
        let other = try world.portal.portal.database.read {
            try $0.count("SELECT COUNT(*) FROM approval_template WHERE broker_id <> 'broker-acme'")
        }
        #expect(other == 0)
    }

    @Test func `earlier links go on working, and a decision ends all of them`() async throws {
        let world = try await ToySetupWorld()
        let first = try await world.link()
        let second = try await world.link()
        #expect(try await world.portal.client().get(first).words.contains("What you allow"))
        try await world.answer(second, "toy=yes")
        await world.portal.runJobs()
        #expect(try await world.portal.client().get(first).words.contains("Approved on"))
    }

    @Test func `what is decided can't be withdrawn any more`() async throws {
        let world = try await ToySetupWorld()
        let link = try await world.link()
        let approval = try await world.approvalPath()
        _ = try await world.owner.get(approval)
        try await world.answer(link, "toy=yes")
        await world.portal.runJobs()
        #expect(try await world.owner.post("\(approval)/withdrawal").status.code == 409)
    }

    @Test func `passed on, it reaches the colleague by a link of its own, five times at most`() async throws {
        let world = try await ToySetupWorld()
        let link = try await world.link()
        let browser = world.portal.client()
        _ = try await browser.get("\(link)/forwarding")
        let wrong = try await browser.post("\(link)/forwarding", ["tenant": "toy-9", "address": "boss"])
        #expect(wrong.status == .unprocessableContent && wrong.words.contains("Type the whole e-mail address"))
        for number in 0..<5 {
            let sent = try await browser.post(
                "\(link)/forwarding", ["tenant": "toy-9", "address": "boss\(number)@kite.example"])
            #expect(sent.status == .seeOther)
        }
        let sixth = try await browser.post("\(link)/forwarding", ["tenant": "toy-9", "address": "boss@kite.example"])
        #expect(sixth.status == .unprocessableContent)
        await world.portal.runJobs()
        let links = try await world.mailedLinks()
        #expect(links.count == 5)
        #expect(!links.contains(link))
        let theirs = try #require(links.first)
        #expect(try await world.portal.client().get(theirs).words.contains("Acme Cloud asks for Kite"))
    }

    @Test func `many trips leave the newest open, and a trip ends after an hour`() async throws {
        let world = try await ToySetupWorld()
        let link = try await world.link()
        let browser = world.portal.client()
        _ = try await browser.get(link)
        for _ in 0..<25 { _ = try await browser.post("\(link)/trips", ["tenant": "toy-9"]) }
        let open = try world.portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM approval_trip") }
        #expect(open == 20)
        let left = try await browser.follow(try await browser.post("\(link)/trips", ["tenant": "toy-9"]))
        let state = try #require(left.text.firstMatch(of: /state=([A-Za-z0-9_-]*)/)).output.1
        world.portal.clock.advance(by: 3_700)
        let late = try await browser.follow(try await browser.get("/connections/return?toy=yes&state=\(state)"))
        #expect(late.words.contains("longer than an hour"))
        await world.portal.runJobs()
        #expect(try await world.portal.client().get(link).words.contains("What you allow"))
    }
}

extension ToySetupWorld {
    /// The links in all messages of the practice mailbox.
    func mailedLinks() async throws -> Set<String> {
        let list = try await owner.get("/practice/mail").text
        var links: Set<String> = []
        for message in Set(list.matches(of: /href="(\/practice\/mail\/[^"]*)"/).map { String($0.output.1) }) {
            let text = try await owner.get(message).text
            links.formUnion(text.matches(of: /\/approval\/[A-Za-z0-9_-]{43}/).map { String($0.output) })
        }
        return links
    }

    /// Of the request that was sent.
    func approvalPath() async throws -> String {
        let list = try await owner.get("/approvals").text
        return String(try #require(list.firstMatch(of: /href="(\/approvals\/[0-9a-f-]{36})"/)).output.1)
    }
}
