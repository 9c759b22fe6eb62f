import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// The audit's chains: what was written by other hands shows.
@Suite struct AuditChainTests {
    private let chain = DemoWorld.acme.id

    private func portal(lines: Int = 20) throws -> TestPortal {
        let portal = try TestPortal()
        for number in 0..<lines {
            try portal.portal.database.write { db in
                try db.audit(
                    AuditLine(
                        brokerID: DemoWorld.acme.id, actor: "owner@acme.example", action: "tenant.link",
                        object: "tenant:\(number)", before: ["link": "none"], after: ["link": "organization"]),
                    at: portal.clock.now + Double(number))
            }
        }
        return portal
    }

    private func finding(_ portal: TestPortal) throws -> AuditFinding.State? {
        try portal.portal.verifyAudit().first { $0.chain == chain.rawValue }?.state
    }

    @Test func `I5: every line has a number without gaps, and a chain that nobody touched is whole`() throws {
        let portal = try portal()
        let numbers = try portal.portal.database.read { db in
            try db.query("SELECT seq FROM audit WHERE broker_id = \(chain) ORDER BY seq") { try $0[0] as Int }
        }
        #expect(numbers == Array(1...20))
        #expect(try portal.portal.verifyAudit().allSatisfy(\.isWhole))
        #expect(try portal.portal.verifyAudit().contains { $0.chain == "portal" && $0.lines > 0 })
    }

    @Test(arguments: [
        ("UPDATE audit SET actor = 'somebody else' WHERE object = 'tenant:6'", AuditFinding.State.broken(7)),
        ("UPDATE audit SET value_after = '{}' WHERE object = 'tenant:6'", .broken(7)),
        ("UPDATE audit SET at = at + 1 WHERE object = 'tenant:6'", .broken(7)),
        ("DELETE FROM audit WHERE object = 'tenant:6'", .broken(7)),
        ("DELETE FROM audit WHERE object IN ('tenant:18', 'tenant:19')", .cut(after: 18)),
        ("DELETE FROM audit_chain WHERE chain = 'broker-acme'", .broken(1)),
        // The end of the chain moved back to a line that was once the last: its number and hash are known, its seal is not.
        (
            """
            DELETE FROM audit WHERE object = 'tenant:19';
            UPDATE audit_chain SET seq = 19, hash = CAST((SELECT hash FROM audit WHERE object = 'tenant:18') || substr(hash, 33) AS BLOB)
            WHERE chain = 'broker-acme'
            """, .broken(19)
        ),
        // The beginning cut off, as retention does it.
        (
            """
            UPDATE audit_chain SET pruned_seq = 5, pruned_hash = (SELECT hash FROM audit WHERE object = 'tenant:4')
            WHERE chain = 'broker-acme';
            DELETE FROM audit WHERE broker_id = 'broker-acme' AND seq <= 5
            """, .broken(20)
        ),
        (
            """
            INSERT INTO audit (id, broker_id, at, actor, action, object, detail, outcome)
            SELECT 'x', broker_id, at + 1, actor, action, 'tenant:made-up', detail, outcome FROM audit WHERE object = 'tenant:3'
            """, .beside
        ),
        // Past the end, and before the beginning.
        (
            """
            INSERT INTO audit (id, broker_id, at, actor, action, object, detail, outcome, seq, hash)
            SELECT 'x', broker_id, at + 1, actor, action, 'tenant:made-up', detail, outcome, 21, hash FROM audit
            WHERE object = 'tenant:19'
            """, .beside
        ),
        (
            """
            INSERT INTO audit (id, broker_id, at, actor, action, object, detail, outcome, seq, hash)
            SELECT 'x', broker_id, at - 1, actor, action, 'tenant:made-up', detail, outcome, 0, hash FROM audit
            WHERE object = 'tenant:0'
            """, .beside
        ),
        // All of it: the lines and the end, and the list of what has begun too.
        (
            """
            DELETE FROM audit WHERE broker_id = 'broker-acme'; DELETE FROM audit_chain WHERE chain = 'broker-acme'
            """, .cut(after: 0)
        ),
        (
            """
            DELETE FROM audit WHERE broker_id = 'broker-acme'; DELETE FROM audit_chain WHERE chain = 'broker-acme';
            DELETE FROM installation WHERE name = 'audit_begun'
            """, .cut(after: 0)
        ),
        (
            """
            DELETE FROM audit WHERE broker_id = 'broker-acme'; DELETE FROM audit_chain WHERE chain = 'broker-acme';
            UPDATE installation SET value = replace(value, 'broker-acme', 'broker-nobody') WHERE name = 'audit_begun'
            """, .cut(after: 0)
        ),
    ])
    func `what is changed, taken out, put in or cut off in the database file shows`(
        script: String, state: AuditFinding.State
    ) throws {
        let portal = try portal()
        try portal.portal.database.write { try $0.run(script: script) }
        #expect(try finding(portal) == state)
        // New lines don't heal it.
        try portal.portal.database.write { db in
            try db.audit(
                AuditLine(brokerID: chain, actor: "x", action: "tenant.link", object: "tenant:20"),
                at: portal.clock.now + 60)
        }
        #expect(try finding(portal) != .whole)
        #expect(try portal.portal.verifyAudit().first { $0.chain == "portal" }?.isWhole == true)
    }

    @Test func `check 93: retention deletes old lines in small parts, and the chain stays whole`() async throws {
        let portal = try TestPortal { $0.retention.auditDays = 30 }
        for number in 0..<1_200 {
            try portal.portal.database.write { db in
                try db.audit(
                    AuditLine(brokerID: chain, actor: "x", action: "tenant.link", object: "tenant:\(number)"),
                    at: portal.clock.now)
            }
        }
        portal.clock.advance(by: 20 * 86_400)
        try portal.portal.database.write { db in
            try db.audit(
                AuditLine(brokerID: chain, actor: "x", action: "tenant.link", object: "tenant:new"),
                at: portal.clock.now)
        }
        let runner = JobRunner(portal: portal.portal)
        #expect(try await runner.keepHouse() == 0)
        portal.clock.advance(by: 20 * 86_400)
        #expect(try await runner.keepHouse() > 1_200)
        #expect(try await runner.keepHouse() == 0, "once a day")
        let left = try portal.portal.database.read { db in
            try db.query("SELECT object FROM audit WHERE broker_id = \(chain)") { try $0[0] as String }
        }
        #expect(left == ["tenant:new"])
        let told = try portal.portal.database.read { db in
            try db.auditLines(of: nil, limit: 50).filter { $0.line.action == "retention.delete" }
                .compactMap { $0.line.detail["audit lines"].flatMap { Int($0) } }
        }
        #expect(told.count >= 3 && told.allSatisfy { $0 <= 500 }, "a line in the transaction of each part")
        #expect(told.reduce(0, +) > 1_200)
        #expect(try finding(portal) == .whole)
        await portal.runJobs()
        #expect(try portal.portal.database.read { try $0.auditFindings(of: nil) }.allSatisfy(\.isWhole))
    }

    @Test func `a broken chain is told on the page and needs attention, and the check leaves a line`() async throws {
        let portal = try portal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        try portal.portal.database.write { try $0.run(script: "DELETE FROM audit WHERE object = 'tenant:6'") }
        _ = try await owner.get("/audit")
        #expect(try await owner.post("/audit/checks").location == "/audit?done=audit-check-started")
        await portal.runJobs()
        let page = try await owner.get("/audit").words
        #expect(page.contains("Broken at line 7") && page.contains("audit.check"))
        #expect(try await owner.get("/attention").words.contains("The audit was changed by other hands"))
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get("/attention").words.contains("The audit was changed by other hands"))
        let stranger = try await portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        #expect(try await !stranger.get("/attention").words.contains("The audit was changed"))
    }

    @Test func `another vault's key does not open the chain, and the portal does not start with it`() throws {
        let folder = NSTemporaryDirectory() + "gatehouse-test-\(UUID().uuidString)"
        let portal = try TestPortal(folder: folder)
        try FileManager.default.createDirectory(atPath: folder + "-copy", withIntermediateDirectories: true)
        for file in ["gatehouse.sqlite", "gatehouse.sqlite-wal"] {
            try FileManager.default.copyItem(atPath: "\(folder)/\(file)", toPath: "\(folder)-copy/\(file)")
        }
        _ = portal
        #expect(throws: Vault.Failure.self) { try TestPortal(folder: folder + "-copy") }
    }
}
