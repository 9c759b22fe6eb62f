import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Disabling and enabling a broker.
@Suite struct BrokerStateTests {
    @Test func `a disabled broker's people are out at the next request, its jobs stand, and enabled all goes on`()
        async throws
    {
        let world = try await BrokerWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let anna = try await world.portal.client(signedInAs: "anna@northgate.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        let started = try #require(try await owner.post("/services/toy-cloud/discoveries").location)
        await world.portal.runJobs(limit: 1)
        let calls = world.upstream.asked.count
        let preview = try await world.admin.get("\(world.acme)/disabling").words
        #expect(preview.contains("1 open job stands still") && preview.contains("end at once"))
        try await world.disableAcme()

        for client in [owner, anna] { #expect(try await client.get("/").location?.hasPrefix("/sign-in") == true) }
        let again = world.portal.client()
        _ = try await again.get("/sign-in")
        let refused = try await again.post(
            "/sign-in", ["email": "owner@acme.example", "password": "gatehouse-practice", "next": "/"])
        #expect(refused.status == .unprocessableContent && refused.words.contains("is wrong"))
        world.portal.clock.advance(by: 2 * 86_400)
        try world.portal.startDueNightlyWork()
        await world.portal.runJobs()
        #expect(world.upstream.asked.count == calls)
        #expect(try world.rows("SELECT COUNT(*) FROM job WHERE parked_for = 'broker-off'") == 1)
        // Others work on.
        let liberty = try await world.portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        #expect(try await liberty.get("/services").status == .ok)

        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get(world.acme).words.contains("This broker is disabled"))
        #expect(try await admin.post("\(world.acme)/enabling").status == .seeOther)
        await world.portal.runJobs()
        let back = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await back.get(started).words.contains("Found 3 tenants"))
        #expect(try world.change("broker.enable") == #"{"state":"disabled"} > {"state":"enabled"}"#)
    }

    @Test func `no call starts for a broker that was disabled while its job was at a step`() async throws {
        let world = try await BrokerWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        _ = try await owner.post("/services/toy-cloud/discoveries")
        _ = try await world.admin.get("\(world.acme)/disabling")
        // The first call of the step answers 401, after which the portal would ask once more.
        world.upstream.answerNext(HTTPResponse(status: .unauthorized))
        let (admin, acme) = (world.admin, world.acme)
        world.upstream.hold { _ = try? await admin.post("\(acme)/disabling") }
        let calls = world.upstream.asked.count
        await world.portal.runJobs()
        #expect(world.upstream.asked.count == calls + 1)
        #expect(try world.rows("SELECT COUNT(*) FROM job WHERE parked_for = 'broker-off' AND state = 'parked'") == 1)
    }

    @Test func `an invitation of a disabled broker is neither made nor taken`() async throws {
        let world = try await BrokerWorld()
        let (path, page, link) = try await world.create("Neu")
        let user = try #require(page.text.firstMatch(of: /name="user" value="([^"]*)"/)?.output.1)
        _ = try await world.admin.post("\(path)/disabling")
        let nora = world.portal.client()
        #expect(
            try await nora.get(String(link.dropFirst("http://eu.gatehouse.localhost:8080".count))).status == .notFound)
        #expect(try await world.admin.post("\(path)/invitations", ["user": String(user)]).status == .conflict)
    }
}
