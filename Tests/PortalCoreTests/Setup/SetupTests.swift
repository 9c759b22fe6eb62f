import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// The machine that performs the steps, whatever the provider is.
@Suite struct SetupTests {
    @Test func `a waiting step looks again ever more seldom, and at once when somebody wants it`() async throws {
        let world = try await ToySetupWorld()
        _ = try await world.link()
        #expect(try await world.tracker.words.contains("Looked 0 times"))
        _ = try await world.owner.post("\(world.tenant)/setup/looks", ["stamp": try await world.stamp()])
        await world.portal.runJobs()
        #expect(try await world.tracker.words.contains("Looked 1 times"))
        _ = try await world.owner.post("\(world.tenant)/setup/repetitions", ["stamp": try await world.stamp()])
        await world.portal.runJobs()
        #expect(try await world.tracker.words.contains("Looked 2 times"))
        #expect(Backoff(first: 10, longest: 100).pause(after: 0) == 10)
        #expect(Backoff(first: 10, longest: 100).pause(after: 200) == 40)
        #expect(Backoff(first: 10, longest: 100).pause(after: 9_000) == 100)
    }

    @Test func `a form made for another step is refused`() async throws {
        let world = try await ToySetupWorld()
        let early = try await world.tracker
        #expect(early.words.contains("1 Ask the keeper Waiting"))
        _ = try await world.link()
        let page = try await world.owner.post("\(world.tenant)/setup/looks", ["stamp": "1:request:running"])
        #expect(page.status.code == 409)
        #expect(page.words.contains("has gone on since this page was loaded"))
    }

    @Test func `a yes is proved by the last step, which names, links and enables the tenant`() async throws {
        let world = try await ToySetupWorld()
        try await world.answer(try await world.link(), "toy=yes")
        await world.portal.runJobs()
        let page = try await world.tracker.words
        #expect(page.contains("Access Enabled ,") && page.contains("True toy-9"), "\(page)")
        #expect(try await world.owner.get("/organizations").words.contains("True toy-9"))
        #expect(try await world.owner.get("/customers").words.contains("toy-9"))
        #expect(try await world.owner.get("/audit?q=true+name").words.contains("A tenant got its true name"))
    }

    @Test func `a step that fails says why, and goes on after Try again`() async throws {
        let world = try await ToySetupWorld()
        try await world.answer(try await world.link(), "toy=yes&key=wrong")
        await world.portal.runJobs()
        let failed = try await world.tracker
        #expect(failed.words.contains("3 Finish Failed"), "\(failed.words)")
        #expect(failed.words.contains("The toy is broken") && failed.words.contains("Event id"))
        #expect(try await world.owner.get("/attention").words.contains("The toy is broken"))
        try await world.portal.portal.database.write { db in
            guard
                let grant = try db.first(
                    "SELECT id FROM provider_grant WHERE tenant_id IS NOT NULL", { try $0[0] as Key<StoredGrant> })
            else { return }
            let sealed = try world.portal.portal.vault.seal(ToyUpstream.key, for: StoredGrant.sealIdentity(grant))
            try db.execute("UPDATE provider_grant SET credential = \(sealed) WHERE id = \(grant)")
        }
        // A token in memory is the one that was refused; it is not given again.
        _ = try await world.owner.post("\(world.tenant)/setup/retries", ["stamp": try await world.stamp()])
        await world.portal.runJobs()
        #expect(try await world.tracker.words.contains("Access Enabled ,"))
    }

    @Test func `switched off, nothing goes on; switched on, it goes on where it stood`() async throws {
        let world = try await ToySetupWorld()
        let link = try await world.link()
        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await admin.get("/plugins/toy-cloud")
        _ = try await admin.post("/plugins/toy-cloud/disabling")
        try await world.portal.portal.database.write {
            try $0.execute("UPDATE plugin SET enabled = FALSE WHERE id = 'toy-cloud'")
        }
        let page = try await world.portal.client().get(link)
        #expect(page.words.contains("Not possible at the moment"))
        #expect(!page.text.contains("/trips"))
        try await world.portal.portal.database.write {
            try $0.execute("UPDATE plugin SET enabled = TRUE WHERE id = 'toy-cloud'")
        }
        try await world.answer(link, "toy=yes")
        await world.portal.runJobs()
        #expect(try await world.tracker.words.contains("Access Enabled ,"))
    }

    @Test func `a cancelled job stops the set-up, and whoever has the link finds out`() async throws {
        let world = try await ToySetupWorld()
        let link = try await world.link()
        let job = try #require(
            try await world.owner.get("/jobs").text.firstMatch(of: /href="(\/jobs\/[0-9a-f-]{36})">Set up Kite/)
        ).output.1
        _ = try await world.owner.get(String(job))
        _ = try await world.owner.post("\(job)/cancellation")
        await world.portal.runJobs()
        #expect(try await world.portal.client().get(link).words.contains("This is not asked for any more"))
        let page = try await world.tracker
        #expect(page.words.contains("The set-up stands still"))
        _ = try await world.owner.post("\(world.tenant)/setup/runs", ["stamp": try await world.stamp()])
        await world.portal.runJobs()
        #expect(try await world.tracker.words.contains("1 Ask the keeper Waiting"))
    }

    @Test func `disabled and set up anew at once, the new run goes on`() async throws {
        let world = try await ToySetupWorld()
        _ = try await world.link()
        _ = try await world.owner.get("\(world.tenant)/setup/disabling")
        _ = try await world.owner.post("\(world.tenant)/setup/disabling")
        _ = try await world.owner.post("\(world.tenant)/setup/runs", ["stamp": try await world.stamp()])
        await world.portal.runJobs()
        let page = try await world.tracker.words
        #expect(page.contains("1 Ask the keeper Waiting"), "\(page)")
        try await world.answer(try await world.link(), "toy=yes")
        await world.portal.runJobs()
        #expect(try await world.tracker.words.contains("Access Enabled ,"))
    }

    @Test func `after a restore the tracker leads on`() async throws {
        let world = try await ToySetupWorld()
        _ = try await world.link()
        try await world.portal.portal.database.write { db in
            let problem = Problem(title: "Restored", explanation: "From a backup.", nextStep: "Look.", actor: .broker)
            try db.execute(
                """
                UPDATE job SET state = 'parked', parked_for = 'restore', reason = 'Restored',
                    problem = \(JSONColumn(problem)) WHERE kind = 'tenants.setup'
                """)
            try db.execute("DELETE FROM approval_link")
        }
        let page = try await world.tracker
        #expect(page.words.contains("Stands still") && page.words.contains("Try again"), "\(page.words)")
        _ = try await world.owner.post("\(world.tenant)/setup/retries", ["stamp": try await world.stamp()])
        await world.portal.runJobs()
        try await world.answer(try await world.link(), "toy=yes")
        await world.portal.runJobs()
        #expect(try await world.tracker.words.contains("Access Enabled ,"))
    }

    @Test func `a removed service leaves dead links and no access`() async throws {
        let world = try await ToySetupWorld()
        let link = try await world.link()
        try await world.answer(link, "toy=yes")
        await world.portal.runJobs()
        _ = try await world.owner.get("\(ToySetupWorld.service)/removal")
        _ = try await world.owner.post("\(ToySetupWorld.service)/removal")
        await world.portal.runJobs()
        #expect(try await world.portal.client().get(link).status.code == 404)
        let (grants, access) = try world.portal.portal.database.read { db in
            (
                try db.count("SELECT COUNT(*) FROM provider_grant"),
                try db.first("SELECT access FROM tenant_setup", { try $0[0] as TenantAccess })
            )
        }
        #expect(grants == 0 && access == .disabled)
    }

    @Test func `a state of a newer release is left alone`() async throws {
        let world = try await ToySetupWorld()
        try await world.portal.portal.database.write { db in
            try db.execute("UPDATE tenant_setup SET work_version = 99")
            try db.execute("UPDATE job SET state = 'queued', wake_at = 0 WHERE kind = 'tenants.setup'")
        }
        await world.portal.runJobs()
        #expect(try await world.tracker.words.contains("begun by a newer release"))
    }

    @Test func `an answer that comes before its step is kept for it`() async throws {
        let world = try await ToySetupWorld()
        let approval = try await world.compose()
        // Both before the job has looked once.
        let shown = try await world.owner.get(try #require(try await world.send().location))
        let link = String(try #require(shown.text.firstMatch(of: /(\/approval\/[A-Za-z0-9_-]{43})/)).output.1)
        try await world.answer(link, "toy=yes")
        await world.portal.runJobs()
        #expect(try await world.tracker.words.contains("Access Enabled ,"), "\(approval)")
    }

    @Test func `a tenant that two services see is one line with both sources`() async throws {
        let world = try await ToySetupWorld()
        let id = String(world.tenant.split(separator: "/").last ?? "")
        try await world.portal.portal.database.write { db in
            try db.execute(
                """
                INSERT INTO tenant_source (tenant_id, plugin_id, presence, since, seen_at)
                VALUES (\(id), 'another', 'gone', 1, 1)
                """)
        }
        let list = try await world.owner.get("/tenants?q=toy-9").text
        #expect(list.components(separatedBy: "href=\"\(world.tenant)\"").count == 2)
    }

    @Test(arguments: [
        ("de-CH, en;q=0.9", Language.german), ("sv, fr;q=0.5, es;q=0.8", .spanish), ("en;q=0, fr;q=0.1", .french),
        ("*", nil), ("", nil), ("x;q=abc,,;;", nil),
    ])
    func `a browser's languages are read as they are meant`(header: String, language: Language?) {
        #expect(Language(accepted: header) == language)
    }
}
