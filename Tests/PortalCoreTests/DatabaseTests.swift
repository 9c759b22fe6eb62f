import Foundation
import PortalKit
import Testing

@testable import PortalCore

@Suite struct DatabaseTests {
    private let path = NSTemporaryDirectory() + "gatehouse-db-\(UUID().uuidString).sqlite"

    @Test func `values are bound, never part of the text`() throws {
        let database = try Database(path: path)
        let hostile = "x'); DROP TABLE broker; --"
        try database.write { try $0.insert(brandedHost: hostile, of: try $0.makeBroker()) }
        #expect(try database.read { try $0.broker(brandedHost: hostile)?.name } == "B")
    }

    @Test func `what throws leaves nothing behind`() throws {
        let database = try Database(path: path)
        #expect(throws: DatabaseError.self) {
            try database.write { db in
                _ = try db.makeBroker()
                _ = try db.makeBroker()
            }
        }
        #expect(try database.read { try $0.count("SELECT COUNT(*) FROM broker") } == 0)
    }

    @Test func `readers can neither write nor checkpoint`() throws {
        let database = try Database(path: path)
        #expect(throws: DatabaseError.self) { try database.read { try $0.execute("DELETE FROM broker") } }
        #expect(throws: DatabaseError.self) {
            try database.read { try $0.query("PRAGMA wal_checkpoint(TRUNCATE)") { try $0[0] as Int } }
        }
    }

    @Test func `a second owner of the file is refused, and a newer file too`() throws {
        do {
            let database = try Database(path: path)
            #expect(throws: DatabaseError.busy) { try Database(path: path) }
            try database.write { try $0.execute("INSERT INTO migration (name) VALUES ('2099-01-01 future')") }
        }
        #expect(throws: DatabaseError.unknownMigration("2099-01-01 future")) { try Database(path: path) }
    }

    @Test func `a tenant and an organization of two brokers can't be linked, even by hand`() throws {
        let database = try Database(path: path)
        let now = Date()
        try database.write { db in
            for id in ["a", "b"] {
                try db.execute("INSERT INTO broker (id, name, region, created_at) VALUES (\(id), 'B', 'eu', \(now))")
                try db.insert(Organization(id: Key("o" + id), brokerID: Key(id), name: "O", domain: nil, createdAt: now))
                let found = DiscoveredTenant(id: "x", name: "T", domains: [])
                try db.note(found, in: "n", source: "p", of: Key(id), run: now, at: now)
            }
        }
        let tenant: Key<StoredTenant>? = try database.read { try $0.tenants(of: .whole("a"), TenantFilter(), limit: 1, offset: 0).first?.id }
        let id = try #require(tenant)
        #expect {
            try database.write { try $0.link(id, to: "ob", of: "a", reason: "", job: nil, by: "", at: now) }
        } throws: { error in
            if case DatabaseError.violation = error { true } else { false }
        }
        try database.write { try $0.link(id, to: "oa", of: "a", reason: "", job: nil, by: "", at: now) }
    }

    @Test func `wildcards in a search are letters`() throws {
        #expect("50%_\\X".likePattern == "%50\\%\\_\\\\x%")
    }

    @Test func `a sealed text opens in its own row only, and not when a bit is changed`() throws {
        let vault = try Vault(keyFile: path + ".key", mayCreate: true)
        let sealed = try vault.seal("token", for: "grant:1")
        #expect(try vault.open(sealed, for: "grant:1") == "token")
        #expect(throws: Vault.Failure.unreadable) { try vault.open(sealed, for: "grant:2") }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: Vault.Failure.unreadable) { try vault.open(changed, for: "grant:1") }
        }
        #expect(try FileManager.default.attributesOfItem(atPath: path + ".key")[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a key file that is missing, short or open to others stops the start with words`() throws {
        let key = path + ".key"
        #expect { try Vault(keyFile: key, mayCreate: false) } throws: { "\($0)".contains("is missing") }
        _ = try Vault(keyFile: key, mayCreate: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        #expect { try Vault(keyFile: key, mayCreate: true) } throws: { "\($0)".contains("chmod 600") }
        try Data("short".utf8).write(to: URL(fileURLWithPath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        #expect { try Vault(keyFile: key, mayCreate: true) } throws: { "\($0)".contains("not a key of 32 bytes") }
    }
}

extension DatabaseConnection {
    fileprivate mutating func makeBroker() throws -> Key<Broker> {
        try insert(Broker(id: "b1", name: "B", region: "eu"), at: Date())
        return "b1"
    }
}
