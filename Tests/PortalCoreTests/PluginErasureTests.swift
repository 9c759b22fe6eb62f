import Foundation
import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// What is left of a plugin: kept, until somebody who was shown the counts erases it.
@Suite struct PluginErasureTests {
    private static let path = "/plugins/toy-cloud/erasure"

    @Test
    func `check 65: a disabled plugin's data is kept or erased after a page with the counts, and erased it is gone`()
        async throws
    {
        let world = try await LinkedWorld()
        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await admin.get("/plugins/toy-cloud/disabling")
        #expect(try await admin.post(Self.path).status == .conflict, "not while it is enabled")
        _ = try await admin.post("/plugins/toy-cloud/disabling")
        let page = try await admin.get(Self.path)
        #expect(page.words.contains("1 sign-in of 1 broker is forgotten"))
        #expect(page.words.contains("3 tenants and 3 links are erased") && page.words.contains("Keep it"))
        #expect(try await admin.post(Self.path).location == "/plugins?done=plugin-erased")
        let counts = try world.portal.portal.database.read { db in
            try [
                db.count("SELECT COUNT(*) FROM tenant"), db.count("SELECT COUNT(*) FROM tenant_link"),
                db.count("SELECT COUNT(*) FROM provider_grant"), db.count("SELECT COUNT(*) FROM connection"),
                db.count("SELECT COUNT(*) FROM service"), db.count("SELECT COUNT(*) FROM job WHERE plugin_id = 'toy-cloud'"),
                db.count("SELECT COUNT(*) FROM sign_in_attempt"),
            ]
        }
        #expect(counts == [0, 0, 0, 0, 0, 0, 0])
        #expect(try await owner.get("/organizations").words.contains("Wooden Blocks"))
        #expect(try await admin.get("/audit").words.contains("plugin.erase"))
        _ = try await admin.get("/plugins")
        _ = try await admin.post("/plugins/toy-cloud/enabling")
        #expect(try await LinkedWorld.connect(owner, world.portal) != "")
        #expect(try await owner.get("/services/toy-cloud").words.contains("The sign-in at Toy is in force."))
    }

    @Test func `what a plugin has left that is not built in any more is listed with its counts, and can be erased`()
        async throws
    {
        let world = try await LinkedWorld()
        let without = try world.portal.restarted(plugins: [], upstream: ToyUpstream())
        let admin = try await without.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get("/plugins").words.contains("Left behind"))
        #expect(try await admin.get("/plugins").words.contains("toy-cloud 1 3 3 1 Erase…"))
        #expect(try await admin.get("/plugins/other/erasure").status == .notFound)
        _ = try await admin.get(Self.path)
        _ = try await admin.post(Self.path)
        #expect(try await admin.get("/plugins").words.contains("Left behind") == false)
    }
}
