import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// One broker's and one customer's things stay theirs, by whatever way somebody else asks.
@Suite struct IsolationTests {
    private static let liberty = ["Harbour", "Lighthouse", "Pier", "liberty.example", "Liberty", "Keepers of liberty"]

    @Test func `check 54: ids of others in forms, filters, searches and lists are like ids that do not exist`()
        async throws
    {
        let world = try await MatrixWorld.shared.value
        let portal = try world.copy()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let tenant = try #require(world.ids["tenant"]?[.acme])
        let foreign = try #require(world.ids["organization"]?[.harbour])
        _ = try await owner.get("/")
        let before = try portal.portal.rows(of: "broker-liberty")
        let person = "/users/user-support@acme.example"
        let forms: [(String, [String: String])] = [
            ("/tenants/\(tenant)/link", ["organization": "ID"]),
            ("\(person)/limits", ["reach": "chosen", "organization-ID": "on"]),
            (
                "/users",
                [
                    "for": "organization", "name": "X", "email": "x@acme.example", "role": "customer-user",
                    "organization": "ID",
                ]
            ),
            ("/users", InvitationTests.form.merging(["reach": "chosen", "organization-ID": "on"]) { $1 }),
        ]
        for (path, form) in forms {
            func send(_ id: String) async throws -> TestPage {
                try await owner.post(
                    path,
                    Dictionary(
                        uniqueKeysWithValues: form.map {
                            ($0.key.replacing("ID", with: id), $0.value.replacing("ID", with: id))
                        }))
            }
            let (theirs, none) = (try await send(foreign), try await send("no-such-thing"))
            #expect(theirs.status == none.status && theirs.status.code >= 400, "\(path): \(theirs.status.code)")
            #expect(
                theirs.text.replacing(foreign, with: "") == none.text.replacing("no-such-thing", with: ""), "\(path)")
        }
        // Ids that are no choices of the form are not taken.
        _ = try await owner.post("\(person)/groups", ["group-group-liberty": "on"])
        _ = try await owner.post(
            "/groups/group-acme", ["name": "K", "role": "broker-billing", "person-user-support@liberty.example": "on"])
        for path in [
            "/users?broker=broker-liberty", "/users?q=liberty", "/users?q=harbour", "/organizations?q=harbour",
            "/search?q=harbour",
            "/search?q=\(foreign)", "/tenants?q=lighthouse", "/tenants?state=linked&broker=broker-liberty",
            "/audit?broker=broker-liberty",
            "/jobs?broker=broker-liberty", "/users/new?for=organization&organization=\(foreign)",
            "/tenants/\(tenant)?q=harbour",
            "/groups/group-acme",
        ] {
            let page = try await owner.get(path)
            let typed = ["harbour", "liberty", "lighthouse", "Search: harbour", "broker-liberty"]
            let shown = typed.reduce(page.text) { $0.replacing("value=\"\($1)\"", with: "").replacing($1, with: "") }
            for name in Self.liberty { #expect(!shown.contains(name), "\(path): \(name)") }
        }
        #expect(try portal.portal.rows(of: "broker-liberty") == before)
    }

    @Test func `check 55: fields that a form does not have give nobody more`() async throws {
        let world = try await MatrixWorld.shared.value
        let extras = [
            "broker_id": "broker-liberty", "brokerID": "broker-liberty", "organization_id": "organization-northgate",
            "is_admin": "1",
            "is_demo": "1", "password": "xxxxxxxxxxxxxxxx", "tenant_id": world.ids["tenant"]?[.harbour] ?? "",
            "user_id": "user-root@gatehouse.example",
            "disabled_at": "1", "created_by": "x", "grants": "portal-administrator",
        ]
        // Of a copy: other walks leave lines of the audit in the world itself.
        let before = try world.copy().portal.rows(of: "broker-liberty")
        for (email, places) in [
            ("owner@acme.example", Set([Actor.Place.acme])), ("anna@northgate.example", [.northgate]),
        ] {
            let actor = Actor.all.first { $0.email == email }!
            for route in world.portal.portal.routes where route.method == .post && route.path != "/sign-out" {
                guard let permission = Permission(rawValue: route.access), actor.permissions.contains(permission) else {
                    continue
                }
                var path = route.path
                for name in route.path.split(separator: "/").filter({ $0.hasPrefix(":") }).map({
                    String($0.dropFirst())
                }) {
                    let own = world.ids[name]?.first { places.contains($0.key) }?.value
                    path = path.replacing(":\(name)", with: MatrixWorld.common[name] ?? own ?? newID())
                }
                for form in [
                    InvitationTests.form, ["role": "portal-administrator", "name": "N", "email": "n@acme.example"],
                ] {
                    let portal = try world.copy()
                    let page = try await world.client(actor, in: portal).post(
                        path, form.merging(extras) { mine, _ in mine })
                    #expect(page.status.code < 500, "\(path)")
                    #expect(try portal.portal.rows(of: "broker-liberty") == before, "\(path) as \(email)")
                    let admins = try portal.portal.database.read { db in
                        try db.query(
                            "SELECT id FROM portal_user WHERE role = 'portal-administrator' OR broker_id IS NULL ORDER BY id"
                        ) {
                            try $0[0] as String
                        }
                    }
                    #expect(
                        admins == ["user-admin@gatehouse.example", "user-root@gatehouse.example"], "\(path) as \(email)"
                    )
                }
            }
        }
    }

    @Test func `check 56: the database itself refuses links, limits and members across brokers, and a second link`()
        async throws
    {
        let world = try await MatrixWorld.shared.value
        let portal = try world.copy()
        let ours = try #require(world.ids["tenant"]?[.acme])
        let linked = try #require(world.ids["tenant"]?[.northgate])
        let foreign = try #require(world.ids["organization"]?[.harbour])
        func refused(_ change: (inout DatabaseConnection) throws -> Void) -> Bool {
            do {
                try portal.portal.database.write { try change(&$0) }
                return false
            } catch { if case .violation? = error as? DatabaseError { return true } else { return false } }
        }
        for broker: Key<Broker> in ["broker-acme", "broker-liberty"] {
            #expect(
                refused {
                    try $0.link(Key(ours), to: Key(foreign), of: broker, reason: "", job: nil, by: "", at: Date())
                })
            #expect(refused { try $0.setLimits(of: "user-support@acme.example", broker, to: [Key(foreign)]) })
            #expect(refused { try $0.add("user-support@acme.example", to: "group-liberty", of: broker) })
        }
        #expect(
            refused {
                try $0.link(
                    Key(linked), to: DemoWorld.northgate, of: "broker-acme", reason: "", job: nil, by: "", at: Date())
            })
        let support = try await portal.client(signedInAs: "support@acme.example")
        let page = try await support.get("/tenants/\(linked)")
        #expect(page.status == .ok && !page.text.contains("/unlinking"))
        #expect(try await support.post("/tenants/\(linked)/unlinking").status == .notFound)
        #expect(try await support.get("/tenants/\(linked)").words.contains("Linked to Northgate Bakery"))
    }

    @Test func `check 57: a customer learns nothing of another one by texts, numbers, order or header fields`()
        async throws
    {
        let world = try await MatrixWorld.shared.value
        let anna = try await world.client(Actor.all.first { $0.email == "anna@northgate.example" }!)
        let others = ["Wooden", "Tin Soldiers", "wanda", "wooden.example"] + Self.liberty
        let wooden = try #require(world.ids["organization"]?[.wooden])
        for path in [
            "/", "/organization", "/organization?organization=\(wooden)", "/organization?q=o&sort=name", "/store",
            "/users",
            "/users?q=w", "/users?broker=broker-liberty", "/users/new",
            "/users/new?for=organization&organization=\(wooden)",
            "/users/user-carl@northgate.example", "/search?q=wooden", "/organizations/\(wooden)", "/tenants",
            "/users/user-wanda@wooden.example",
        ] {
            let page = try await anna.get(path)
            for name in others {
                #expect(!page.text.replacing("/search?q=wooden", with: "").contains(name), "\(path): \(name)")
            }
            #expect(page.headers[.eTag] == nil && page.headers[.lastModified] == nil, "\(path)")
        }
        #expect(!(try await anna.get("/users").words.contains("of acme")))
        // An address that somebody has is refused in the same words, whoever has it.
        let form = ["name": "X", "email": "wanda@wooden.example", "role": "customer-user"]
        let theirs = try await anna.post("/users", form)
        let brokers = try await anna.post("/users", form.merging(["email": "owner@liberty.example"]) { $1 })
        #expect(theirs.status == .unprocessableContent)
        #expect(
            theirs.text.replacing("wanda@wooden.example", with: "")
                == brokers.text.replacing("owner@liberty.example", with: ""))
    }

    @Test func `check 60: a job goes on for the broker when the person who began it is disabled`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await LinkedWorld.connect(owner, portal)
        let mia = try await portal.client(signedInAs: "manager@acme.example")
        let job = try await LinkedWorld.link(mia)
        _ = try await owner.get("/")
        #expect(try await owner.post("/users/user-manager@acme.example/disabling").status == .seeOther)
        await portal.runJobs()
        let page = try await owner.get("/jobs/\(job)").words
        #expect(page.contains("Linked 3 tenants") && page.contains("manager@acme.example"))
        #expect(try await owner.get("/services/toy-cloud/tenants").words.contains("3 linked"))
        // The right to begin one is asked for when it is begun.
        _ = try await owner.post("/users/user-access@acme.example/role", ["role": "broker-support"])
        let alex = try await portal.client(signedInAs: "access@acme.example")
        _ = try await alex.get("/")
        #expect(try await alex.post("/services/toy-cloud/discoveries").status == .notFound)
        #expect(try await alex.post("/services/toy-cloud/bulk-links", ["plan": "x"]).status == .notFound)
    }
}
