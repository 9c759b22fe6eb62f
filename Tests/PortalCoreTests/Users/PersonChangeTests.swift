import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// What is changed of a person holds from its next request on.
@Suite struct PersonChangeTests {
    private let support = "/users/user-support@acme.example"

    @Test func `check 58: a changed role holds at the next request, also for a page that was open before`() async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let manager = try await portal.client(signedInAs: "manager@acme.example")
        #expect(try await manager.get("/marketplace/toy-cloud/steps").status == .ok)
        _ = try await owner.get("/")
        #expect(
            try await owner.post("/users/user-manager@acme.example/role", ["role": "broker-support"]).status
                == .seeOther)
        #expect(try await manager.post("/marketplace/toy-cloud/additions").status == .notFound)
        let home = try await manager.get("/")
        #expect(home.words.contains("Broker support (view only)") && !home.words.contains("Audit"))
        #expect(try await manager.get("/audit").status == .notFound)
        _ = try await owner.post("/users/user-manager@acme.example/role", ["role": "broker-manager"])
        #expect(try await manager.get("/audit").status == .ok)
        let audit = try portal.portal.database.read { db in
            try db.query(
                "SELECT value_before, value_after FROM audit WHERE action = 'user.role.change' ORDER BY at, id"
            ) {
                try ($0[0] as String, $0[1] as String)
            }
        }
        #expect(audit.contains { $0.0.contains("broker-manager") && $0.1.contains("broker-support") })
    }

    @Test
    func `check 58: a disabled person is signed out at once everywhere, its links die, and it comes back when enabled`()
        async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let sam = try await portal.client(signedInAs: "support@acme.example")
        let shop = try await portal.client(signedInAs: "support@acme.example", at: TestPortal.shop)
        _ = try await owner.get(support)
        let page = try await owner.get(try #require(try await owner.post("\(support)/password-reset").location))
        let token = try #require(page.text.firstMatch(of: /\/password-reset\/([^<"]*)/)?.output.1)
        #expect(try await owner.post("\(support)/disabling").status == .seeOther)
        #expect(try await sam.get("/").location?.hasPrefix("/sign-in") == true)
        #expect(try await shop.get("/").location?.hasPrefix("/sign-in") == true)
        await #expect(throws: TestFailure.self) { try await portal.client(signedInAs: "support@acme.example") }
        #expect(!(try portal.isAlive(token, .passwordReset)))
        #expect(try await owner.get("/users?state=disabled").words.contains("Sam Support"))
        #expect(try await owner.post("\(support)/enabling").status == .seeOther)
        #expect(!(try portal.isAlive(token, .passwordReset)), "a dead link stays dead")
        let back = try await portal.client(signedInAs: "support@acme.example")
        #expect(try await back.get("/").status == .ok)
    }

    @Test func `all sessions of a person are ended, and of nobody else`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let sam = try await portal.client(signedInAs: "support@acme.example")
        let mia = try await portal.client(signedInAs: "manager@acme.example")
        #expect(try await owner.get(support).words.contains("1 session is open"))
        #expect(try await owner.post("\(support)/signing-out").status == .seeOther)
        #expect(try await sam.get("/").status == .seeOther)
        #expect(try await mia.get("/").status == .ok)
    }

    @Test func `a second step is reset, with an audit line, and a new owner without one signs in anew`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let sam = try await portal.client(signedInAs: "support@acme.example")
        try portal.portal.database.write { db in
            try db.execute(
                "UPDATE portal_user SET totp = \([UInt8]([1])), totp_since = 1, is_demo = FALSE WHERE email = 'support@acme.example'"
            )
        }
        #expect(try await owner.get(support).text.contains("second-factor-reset"))
        #expect(try await owner.post("\(support)/second-factor-reset").status == .seeOther)
        let has = try portal.portal.database.read { try $0.hasSecondFactor("user-support@acme.example") }
        #expect(!has)
        #expect(try await sam.get("/").status == .seeOther)
        #expect(try await owner.get("/audit").words.contains("user.second-factor.clear"))
        try portal.portal.database.write { db in
            try db.execute("UPDATE portal_user SET is_demo = FALSE WHERE email = 'manager@acme.example'")
        }
        let mia = try await portal.client(signedInAs: "manager@acme.example")
        #expect(try await mia.get("/").status == .ok)
        _ = try await owner.post("/users/user-manager@acme.example/role", ["role": "broker-owner"])
        #expect(
            try await mia.get("/").status == .seeOther,
            "the role needs a second step, which the next sign-in asks for")
    }

    @Test func `grave changes ask who it is once more, and carry on afterwards`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        portal.clock.advance(by: 11 * 60)
        _ = try await owner.get(support)
        let asked = try await owner.post("\(support)/role", ["role": "broker-billing"])
        #expect(asked.location?.hasPrefix("/confirm?held=") == true)
        let confirm = try await owner.get(try #require(asked.location))
        let held = String(try #require(confirm.text.firstMatch(of: /name="held" value="([^"]*)"/)?.output.1))
        let done = try await owner.post("\(support)/role", ["held": held, "confirm-password": "gatehouse-practice"])
        #expect(done.status == .seeOther)
        #expect(try await owner.get(support).words.contains("Role Broker billing"))
        let grave = portal.portal.routes.filter(\.needsRecentProof).map(\.path)
        for path in [
            "/users", "/users/:user/role", "/users/:user/limits", "/users/:user/groups", "/users/:user/disabling",
            "/users/:user/second-factor-reset", "/groups", "/groups/:group", "/groups/:group/removal",
        ] {
            #expect(grave.contains(path), "\(path)")
        }
    }

    @Test
    func `a group gives its role at once and takes it away at once; the provider's name for the role stands beside it`()
        async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let sam = try await portal.client(signedInAs: "support@acme.example")
        let new = try await owner.get("/groups/new")
        #expect(new.words.contains("Provider access administrator — Toy Keeper") && !new.words.contains("Broker owner"))
        let form = [
            "name": "Night shift", "role": "provider-access-administrator", "person-user-support@acme.example": "on",
        ]
        let made = try await owner.post("/groups", form)
        let path = String(try #require(made.location?.split(separator: "?").first))
        #expect(made.status == .seeOther)
        let permissions = try portal.portal.database.read { db in
            try db.access(
                of: User(
                    id: "user-support@acme.example", email: "", name: "", role: .brokerSupport, brokerID: "broker-acme",
                    organizationID: nil)
            ).permissions
        }
        #expect(permissions.contains(.linkTenants))
        #expect(try await sam.get("/").words.contains("Provider access administrator — Toy Keeper"))
        #expect(try await owner.get(support).words.contains("Night shift: Provider access administrator"))
        let twice = try await owner.post("/groups", form)
        #expect(twice.status == .unprocessableContent && twice.words.contains("There is a group of this name"))
        for role in ["broker-owner", "portal-administrator", "customer-user", ""] {
            let refused = try await owner.post("/groups", ["name": "More", "role": role])
            #expect(
                refused.status == .unprocessableContent && refused.words.contains("Choose one of the roles"), "\(role)")
        }
        #expect(try await owner.post(path, ["name": "Night", "role": "broker-billing"]).status == .seeOther)
        #expect(!(try await sam.get("/").words.contains("Toy Keeper")), "no member any more")
        _ = try await owner.post("\(support)/groups", ["group-\(path.dropFirst("/groups/".count))": "on"])
        #expect(try await sam.get("/").words.contains("Broker support (view only), Broker billing"))
        let manager = try await portal.client(signedInAs: "manager@acme.example")
        #expect(try await manager.get(path).words.contains("Sam Support"))
        #expect(!(try await manager.get(path).text.contains("<form class=\"form\"")), "a manager looks")
        #expect(try await owner.post("\(path)/removal").location == "/groups?done=group-deleted")
        #expect(!(try await sam.get("/").words.contains("billing")))
    }
}
