import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// A broker and the portal keep somebody who looks after them, whatever is tried at once.
@Suite struct LastOwnerTests {
    private func insert(_ count: Int, _ role: Role, into portal: TestPortal) throws -> [String] {
        let hash = try PasswordHash(password: DemoWorld.password, cost: portal.portal.passwordCost)
        return try (1...count).map { number in
            let email = "\(role.rawValue)-\(number)@more.example"
            let user = User(
                id: Key("user-\(email)"), email: email, name: "Owner \(number)", role: role,
                brokerID: role.realm == .portal ? nil : "broker-acme", organizationID: nil, isDemo: true)
            try portal.portal.database.write { try $0.insert(user, password: hash, at: portal.clock.now) }
            return email
        }
    }

    @Test func `check 44: nobody changes the own role or disables oneself, and the page has no such form`() async throws
    {
        let portal = try TestPortal()
        for (email, id) in [
            ("owner@acme.example", "user-owner@acme.example"),
            ("admin@gatehouse.example", "user-admin@gatehouse.example"),
        ] {
            let client = try await portal.client(signedInAs: email)
            let page = try await client.get("/users/\(id)")
            #expect(page.words.contains("This is you") && !page.text.contains("/users/\(id)/"))
            for (path, form) in [
                ("role", ["role": "broker-manager"]), ("disabling", [:]), ("removal", [:]),
                ("second-factor-reset", [:]),
            ] {
                let refused = try await client.post("/users/\(id)/\(path)", form)
                #expect(refused.status == .unprocessableContent, "\(path)")
                #expect(refused.words.contains("This is you. Ask somebody else"), "\(path)")
            }
            #expect(try await client.get("/users").status == .ok)
        }
    }

    @Test
    func `check 44: the last owner is not demoted, disabled or limited, and an owner who never came does not count`()
        async throws
    {
        let portal = try TestPortal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await admin.get("/users/new?for=broker")
        let invited = [
            "for": "broker", "name": "Nobody yet", "email": "later@acme.example", "role": "broker-owner",
            "broker": "broker-acme",
        ]
        #expect(try await admin.post("/users", invited).status == .seeOther)
        let path = "/users/user-owner@acme.example"
        for (change, form) in [("role", ["role": "broker-support"]), ("disabling", [:])] {
            let page = try await admin.post("\(path)/\(change)", form)
            #expect(page.status == .unprocessableContent, "\(change)")
            #expect(page.words.contains("This is the last owner who can sign in"), "\(change)")
        }
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        #expect(
            try await owner.get("/audit").words.contains("This is the last owner who can sign in"),
            "refused tries are audited")
        let other = try #require(try insert(1, .brokerOwner, into: portal).first)
        let second = try await portal.client(signedInAs: other)
        _ = try await second.get(path)
        let limited = try await second.post(
            "\(path)/limits", ["reach": "chosen", "organization-organization-northgate": "on"])
        #expect(limited.status == .unprocessableContent && limited.words.contains("can't be limited"))
        #expect(try await second.post("\(path)/disabling").status == .seeOther, "with a second one it goes")
        let last = try await admin.post("/users/user-\(other)/disabling")
        #expect(last.status == .unprocessableContent)
    }

    @Test(arguments: [Role.brokerOwner, .portalAdministrator])
    func `check 44: 100 parallel tries to remove each other leave somebody in charge`(role: Role) async throws {
        let portal = try TestPortal()
        let first = role == .brokerOwner ? "owner@acme.example" : "admin@gatehouse.example"
        let people = try [first] + insert(9, role, into: portal)
        var clients: [TestClient] = []
        for email in people {
            let client = try await portal.client(signedInAs: email)
            _ = try await client.get("/")
            clients.append(client)
        }
        let pages = try await withThrowingTaskGroup(of: TestPage.self) { group in
            for round in 0..<100 {
                let (client, target) = (clients[round % 10], people[(round * 7 + round / 10 + 1) % 10])
                let path = "/users/user-\(target)/\(round.isMultiple(of: 2) ? "disabling" : "role")"
                let lower = role == .brokerOwner ? "broker-support" : "portal-administrator"
                group.addTask { try await client.post(path, ["role": lower]) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(pages.allSatisfy { $0.status.code < 500 })
        let left = try portal.portal.database.read { db in
            try db.count(
                "SELECT COUNT(*) FROM portal_user WHERE role = \(role) AND disabled_at IS NULL AND COALESCE(broker_id, '') <> 'broker-liberty'"
            )
        }
        #expect(left >= 1)
    }

    @Test func `check 44: the last two can't remove each other at once, in 100 rounds`() async throws {
        let portal = try TestPortal()
        let other = try #require(try insert(1, .brokerOwner, into: portal).first)
        let both: [Key<User>] = ["user-owner@acme.example", Key("user-\(other)")]
        for _ in 0..<100 {
            let refused = await withTaskGroup(of: Bool.self) { group in
                for id in both {
                    group.addTask {
                        do {
                            try portal.portal.database.write { db in
                                try db.keepingSomebodyInCharge(of: "broker-acme") {
                                    try $0.disable(id, at: portal.clock.now)
                                }
                            }
                            return false
                        } catch {
                            return error as? PersonRefusal == .lastOwner
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(refused == 1)
            try portal.portal.database.write { db in for id in both { try db.enable(id) } }
        }
    }
}
