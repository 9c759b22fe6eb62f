import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Erasing a broker: what is asked, what goes, and that nothing is left.
@Suite struct BrokerErasureTests {
    /// Tables that belong to no broker, and why that is so.
    private static let shared: [String: String] = [
        "installation": "of the whole portal", "migration": "of the whole portal", "plugin": "switches",
        "plugin_setting": "of the whole portal", "plugin_check": "of the whole portal",
        "plugin_fault": "of the whole portal", "counted_try": "hashed, and gone after an hour",
    ]

    private func tables(_ portal: TestPortal) throws -> [String] {
        try portal.portal.database.read { db in
            try db.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ) {
                try $0[0]
            }
        }
    }

    @Test func `every table is either a broker's, and in the list of what goes, or nobody's`() throws {
        let portal = try TestPortal()
        let owned = BrokerTable.all(of: "x").map(\.name.text)
        #expect(Set(owned).count == owned.count)
        let known = Set(owned + Self.shared.keys + ["broker"])
        #expect(Set(try tables(portal)) == known, "add the new table to BrokerTable.all, or here with a reason")
    }

    @Test func `only a disabled broker is erased, by who types its name, with the counts before it`() async throws {
        let world = try await BrokerWorld()
        let early = try await world.admin.get("\(world.acme)/erasure")
        #expect(early.words.contains("Only a disabled broker can be erased") && !early.text.contains(#"name="name""#))
        #expect(try await world.admin.post("\(world.acme)/erasure", ["name": "Acme Cloud"]).status == .conflict)
        try await world.disableAcme()
        let preview = try await world.admin.get("\(world.acme)/erasure").words
        for words in [
            "7 people", "3 organizations", "3 tenants", "3 links", "1 connection", "1 sign-in credential", "1 service",
            "1 branded address", "stays there until somebody withdraws it",
        ] {
            #expect(preview.contains(words), "\(words): \(preview)")
        }
        for name in ["", "acme cloud", "Acme", "Liberty IT"] {
            let page = try await world.admin.post("\(world.acme)/erasure", ["name": name])
            #expect(page.status == .unprocessableContent && page.words.contains("This is not the broker's name"))
        }
        await world.portal.runJobs()
        #expect(try world.rows("SELECT COUNT(*) FROM broker WHERE id = 'broker-acme'") == 1)
    }

    @Test func `check 127: nothing of an erased broker is left, in no table and in no freed page`() async throws {
        let world = try await BrokerWorld()
        let portal = world.portal.portal
        try fill(world)
        let others = try snapshot(world, of: "broker-liberty")
        let secrets = try marks(world)
        try await world.disableAcme()
        let begun = try await world.admin.post("\(world.acme)/erasure", ["name": "Acme Cloud"])
        #expect(begun.location == "/brokers?done=broker-erasing")
        #expect(try await world.admin.get("/brokers").words.contains("Being erased"))
        #expect(try await world.admin.get(world.acme).words.contains("It can't be stopped"))
        #expect(try await world.admin.post("\(world.acme)/enabling").status == .conflict)
        await world.portal.runJobs()

        #expect(try await world.admin.get(world.acme).status == .notFound)
        for table in BrokerTable.all(of: "broker-acme") {
            #expect(try portal.database.read { try $0.count(table) } == 0, "\(table.name.text)")
        }
        try columnsNamedBroker(world)
        #expect(try portal.database.read { try $0.count("SELECT COUNT(*) FROM pragma_foreign_key_check") } == 0)
        // The bytes: neither in the file's free pages nor in its journal.
        for file in ["gatehouse.sqlite", "gatehouse.sqlite-wal"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(world.portal.folder)/\(file)"))
            for secret in secrets { #expect(bytes.range(of: secret) == nil, "\(file)") }
        }
        #expect(try snapshot(world, of: "broker-liberty") == others)
        let audit = try await world.admin.get("/audit").words
        #expect(audit.contains("broker.erase") && audit.contains("Acme Cloud was erased"))
        #expect(try world.change("broker.erase") == #"{"name":"Acme Cloud","region":"eu"} > "#)
        // The address is free again, and nobody is there.
        #expect(try await world.portal.client(at: TestPortal.shop).get("/sign-in").status == .misdirectedRequest)
    }

    @Test func `an erasure that is cut off at any step ends all the same`() async throws {
        let world = try await BrokerWorld()
        try fill(world)
        try await world.disableAcme()
        _ = try await world.admin.get("\(world.acme)/erasure")
        _ = try await world.admin.post("\(world.acme)/erasure", ["name": "Acme Cloud"])
        for steps in stride(from: 0, through: 24, by: 6) {
            await world.portal.runJobs(limit: steps)
            let next = try world.portal.restarted(upstream: ToyUpstream())
            await next.runJobs()
            let left = try next.portal.database.read { db in
                try BrokerTable.all(of: "broker-acme").reduce(0) { try $0 + db.count($1) }
                    + db.count("SELECT COUNT(*) FROM broker WHERE id = 'broker-acme'")
            }
            #expect(left == 0, "\(steps)")
        }
    }

    /// A row in each table that the way here has left empty.
    private func fill(_ world: BrokerWorld) throws {
        let now = world.portal.clock.now
        try world.portal.portal.database.write { db in
            try db.execute(
                "INSERT INTO user_group (id, broker_id, name, role, created_at) VALUES ('group-1', 'broker-acme', 'G', 'broker-support', 0)"
            )
            try db.execute(
                "INSERT INTO user_group_member (group_id, user_id, broker_id) VALUES ('group-1', 'user-support@acme.example', 'broker-acme')"
            )
            try db.execute(
                "INSERT INTO user_organization (user_id, broker_id, organization_id) VALUES ('user-support@acme.example', 'broker-acme', 'organization-northgate')"
            )
            try db.execute(
                "INSERT INTO attention_snooze (scope, item, until, reason, snoozed_at, snoozed_by) VALUES ('broker-acme', 'x', 0, 'r', 0, 'me')"
            )
            try db.execute(
                "INSERT INTO sso_suspension (broker_id, started_at, until, reason, started_by) VALUES ('broker-acme', 0, 0, 'r', 'me')"
            )
            _ = try db.makeLink(.passwordReset, for: "user-owner@acme.example", by: "me", now: now)
            try db.post(
                Mail(
                    brokerID: "broker-acme", purpose: .notice, recipient: "owner@acme.example", subject: "s", body: "b"),
                world.portal.portal.vault, at: now)
            let connection = try db.first("SELECT id FROM connection") { try $0[0] as String }
            try db.execute(
                "INSERT INTO throttle (connection_id, realm, resource, until, failures) VALUES (\(connection), 'r', 'r', 0, 0)"
            )
        }
        _ = try world.portal.portal.hold(
            HeldForm(path: "/", fields: [:]), for: .person("user-owner@acme.example"))
    }

    /// What must be found nowhere afterwards, as bytes: names, addresses, and the sealed credential.
    private func marks(_ world: BrokerWorld) throws -> [Data] {
        let credential = try #require(
            try world.portal.portal.database.read {
                try $0.first("SELECT credential FROM provider_grant") { try $0[0] as [UInt8] }
            })
        let texts = ["Wooden Blocks", "northgate.example", "support@acme.example", "shop.acme.localhost"]
        return texts.map { Data($0.utf8) } + [Data(credential)]
    }

    /// Walks the schema: no row anywhere names the broker in a column of that name.
    private func columnsNamedBroker(_ world: BrokerWorld) throws {
        let file = "\(world.portal.folder)/gatehouse.sqlite"
        for table in try tables(world.portal) {
            let columns = try world.portal.portal.database.read { db in
                try db.query("SELECT name FROM pragma_table_info(\(table))") { try $0[0] as String }
            }
            for column in columns where column == "broker_id" || column == "scope" || column == "chain" {
                let found = try RawRows(file).count(in: table, where: column, is: "broker-acme")
                #expect(found == 0, "\(table).\(column)")
            }
        }
    }

    private func snapshot(_ world: BrokerWorld, of broker: Key<Broker>) throws -> [Int] {
        try world.portal.portal.database.read { db in try BrokerTable.all(of: broker).map { try db.count($0) } }
    }
}
