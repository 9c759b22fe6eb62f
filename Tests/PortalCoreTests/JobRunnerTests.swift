import Foundation
import TestPortal
import Testing

@testable import PortalCore

@Suite struct JobRunnerTests {
    @Test func `a job that can't be read stands aside, and the others go on`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let now = world.portal.clock.now
        try world.portal.portal.database.write { db in
            try db.execute(
                """
                INSERT INTO job (id, kind, title, subject, version, payload, state, problem, wake_at, started_by, created_at)
                VALUES ('broken', 'tenants.discovery', 'Broken', 'x', 1, '{}', 'queued', '{"of": "the future"}',
                    \(now - 100), 'test', \(now))
                """)
        }
        _ = try await owner.get("/services/toy-cloud/tenants")
        let started = try await owner.post("/services/toy-cloud/discoveries")
        for _ in 0..<3 { await world.portal.runJobs() }
        #expect(try await owner.get(started.location ?? "").words.contains("Found 3 tenants"))
        let state: String? = try world.portal.portal.database.read { db in
            try db.first("SELECT state FROM job WHERE id = 'broken'") { try $0[0] }
        }
        #expect(state == "parked")
    }

    @Test func `a commit that fails leaves nothing running, and the work goes on when the database takes it`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        await world.portal.runJobs()
        _ = try await owner.get("/services/toy-cloud/tenants")
        let started = try await owner.post("/services/toy-cloud/discoveries")
        let database = world.portal.portal.database
        try database.write { db in
            try db.execute(
                """
                CREATE TRIGGER refusal BEFORE UPDATE ON job WHEN OLD.state = 'running'
                BEGIN SELECT RAISE(ABORT, 'refused'); END
                """)
        }
        #expect(await world.portal.runJobs() == 0)
        #expect(try await owner.get(started.location ?? "").words.contains("Running"))
        try database.write { try $0.execute("DROP TRIGGER refusal") }
        await world.portal.runJobs()
        #expect(try await owner.get(started.location ?? "").words.contains("Found 3 tenants"))
    }

    @Test func `one tenant whose details can't be read holds up nobody else`() async throws {
        let upstream = ToyUpstream()
        let portal = try TestPortal(upstream: upstream)
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        upstream.refuse("/tenants/2", after: 1)
        _ = try await LinkedWorld.connect(owner, portal)
        for _ in 0..<4 {
            portal.clock.advance(by: 20)
            await portal.runJobs()
        }
        let again = try await owner.get("/services/toy-cloud/tenants")
        #expect(again.words.contains("3 at Toy = 0 linked + 2 unlinked + 0 excluded + 1 unreachable"))
    }
}
