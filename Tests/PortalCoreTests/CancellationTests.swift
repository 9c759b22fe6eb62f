import Foundation
import TestPortal
import Testing

@Suite struct CancellationTests {
    @Test func `a cancelled job ends before its next step, also while its plugin is off`() async throws {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        let started = try await owner.post("/services/toy-cloud/discoveries")
        await world.portal.runJobs(limit: 1)
        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await admin.get("/plugins/toy-cloud/disabling")
        _ = try await admin.post("/plugins/toy-cloud/disabling")
        await world.portal.runJobs()
        let calls = upstream.asked.count
        _ = try await owner.get(started.location ?? "")
        _ = try await owner.post("\(started.location ?? "")/cancellation")
        await world.portal.runJobs()
        #expect(
            try await owner.get(started.location ?? "").words.contains("Cancelled. What was done before stays done."))
        #expect(upstream.asked.count == calls)
    }

    @Test func `removing a service while its sign-in is being checked leaves no connection behind`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        _ = try await owner.get("/services/toy-cloud/authentication")
        _ = try await owner.post("/services/toy-cloud/authentication", ["key": ToyUpstream.key])
        await portal.runJobs(limit: 2)
        _ = try await owner.get("/services/toy-cloud/removal")
        _ = try await owner.post("/services/toy-cloud/removal")
        await portal.runJobs()
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        #expect(try await owner.get("/services/toy-cloud").words.contains("Toy key To do"))
    }
}
