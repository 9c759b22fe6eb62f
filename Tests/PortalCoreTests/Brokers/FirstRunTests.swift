import Foundation
import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// The administrator's start page: from nothing to a calm look at all.
@Suite struct FirstRunTests {
    /// Of each step: its title with its state.
    private func steps(_ page: TestPage) -> [String] {
        page.text.matches(of: /<h3>([^<]*)<\/h3><span class="badge"[^>]*>.*?<\/svg>([^<]*)/).map {
            "\($0.output.1): \($0.output.2.trimmingCharacters(in: .whitespacesAndNewlines))"
        }
    }

    @Test func `each step shows its true state, from an empty portal to the first connection`() async throws {
        let portal = try TestPortal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        for id in ["broker-acme", "broker-liberty"] {
            let name = id == "broker-acme" ? "Acme Cloud" : "Liberty IT"
            _ = try await admin.get("/brokers/\(id)/disabling")
            _ = try await admin.post("/brokers/\(id)/disabling")
            #expect(try await admin.post("/brokers/\(id)/erasure", ["name": name]).status == .seeOther)
        }
        await portal.runJobs()
        let empty = try await admin.get("/")
        #expect(
            steps(empty) == [
                "Regions: Set", "Redirect addresses: Not proved yet", "Plugin settings: 1 of 1 ready",
                "First broker: None yet", "An owner signs in: Not invited yet", "First connection: Not yet",
            ])
        #expect(empty.words.contains("EU at http://eu.gatehouse.localhost:8080"))
        #expect(try await admin.get("/brokers").words.contains("No brokers yet"))

        _ = try await admin.get("/brokers/new")
        let made = try await admin.post(
            "/brokers", ["name": "Neu", "region": "eu", "owner-name": "Nora", "email": "nora@new.example"])
        let page = try await admin.get(try #require(made.location))
        let invited = try await admin.get("/")
        #expect(steps(invited)[3...4] == ["First broker: Created", "An owner signs in: Invited"])
        #expect(invited.words.contains("Acts now: Nora"))
        portal.clock.advance(by: 86_401)
        let again = try await portal.client(signedInAs: "admin@gatehouse.example")
        #expect(steps(try await again.get("/"))[4] == "An owner signs in: Link expired")

        let user = try #require(page.text.firstMatch(of: /name="user" value="([^"]*)"/)?.output.1)
        let path = String(try #require(made.location).split(separator: "?")[0])
        let renewed = try await again.post("\(path)/invitations", ["user": String(user)])
        let link = try BrokerWorld.link(in: try await again.get(try #require(renewed.location)))
        let nora = portal.client()
        let token = String(link.dropFirst("http://eu.gatehouse.localhost:8080".count))
        _ = try await nora.get(token)
        #expect(
            try await nora.post(token, ["name": "Nora", "password": "four unrelated words here"]).status == .seeOther)
        #expect(steps(try await again.get("/"))[4] == "An owner signs in: Done")
    }

    @Test func `once all is done, the page is calm, and says what needs somebody`() async throws {
        let world = try await BrokerWorld()
        let calm = try await world.admin.get("/").words
        #expect(calm.contains("Nothing. No plugin has failed, and every broker has an owner."))
        #expect(calm.contains("2 brokers") && calm.contains("1 connection") && calm.contains("Acme Cloud"))
        _ = try await world.create("Neu")
        try world.portal.portal.database.write { try $0.execute("UPDATE connection SET state = 'broken'") }
        let busy = try await world.admin.get("/").words
        #expect(busy.contains("Neu has no owner yet") && busy.contains("1 connection of Acme Cloud is broken"))
    }

    @Test func `a plugin that does not start is a step, and later a need`() async throws {
        let portal = try TestPortal(plugins: [])
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get("/").words.contains("built without plugins"))
    }
}
