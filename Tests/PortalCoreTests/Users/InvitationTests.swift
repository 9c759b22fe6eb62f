import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Inviting people, and what the invited are until they come.
@Suite struct InvitationTests {
    static let form = [
        "for": "broker", "name": "Nora New", "email": " Nora@Acme.example ", "role": "broker-support", "reach": "all",
    ]

    private func mails(_ portal: TestPortal) throws -> [(to: String, body: String)] {
        try portal.portal.database.read { db in
            try db.query("SELECT id, recipient, body FROM mail ORDER BY created_at, id") { row in
                let id: Key<Mail> = try row[0]
                return try (to: row[1], body: portal.portal.vault.open(row[2] as [UInt8], for: Mail.sealIdentity(id)))
            }
        }
    }

    @Test func `an owner invites somebody: the link is mailed, shown to copy for a while, and stands nowhere else`()
        async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/users/new")
        let done = try await owner.post("/users", Self.form)
        let path = try #require(done.location)
        #expect(done.status == .seeOther && path.hasPrefix("/users/") && !path.contains("/invitation/"))
        let page = try await owner.get(path)
        let link = try #require(
            page.text.firstMatch(of: /<code>(http:\/\/eu[^<]*\/invitation\/[^<]*)<\/code>/)?.output.1)
        #expect(
            page.words.contains("Nora New") && page.words.contains("Invited") && page.words.contains("Broker support"))
        let mail = try #require(try mails(portal).first { $0.to == "nora@acme.example" })
        #expect(mail.body.contains(link))
        let token = String(link.split(separator: "/").last ?? "")
        let found = try portal.portal.database.read { try $0.link(Token(token), .invitation, now: portal.clock.now) }
        #expect(found?.user.email == "nora@acme.example" && found?.user.brokerID == "broker-acme")
        #expect(!(try await owner.get(String(path.split(separator: "?")[0])).text.contains(token)))
        #expect(!(try await owner.get("/users").text.contains(token)))
        #expect(!(try await owner.get("/audit").text.contains(token)))
        #expect(!(try portal.portal.rows().values.joined().contains { $0.contains(token) }), "only its hash is kept")
        let audit = try await owner.get("/audit").words
        #expect(audit.contains("user.invite") && audit.contains("nora@acme.example"))
    }

    @Test func `a link that somebody made is shown to nobody else`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/users/new")
        let path = try #require(try await owner.post("/users", Self.form).location)
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        #expect(!(try await admin.get(path).text.contains("/invitation/")))
        #expect(try await owner.get(path).text.contains("/invitation/"))
    }

    @Test func `a new invitation replaces the earlier one, and who never came can be deleted`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/users/new")
        let first = try await owner.get(try #require(try await owner.post("/users", Self.form).location))
        let old = try #require(first.text.firstMatch(of: /\/invitation\/([^<"]*)/)?.output.1)
        let path = try #require(first.text.firstMatch(of: /action="(\/users\/[^"\/]*)\/role"/)?.output.1)
        let again = try await owner.get(try #require(try await owner.post("\(path)/invitation").location))
        let new = try #require(again.text.firstMatch(of: /\/invitation\/([^<"]*)/)?.output.1)
        #expect(old != new)
        #expect(!(try portal.isAlive(old, .invitation)))
        #expect(try portal.isAlive(new, .invitation))
        #expect(try await owner.post("\(path)/password-reset").status == .unprocessableContent)
        #expect(try await owner.post("\(path)/removal").location == "/users?done=user-deleted")
        #expect(!(try await owner.get("/users").words.contains("Nora New")))
        #expect(try await owner.get(String(path)).status == .notFound)
        _ = try await owner.get("/users/user-support@acme.example")
        let kept = try await owner.post("/users/user-support@acme.example/removal")
        #expect(kept.status == .unprocessableContent && kept.words.contains("neither invited anew nor deleted"))
    }

    @Test(arguments: [
        (["name": ""], "Type a name"), (["email": "nobody"], "Type an e-mail address"),
        (["email": "a@b.example\r\nBcc: x@y.example"], "Type an e-mail address"),
        (["email": "owner@liberty.example"], "This address can't be invited"),
        (["email": "manager@acme.example"], "This address can't be invited"),
        (["role": "portal-administrator"], "Choose one of the roles"), (["role": ""], "Choose one of the roles"),
        (["role": "customer-user"], "Choose one of the roles"),
        (["reach": "chosen"], "Choose at least one organization"),
        (["reach": "chosen", "organization-nothing": "on"], "One of the organizations is gone"),
        (["role": "broker-owner", "reach": "chosen", "organization-organization-northgate": "on"], "can't be limited"),
        (["for": "organization", "role": "customer-user"], "Choose the organization"),
        (["for": "portal", "role": "portal-administrator"], "Choose one of the roles"),
    ])
    func `a wrong invitation comes back as it was, with what to do`(change: [String: String], words: String)
        async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/users/new")
        let before = try portal.portal.rows()
        let page = try await owner.post("/users", Self.form.merging(change) { _, new in new })
        #expect(page.status == .unprocessableContent && page.words.contains(words), "\(page.words)")
        #expect(page.text.contains("Nora New") || change["name"] == "")
        #expect(try portal.portal.rows() == before)
    }

    @Test func `limits are chosen with the invitation, and a role of customers with the organization`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/users/new")
        let limited = Self.form.merging(["reach": "chosen", "organization-organization-northgate": "on"]) { _, new in
            new
        }
        let page = try await owner.get(try #require(try await owner.post("/users", limited).location))
        #expect(page.words.contains("Sees Northgate Bakery"))
        let customer = [
            "for": "organization", "name": "Cora", "email": "cora@northgate.example", "role": "customer-user",
            "organization": "organization-northgate",
        ]
        #expect(try await owner.get("/users/new?for=organization").words.contains("Northgate Bakery"))
        let made = try await owner.get(try #require(try await owner.post("/users", customer).location))
        #expect(made.words.contains("Customer user") && made.words.contains("Organization Northgate Bakery"))
    }

    @Test func `a customer's administrator invites people of the own organization, and nobody else`() async throws {
        let world = try await MatrixWorld.shared.value
        let portal = try world.copy()
        let anna = try await portal.client(signedInAs: "anna@northgate.example")
        let page = try await anna.get("/users/new")
        #expect(!page.words.contains("Broker owner") && !page.text.contains("organization-"))
        let wooden = try #require(world.ids["organization"]?[.wooden])
        let form = [
            "for": "broker", "name": "Cora", "email": "cora@northgate.example", "role": "customer-user",
            "organization": wooden, "broker": "broker-liberty", "broker_id": "broker-liberty",
            "organization_id": wooden,
        ]
        for role in ["broker-owner", "broker-support", "portal-administrator"] {
            let refused = try await anna.post("/users", form.merging(["role": role]) { _, new in new })
            #expect(refused.status == .unprocessableContent, "\(role)")
        }
        #expect(try await anna.post("/users", form).status == .seeOther)
        let made = try portal.portal.database.read { db in
            try db.people(in: .portal, PeopleFilter(search: "cora"), limit: 9).map(\.user)
        }
        #expect(made.map(\.organizationID) == ["organization-northgate"] && made.map(\.brokerID) == ["broker-acme"])
        let list = try await anna.get("/users").words
        #expect(list.contains("Cora") && list.contains("carl") == true && !list.contains("wooden.example"))
    }

    @Test func `a portal administrator invites administrators and brokers' people, and lists those of every broker`()
        async throws
    {
        let portal = try TestPortal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await admin.get("/users/new?for=broker")
        let owner = [
            "for": "broker", "name": "Lara", "email": "lara@liberty.example", "role": "broker-owner",
            "broker": "broker-liberty",
        ]
        let page = try await admin.get(try #require(try await admin.post("/users", owner).location))
        #expect(
            page.words.contains("Broker Liberty IT")
                && page.text.contains("http://us.gatehouse.localhost:8080/invitation/"))
        let another = [
            "for": "portal", "name": "Rob", "email": "rob@gatehouse.example", "role": "portal-administrator",
        ]
        #expect(try await admin.post("/users", another).status == .seeOther)
        let list = try await admin.get("/users").words
        #expect(list.contains("Rob") && list.contains("Lara") && list.contains("Olivia Owner"))
        let liberty = try await admin.get("/users?broker=broker-liberty").words
        #expect(liberty.contains("Lara") && !liberty.contains("Olivia Owner"))
        let stranger = try await portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        #expect(
            try await stranger.get("/audit").words.contains("lara@liberty.example"),
            "the broker's own audit tells of it")
    }

    @Test func `the list is searched and filtered by role and state`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/users/new")
        _ = try await owner.post("/users", Self.form.merging(["name": "Özge Öztürk"]) { _, new in new })
        func names(_ query: String) async throws -> String {
            let page = try await owner.get("/users?\(query)").text
            return page.matches(of: /data-label="Name"><div><bdi><a[^>]*>([^<]*)/).map { String($0.output.1) }.joined(
                separator: ", ")
                + page.matches(of: /<th scope="row"[^>]*><div>.*?<a[^>]*>([^<]*)/).map { String($0.output.1) }.joined(
                    separator: ", ")
        }
        #expect(try await names("q=oztu").contains("Özge Öztürk"))
        #expect(try await names("q=%25").isEmpty)
        let invited = try await names("state=invited")
        #expect(invited.contains("Özge") && !invited.contains("Mia"))
        let managers = try await names("role=broker-manager&state=active")
        #expect(managers.contains("Mia Manager") && !managers.contains("Sam"))
        #expect(!(try await names("").contains("Leo Liberty")))
    }
}

extension TestPortal {
    /// Whether a one-time link can be used.
    func isAlive(_ token: Substring, _ purpose: OneTimeLink.Purpose) throws -> Bool {
        try portal.database.read { try $0.link(Token(String(token)), purpose, now: clock.now) } != nil
    }
}
