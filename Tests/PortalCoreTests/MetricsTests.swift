import Foundation
import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

@Suite struct MetricsTests {
    @Test func `requests are counted by kind and status, calls by how they ended`() async throws {
        let world = try await LinkedWorld()
        let portal = world.portal
        let before = portal.portal.meters.now
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/tenants")
        _ = try await owner.get("/nothing-of-the-kind")
        let after = portal.portal.meters.now
        func grown(_ kind: RequestKind, _ status: Int) -> Int {
            let key = Meters.Requests(kind: kind, statusClass: status)
            return (after.requests[key] ?? 0) - (before.requests[key] ?? 0)
        }
        #expect(grown(.signIn, 2) == 1 && grown(.signIn, 3) == 1 && grown(.page, 2) == 1 && grown(.unmatched, 4) == 1)
        #expect(after.times.reduce(0, +) == after.requests.values.reduce(0, +))
        #expect(after.calls.contains { $0.key.outcome == .answered && $0.value > 0 })
    }

    @Test func `the text says what the rows say, and names nobody`() async throws {
        let world = try await LinkedWorld()
        let text = try world.portal.portal.metrics()
        #expect(text.contains("gatehouse_tenants{link=\"unlinked\"} "))
        #expect(text.contains("gatehouse_connections{plugin=\"toy-cloud\",state=\"connected\"} 1\n"))
        #expect(text.contains("gatehouse_jobs{state=\"succeeded\"} "))
        for name in [world.tenantName, "Acme", "acme.example", world.tenant, world.organization] {
            #expect(!text.contains(name))
        }
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            #expect(
                line.wholeMatch(of: /gatehouse_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+/) != nil,
                "\(line)")
        }
    }

    @Test func `without a token in the settings there is no page, whatever is shown`() async throws {
        let portal = try TestPortal()
        let field = try #require(HTTPField.Name("Authorization"))
        for value in ["", "Bearer ", "Bearer x"] {
            #expect(try await portal.client().get("/metrics", [field: value]).status == .notFound)
        }
    }
}
