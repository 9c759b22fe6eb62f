import Foundation
import MicrosoftSandbox
import TestPortal
import Testing

/// From Partner Center's list to linked organizations.
@Suite struct LinkingTests {
    @Test func `62 customers in three pages become 61 new organizations and one that existed`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let tenants = try await broker.owner.get("\(SignedInBroker.path)/tenants")
        #expect(
            tenants.words.contains(
                "62 at Microsoft Partner Center = 0 linked + 62 unlinked + 0 excluded + 0 unreachable"))
        let preview = try await broker.owner.get("\(SignedInBroker.path)/bulk-links/new")
        #expect(preview.words.contains("61 organizations will be created and linked"))
        #expect(preview.words.contains("1 will be linked to an organization that exists"))
        #expect(preview.words.contains("The same verified domain, northgate.example"))
        let plan = try #require(preview.text.firstMatch(of: /name="plan" value="([^"]*)"/)?.output.1)
        let applied = try await broker.owner.post("\(SignedInBroker.path)/bulk-links", ["plan": String(plan)])
        await broker.portal.runJobs()
        #expect(try await broker.owner.get(applied.location ?? "").words.contains("Linked 62 tenants."))
        #expect(
            try await broker.owner.get("\(SignedInBroker.path)/tenants").words.contains(
                "62 at Microsoft Partner Center = 62 linked + 0 unlinked"))
        #expect(try await broker.owner.get("/organizations").words.contains("1–50 of 62"))
    }

    @Test func `a throttled list is waited for, and no customer is missing after`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(Fault(.throttle, service: .partnercenter, call: .customers, times: 1, retryAfter: "57"))
        _ = try await broker.owner.get("\(SignedInBroker.path)/tenants")
        let started = try await broker.owner.post("\(SignedInBroker.path)/discoveries")
        await broker.portal.runJobs()
        #expect(try await broker.owner.get(started.location ?? "").words.contains("Microsoft asks us to wait until"))
        broker.portal.clock.advance(by: 70)
        await broker.portal.runJobs()
        #expect(try await broker.owner.get(started.location ?? "").words.contains("Found 62 tenants"))
    }

    @Test func `a burst of server errors is ridden out`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(Fault(.serverError, service: .partnercenter, call: .customers, times: 3))
        _ = try await broker.owner.get("\(SignedInBroker.path)/tenants")
        let started = try await broker.owner.post("\(SignedInBroker.path)/discoveries")
        for _ in 0..<5 {
            await broker.portal.runJobs()
            broker.portal.clock.advance(by: 60)
        }
        #expect(try await broker.owner.get(started.location ?? "").words.contains("Found 62 tenants"))
    }
}
