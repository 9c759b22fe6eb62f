import Foundation
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Two brokers with all that a portal can hold, each connected and linked, and people of every role.
final class MatrixWorld: Sendable {
    let portal: TestPortal
    /// What a route's parameter is called → whose → the id. A parameter that is not here fails the walk.
    let ids: [String: [Actor.Place: String]]
    /// A copy of the state folder as it was when everything stood and everybody had signed in.
    let snapshot: String
    /// The session of each: one sign-in after the other, since many at once are turned away.
    private let sessions: [String: String]

    /// Parameters of which everybody with the permission may name any, or which nobody of the matrix holds.
    static let common: [String: String] = ["plugin": "toy-cloud"]
    static let nobodys: Set<String> = ["token", "mail", "session", "trip"]

    static let shared = Task { try await MatrixWorld() }

    init() async throws {
        portal = try TestPortal()
        let acme = try await portal.client(signedInAs: "owner@acme.example")
        let liberty = try await portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        var attempts: [Actor.Place: String] = [:]
        var jobs: [Actor.Place: String] = [:]
        for (place, owner) in [(Actor.Place.acme, acme), (.liberty, liberty)] {
            attempts[place] = try await LinkedWorld.connect(owner, portal)
            _ = try await owner.get("/services/toy-cloud/bulk-links/new")
            jobs[place] = try await LinkedWorld.link(owner)
            await portal.runJobs()
        }
        try Self.populate(portal.portal)
        await portal.runJobs()
        var ids = try portal.portal.database.read { try Self.ids(&$0) }
        ids["attempt"] = attempts
        ids["job"] = jobs
        ids["broker"] = [.acme: "broker-acme", .liberty: "broker-liberty"]
        self.ids = ids
        var sessions: [String: String] = [:]
        for actor in Actor.all {
            guard let email = actor.email else { continue }
            let client = try await portal.client(signedInAs: email, at: actor.host)
            sessions[actor.testDescription] = client.cookie(Session.cookie)
        }
        self.sessions = sessions
        snapshot = NSTemporaryDirectory() + "gatehouse-matrix-\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: portal.folder, toPath: snapshot)
    }

    /// The world once more, for a change that is carried out.
    func copy() throws -> TestPortal {
        let folder = NSTemporaryDirectory() + "gatehouse-test-\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: snapshot, toPath: folder)
        return try TestPortal(clock: portal.clock, folder: folder)
    }

    /// A browser of this person, signed in, with a form of its session at hand.
    func client(_ actor: Actor, in portal: TestPortal? = nil) async throws -> TestClient {
        let client = (portal ?? self.portal).client(at: actor.host)
        guard let session = sessions[actor.testDescription] else {
            _ = try await client.get("/sign-in")
            return client
        }
        client.setCookie(Session.cookie, session)
        client.setFormToken(Token(session).derived("form"))
        return client
    }

    private static func populate(_ portal: Portal) throws {
        let hash = try PasswordHash(password: DemoWorld.password, cost: portal.passwordCost)
        try portal.database.write { db in
            try db.execute(
                "DELETE FROM tenant_link WHERE broker_id = 'broker-acme' AND tenant_id IN (SELECT id FROM tenant WHERE name = 'Tin Soldiers')"
            )
            for (old, new) in [
                ("Wooden Blocks", "Harbour Foods"), ("Northgate Toys", "Lighthouse"), ("Tin Soldiers", "Pier"),
            ] {
                try db.execute(
                    "UPDATE organization SET name = \(new), search = \(new.folded) WHERE broker_id = 'broker-liberty' AND name = \(old)"
                )
                try db.execute(
                    "UPDATE tenant SET name = \(new), search = \(new.folded) WHERE broker_id = 'broker-liberty' AND name = \(old)"
                )
            }
            var people = Actor.all
            people.append(Actor(email: "root@gatehouse.example", role: .portalAdministrator))
            for actor in people {
                guard let email = actor.email,
                    try db.count("SELECT COUNT(*) FROM portal_user WHERE email = \(email)") == 0
                else { continue }
                let user = User(
                    id: Key("user-\(email)"), email: email, name: "\(email.split(separator: "@")[0]) of \(actor.place)",
                    role: actor.role, brokerID: actor.place.broker.map { Key("broker-\($0)") },
                    organizationID: actor.place.isOrganization ? try organization(actor.place, &db) : nil, isDemo: true)
                try db.insert(user, password: hash, at: portal.now)
                if actor.isLimited { try db.setLimits(of: user.id, "broker-acme", to: [DemoWorld.northgate]) }
            }
            try setUp(portal, &db)
            for broker in ["acme", "liberty"] {
                let group = UserGroup(
                    id: Key("group-\(broker)"), brokerID: Key("broker-\(broker)"), name: "Keepers of \(broker)",
                    role: .providerAccessAdministrator)
                try db.insert(group, at: portal.now)
                for actor in people where actor.group != nil && actor.place.broker.map({ "\($0)" }) == broker {
                    try db.add(Key("user-\(actor.email ?? "")"), to: group.id, of: group.brokerID)
                }
            }
        }
    }

    /// Every tenant is being set up, so that each has a tracker; and each broker has looked one up.
    private static func setUp(_ portal: Portal, _ db: inout DatabaseConnection) throws {
        guard let manifest = portal.plugins["toy-cloud"]?.manifest else { return }
        for broker in [DemoWorld.acme, DemoWorld.liberty] {
            for tenant in try db.tenants(of: .whole(broker.id), TenantFilter(), limit: 10, offset: 0) {
                try db.execute(
                    "UPDATE tenant SET external_id = \("\(tenant.key.id)-\(broker.region)") WHERE id = \(tenant.id)")
                try db.beginSetup(
                    of: tenant.id,
                    SetupTenant(
                        key: TenantKey(namespace: "toy", id: "\(tenant.key.id)-\(broker.region)"), name: tenant.name,
                        intake: Values(["name": tenant.name])), broker.id, manifest, ToyWorkflow(), portal.vault,
                    by: "owner", at: portal.now)
            }
            _ = try db.beginIntake(
                Values(["name": "Ball", "id": "toy-ball-\(broker.region)"]), manifest, of: broker.id, by: "owner",
                at: portal.now)
        }
    }

    private static func organization(_ place: Actor.Place, _ db: inout DatabaseConnection) throws -> Key<Organization>?
    {
        let names: [Actor.Place: String] = [
            .northgate: "Northgate Bakery", .wooden: "Wooden Blocks", .harbour: "Harbour Foods",
        ]
        return try db.first("SELECT id FROM organization WHERE name = \(names[place])") { try $0[0] }
    }

    private static func ids(_ db: inout DatabaseConnection) throws -> [String: [Actor.Place: String]] {
        var organizations: [Actor.Place: String] = [:]
        var tenants: [Actor.Place: String] = [:]
        for place in [Actor.Place.northgate, .wooden, .harbour] {
            guard let id = try organization(place, &db) else { throw TestFailure("\(place) has no organization") }
            organizations[place] = id.rawValue
            tenants[place] = try db.first("SELECT tenant_id FROM tenant_link WHERE organization_id = \(id)") {
                try $0[0]
            }
        }
        tenants[.acme] = try db.first("SELECT id FROM tenant WHERE name = 'Tin Soldiers'") { try $0[0] }
        let lines: [(Actor.Place, SQL)] = [
            (.portal, "broker_id IS NULL"), (.acme, "broker_id = 'broker-acme'"),
            (.liberty, "broker_id = 'broker-liberty'"),
        ]
        let line = try lines.reduce(into: [Actor.Place: String]()) { found, place in
            found[place.0] = try db.first("SELECT id FROM audit WHERE \(place.1) ORDER BY at, id") { try $0[0] }
        }
        var approvals: [Actor.Place: String] = [:]
        var intakes: [Actor.Place: String] = [:]
        for (place, broker) in [(Actor.Place.acme, DemoWorld.acme.id), (.liberty, DemoWorld.liberty.id)] {
            approvals[place] = try db.approvals(of: broker, nil, limit: 1, offset: 0).first?.id.rawValue
            intakes[place] = try db.first("SELECT id FROM intake WHERE broker_id = \(broker)") { try $0[0] }
        }
        return [
            "approval": approvals, "intake": intakes, "organization": organizations, "line": line, "tenant": tenants,
            "group": [.acme: "group-acme", .liberty: "group-liberty"],
            "user": [
                .portal: "user-root@gatehouse.example", .acme: "user-support@acme.example",
                .northgate: "user-carl@northgate.example", .wooden: "user-will@wooden.example",
                .liberty: "user-support@liberty.example", .harbour: "user-harry@harbour.example",
            ],
        ]
    }
}

extension Actor {
    /// Whether a thing of this kind and of that place is this person's to see; the permission is another question.
    func sees(_ kind: String, of owner: Place) -> Bool {
        switch kind {
        case "user":
            switch role.realm {
            case .portal: true
            case .broker: owner.broker == place.broker
            case .organization: owner == place
            }
        case "organization", "tenant":
            owner.broker == place.broker && (!isLimited || owner == .northgate)
        case "broker": role.realm == .portal
        case "line": role.realm == .portal || owner.broker == place.broker
        default: owner.broker == place.broker
        }
    }
}
