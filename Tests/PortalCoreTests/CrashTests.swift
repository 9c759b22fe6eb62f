import Foundation
import HTTPTypes
import Synchronization
import TestPortal
import Testing

/// What a kill between two steps leaves, and that the work ends as if there had been none.
@Suite struct CrashTests {
    @Test func `the whole flow ends the same wherever it is cut off between two steps`() async throws {
        let upstream = ToyUpstream()
        for cut in 0..<12 {
            let first = try TestPortal(upstream: upstream)
            let owner = try await first.client(signedInAs: "owner@acme.example")
            _ = try await owner.get("/marketplace/toy-cloud/steps")
            _ = try await owner.post("/marketplace/toy-cloud/additions")
            _ = try await owner.get("/services/toy-cloud/authentication")
            _ = try await owner.post("/services/toy-cloud/authentication", ["key": ToyUpstream.key])
            await first.runJobs(limit: cut)
            let second = try first.restarted(upstream: upstream)
            await second.runJobs()
            let again = try await second.client(signedInAs: "owner@acme.example")
            #expect(
                try await again.get("/services/toy-cloud/tenants").words.contains("3 at Toy = 0 linked + 3 unlinked"),
                "cut after \(cut)")
            _ = try await LinkedWorld.link(again)
            await second.runJobs(limit: 1)
            let third = try second.restarted(upstream: upstream)
            await third.runJobs()
            let end = try await third.client(signedInAs: "owner@acme.example")
            #expect(
                try await end.get("/services/toy-cloud/tenants").words.contains("3 at Toy = 3 linked + 0 unlinked"),
                "cut after \(cut)")
            let names = try await end.get("/organizations").words
            #expect(names.components(separatedBy: "Tin Soldiers").count == 2)
        }
    }

    @Test func `a step that is cut off three times stands still and says so`() async throws {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        let started = try await owner.post("/services/toy-cloud/discoveries")
        var portal = world.portal
        for _ in 0..<3 {
            // Begun, and the process is gone before the provider answers.
            let begun = AsyncStream<Void>.makeStream()
            upstream.hold {
                begun.continuation.yield()
                try? await Task.sleep(for: .seconds(600))
            }
            let cut = portal
            let work = Task { await cut.runJobs(limit: 1) }
            for await _ in begun.stream { break }
            portal = try cut.restarted(upstream: upstream)
            work.cancel()
            _ = await work.value
        }
        upstream.hold(nil)
        await portal.runJobs()
        let again = try await portal.client(signedInAs: "owner@acme.example")
        let page = try await again.get(started.location ?? "")
        #expect(page.words.contains("It was cut off three times at the same step."))
        _ = try await again.post("\(started.location ?? "")/retry")
        await portal.runJobs()
        #expect(try await again.get(started.location ?? "").words.contains("Found 3 tenants"))
    }

    @Test func `a double click on Apply makes one job, and a plan that has changed is shown anew`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await LinkedWorld.connect(owner, portal)
        let preview = try await owner.get("/services/toy-cloud/bulk-links/new").text
        let plan = try #require(preview.firstMatch(of: /name="plan" value="([^"]*)"/)?.output.1)
        let first = try await owner.post("/services/toy-cloud/bulk-links", ["plan": String(plan)])
        let second = try await owner.post("/services/toy-cloud/bulk-links", ["plan": String(plan)])
        #expect(first.location == second.location && first.location?.hasPrefix("/jobs/") == true)
        await portal.runJobs()
        let late = try await owner.post("/services/toy-cloud/bulk-links", ["plan": String(plan)])
        #expect(late.status == .unprocessableContent)
        #expect(late.words.contains("Nothing to link"))
    }
}
