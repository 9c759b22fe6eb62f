import Foundation
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// The list of tenants, read every night.
@Suite struct NightlyReadingTests {
    @Test func `a customer won during the day is there in the morning, after one reading`() async throws {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let path = "/services/toy-cloud/tenants"
        #expect(try await owner.get(path).words.contains("The list is read again every night, next on"))
        let jobs = try await count(world.portal)
        for _ in 0..<3 { try world.portal.startDueNightlyWork() }
        #expect(try await count(world.portal) == jobs)
        world.portal.clock.advance(by: 86_400)
        for _ in 0..<3 { try world.portal.startDueNightlyWork() }
        await world.portal.runJobs()
        #expect(try await count(world.portal) == jobs + 1)
        try world.portal.startDueNightlyWork()
        await world.portal.runJobs()
        #expect(try await count(world.portal) == jobs + 1)
        // A week without the portal is one reading, not seven.
        world.portal.clock.advance(by: 7 * 86_400)
        try world.portal.startDueNightlyWork()
        await world.portal.runJobs()
        #expect(try await count(world.portal) == jobs + 2)
    }

    @Test(arguments: ["eu", "us"])
    func `it is between three and five at night there, also when clocks change`(region: String) throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: region == "us" ? "America/New_York" : "Europe/Berlin"))
        var now = try #require(ISO8601DateFormatter().date(from: "2026-01-01T12:00:00Z"))
        for _ in 0..<400 {
            let next = NightlyReading.next(for: "connection-7", in: region, after: now)
            #expect((3...4).contains(calendar.component(.hour, from: next)))
            #expect(next > now && next.timeIntervalSince(now) <= 25 * 3_600)
            #expect(calendar.startOfDay(for: next) > calendar.startOfDay(for: now))
            now = next
        }
    }

    @Test func `a service that was disconnected is not read`() async throws {
        let world = try await LinkedWorld(upstream: ToyUpstream())
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/removal")
        _ = try await owner.post("/services/toy-cloud/removal")
        let jobs = try await count(world.portal)
        world.portal.clock.advance(by: 86_400)
        try world.portal.startDueNightlyWork()
        #expect(try await count(world.portal) == jobs)
    }

    private func count(_ portal: TestPortal) async throws -> Int {
        try portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM job WHERE kind = 'tenants.discovery'") }
    }
}
