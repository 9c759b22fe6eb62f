import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Removing a service: with what it has read kept, or erased.
@Suite struct ServiceErasureTests {
    private let path = "/services/toy-cloud"

    private func count(_ world: LinkedWorld, _ sql: SQL) throws -> Int {
        try world.portal.portal.database.read { try $0.count(sql) }
    }

    @Test func `check 65: removing asks, shows counts, and keeps or erases; erased is erased`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let kept = try await owner.get("\(path)/removal")
        #expect(kept.words.contains("3 tenants and 3 links stay") && kept.text.contains("\(path)/erasure"))
        let preview = try await owner.get("\(path)/erasure").words
        for words in ["3 tenants and 3 links are erased", "1 stored sign-in", "Your organizations stay"] {
            #expect(preview.contains(words), "\(words)")
        }
        let wrong = try await owner.post("\(path)/erasure", ["name": "toy cloud"])
        #expect(wrong.status == .unprocessableContent && wrong.words.contains("This is not the service's name"))
        #expect(try count(world, "SELECT COUNT(*) FROM tenant") == 3)

        let credential = try #require(
            try world.portal.portal.database.read {
                try $0.first("SELECT credential FROM provider_grant") { try $0[0] as [UInt8] }
            })
        let organizations = try count(world, "SELECT COUNT(*) FROM organization")
        let begun = try await owner.post("\(path)/erasure", ["name": "Toy Cloud"])
        await world.portal.runJobs()
        #expect(try await owner.get(try #require(begun.location)).words.contains("What Toy Cloud had read was erased"))
        for table: SQL in [
            "tenant", "tenant_source", "tenant_link", "provider_grant", "connection", "sign_in_attempt", "service",
            "nightly_reading", "job_item", "throttle",
        ] {
            #expect(try count(world, "SELECT COUNT(*) FROM \(table)") == 0, "\(table.text)")
        }
        #expect(try count(world, "SELECT COUNT(*) FROM organization") == organizations)
        // Twelve of the credential's bytes are enough to know it by; names stay where the organizations have them.
        for file in ["gatehouse.sqlite", "gatehouse.sqlite-wal"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(world.portal.folder)/\(file)"))
            #expect(bytes.range(of: Data(credential)) == nil && bytes.range(of: Data("toy-2".utf8)) == nil, "\(file)")
        }
        let audit = try await owner.get("/audit").words
        #expect(audit.contains("service.erase"))
    }

    @Test func `work under way ends first, and a service that is added again keeps what is there`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("\(path)/tenants")
        _ = try await owner.post("\(path)/discoveries")
        _ = try await owner.get("\(path)/erasure")
        _ = try await owner.post("\(path)/erasure", ["name": "Toy Cloud"])
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        for _ in 0..<4 {
            await world.portal.runJobs()
            world.portal.clock.advance(by: 300)
        }
        #expect(try count(world, "SELECT COUNT(*) FROM tenant") == 3)
        #expect(try count(world, "SELECT COUNT(*) FROM job WHERE finished_at IS NULL") == 0)
        let again = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await again.get("/jobs").words.contains("The service was added again"))
    }

    @Test func `tenants that another service sees too stay with their links`() async throws {
        let world = try await LinkedWorld()
        try world.portal.portal.database.write { db in
            try db.execute(
                """
                INSERT INTO tenant_source (tenant_id, plugin_id, presence, since, seen_at)
                VALUES (\(world.tenant), 'another', 'present', 0, 0)
                """)
        }
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("\(path)/erasure").words.contains("1 tenant that another service sees too"))
        _ = try await owner.post("\(path)/erasure", ["name": "Toy Cloud"])
        await world.portal.runJobs()
        #expect(try count(world, "SELECT COUNT(*) FROM tenant") == 1)
        #expect(try count(world, "SELECT COUNT(*) FROM tenant_link") == 1)
    }
}
