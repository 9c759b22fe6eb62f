import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Making brokers, and changing them.
@Suite struct BrokerTests {
    @Test func `a broker is created with an owner, whose invitation is mailed and shown to be copied`() async throws {
        let world = try await BrokerWorld()
        let (path, page, link) = try await world.create("Neu & Söhne", region: "us")
        #expect(page.words.contains("Neu & Söhne") && page.words.contains("The invitation of nora@new.example"))
        #expect(page.words.contains("Waits for its owner") || page.words.contains("Invited"))
        #expect(link.hasPrefix("http://us.gatehouse.localhost:8080/invitation/"))
        #expect(page.text.contains("data-copy=\"\(link)\""))
        #expect(
            try world.rows(
                "SELECT COUNT(*) FROM mail WHERE recipient = 'nora@new.example' AND purpose = 'invitation' AND subject LIKE '%Neu & Söhne%'"
            ) == 1)
        let (sealed, id) = try #require(
            try world.portal.portal.database.read {
                try $0.first("SELECT body, id FROM mail WHERE recipient = 'nora@new.example'") {
                    try ($0[0] as [UInt8], $0[1] as Key<Mail>)
                }
            })
        let body = try world.portal.portal.vault.open(sealed, for: Mail.sealIdentity(id))
        #expect(body.contains(link))
        // Without the address that followed the making, nobody sees it.
        #expect(!(try await world.admin.get(path)).text.contains("/invitation/"))
        #expect(try world.change("broker.create").contains("Neu & Söhne"))

        let nora = world.portal.client(at: TestPortal.us)
        let token = String(link.dropFirst("http://us.gatehouse.localhost:8080".count))
        _ = try await nora.get(token)
        let accepted = try await nora.post(token, ["name": "Nora New", "password": "four unrelated words here"])
        #expect(accepted.status == .seeOther)
        #expect(try await world.admin.get("/brokers").words.contains("Active"))
    }

    @Test func `the link is shown to its maker only, for a quarter of an hour`() async throws {
        let world = try await BrokerWorld()
        _ = try await world.admin.get("/brokers/new")
        let made = try await world.admin.post(
            "/brokers", ["name": "Neu", "region": "eu", "owner-name": "Nora", "email": "nora@new.example"])
        let address = try #require(made.location)
        #expect(!address.contains("invitation"))
        let other = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await other.get(address).text.contains("/invitation/"), "the same person in another browser")
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get(address).status == .notFound)
        world.portal.clock.advance(by: 15 * 60 + 1)
        #expect(!(try await world.admin.get(address)).text.contains("/invitation/"))
    }

    @Test func `what is wrong with a new broker is said at its field, and what was typed stays`() async throws {
        let world = try await BrokerWorld()
        _ = try await world.admin.get("/brokers/new")
        let empty = try await world.admin.post("/brokers", [:])
        #expect(empty.status == .unprocessableContent)
        for words in [
            "Enter the broker's name.", "Choose the region", "Enter the owner's name.", "Enter one e-mail address",
        ] {
            #expect(empty.words.contains(words))
        }
        let taken = try await world.admin.post(
            "/brokers", ["name": "acme CLOUD", "region": "mars", "owner-name": "Nora", "email": "Owner@Acme.example "])
        #expect(taken.status == .unprocessableContent)
        #expect(
            taken.words.contains("There is a broker of this name") && taken.words.contains("A person has one account"))
        #expect(taken.text.contains(#"value="owner@acme.example""#) && taken.text.contains(#"value="acme CLOUD""#))
        for email in [
            "a@b@c.example", "no at", "a b@c.example", "a@b.example\r\nBcc: x@y.example", "-f@c.example", "a@",
        ] {
            let page = try await world.admin.post(
                "/brokers", ["name": "Neu", "region": "eu", "owner-name": "Nora", "email": email])
            #expect(page.status == .unprocessableContent, "\(email)")
        }
        #expect(try world.rows("SELECT COUNT(*) FROM broker") == 2)
    }

    @Test func `check 55: fields that no form has change nothing`() async throws {
        let world = try await BrokerWorld()
        _ = try await world.admin.get("/brokers/new")
        _ = try await world.admin.post(
            "/brokers",
            [
                "name": "Neu", "region": "eu", "owner-name": "Nora", "email": "nora@new.example", "id": "broker-acme",
                "broker_id": "broker-acme", "role": "portal-administrator", "password": "x", "is_demo": "1",
                "disabled_at": "1",
            ])
        #expect(
            try world.rows(
                """
                SELECT COUNT(*) FROM portal_user JOIN broker ON broker.id = broker_id WHERE email = 'nora@new.example'
                    AND role = 'broker-owner' AND password = '' AND is_demo = FALSE AND broker.name = 'Neu'
                    AND broker.id <> 'broker-acme' AND broker.disabled_at IS NULL
                """) == 1)
    }

    @Test func `an invitation is renewed or withdrawn; the earlier link works no more`() async throws {
        let world = try await BrokerWorld()
        let (path, page, first) = try await world.create("Neu")
        let user = try #require(page.text.firstMatch(of: /name="user" value="([^"]*)"/)?.output.1)
        let renewed = try await world.admin.post("\(path)/invitations", ["user": String(user)])
        let again = try await world.admin.get(try #require(renewed.location))
        let second = try BrokerWorld.link(in: again)
        let nora = world.portal.client()
        func local(_ link: String) -> String { String(link.dropFirst("http://eu.gatehouse.localhost:8080".count)) }
        #expect(try await nora.get(local(first)).status == .notFound)
        #expect(try await nora.get(local(second)).status == .ok)
        #expect(try await world.admin.post("\(path)/withdrawals", ["user": String(user)]).status == .seeOther)
        #expect(try await nora.get(local(second)).status == .notFound)
        #expect(try world.rows("SELECT COUNT(*) FROM portal_user WHERE email = 'nora@new.example'") == 0)
        #expect(try await world.admin.get(path).words.contains("Nobody owns this broker"))
        // Whoever has accepted is not touched by either.
        for action in ["invitations", "withdrawals"] {
            let page = try await world.admin.post("\(world.acme)/\(action)", ["user": "user-owner@acme.example"])
            #expect(page.status == .conflict, "\(action) \(page.status)")
        }
        #expect(try await world.portal.client(signedInAs: "owner@acme.example").get("/").status == .ok)
    }

    @Test func `a broker is renamed, with both names in the audit of its own people`() async throws {
        let world = try await BrokerWorld()
        _ = try await world.admin.get(world.acme)
        let refused = try await world.admin.post("\(world.acme)/name", ["name": "liberty it"])
        #expect(refused.status == .unprocessableContent && refused.text.contains(#"value="liberty it""#))
        #expect(try await world.admin.post("\(world.acme)/name", ["name": " Acme\u{202E} Two "]).status == .seeOther)
        #expect(try world.change("broker.rename") == #"{"name":"Acme Cloud"} > {"name":"Acme Two"}"#)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("/audit").words.contains("broker.rename"))
        #expect(try await owner.get("/").words.contains("Acme Two"))
    }

    @Test func `a broker with a connection stays in its region, and one without moves with its people`() async throws {
        let world = try await BrokerWorld()
        let held = try await world.admin.get("\(world.acme)/region")
        #expect(held.words.contains("can't leave its region now") && held.words.contains("1 connection"))
        #expect(try await world.admin.post("\(world.acme)/region", ["region": "us"]).status == .unprocessableContent)

        let (path, _, _) = try await world.create("Neu")
        #expect(try await world.admin.get("\(path)/region").words.contains("Its people are led to the new address"))
        for region in ["mars", "", "eu"] {
            #expect(try await world.admin.post("\(path)/region", ["region": region]).status == .unprocessableContent)
        }
        #expect(try await world.admin.post("\(path)/region", ["region": "us"]).status == .seeOther)
        #expect(try world.change("broker.move") == #"{"region":"eu"} > {"region":"us"}"#)
        #expect(try await world.admin.get(path).words.contains("US: http://us.gatehouse.localhost:8080"))
    }

    @Test func `a broker whose people must sign in by its own provider is not moved away from the address it knows`()
        async throws
    {
        let world = try await BrokerWorld()
        let (path, _, _) = try await world.create("Neu")
        let id = String(path.dropFirst("/brokers/".count))
        try world.portal.portal.database.write { db in
            try db.execute(
                """
                INSERT INTO sso_provider (broker_id, issuer, client_id, secret, is_enabled, is_required, version,
                    changed_at, changed_by)
                VALUES (\(id), 'https://id.example', 'x', \([1] as [UInt8]), TRUE, TRUE, 1, 0, 'x')
                """)
        }
        #expect(try await world.admin.get("\(path)/region").words.contains("Single sign-on is required"))
        #expect(try await world.admin.post("\(path)/region", ["region": "us"]).status == .unprocessableContent)
    }

    @Test func `grave changes of a broker ask for the password again after a while`() async throws {
        let world = try await BrokerWorld()
        let grave = Set(
            world.portal.portal.routes.filter { $0.needsRecentProof && $0.access == "manageBrokers" }.map(\.path))
        #expect(
            grave == [
                "/brokers", "/brokers/:broker/owners", "/brokers/:broker/invitations", "/brokers/:broker/region",
                "/brokers/:broker/disabling", "/brokers/:broker/enabling", "/brokers/:broker/erasure",
                "/brokers/:broker/sso-domain-removals",
            ])
        world.portal.clock.advance(by: 11 * 60)
        _ = try await world.admin.get("\(world.acme)/disabling")
        let asked = try await world.admin.post("\(world.acme)/disabling")
        #expect(asked.location?.hasPrefix("/confirm?held=") == true)
        #expect(try world.rows("SELECT COUNT(*) FROM broker WHERE disabled_at IS NOT NULL") == 0)
    }
}
