import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// People who are limited to organizations: what they see is theirs, down to every number.
@Suite struct OrganizationLimitTests {
    @Test func `limited people see their organizations, tenants and totals, and nothing else of the broker`()
        async throws
    {
        let world = try await MatrixWorld.shared.value
        let limited = try await world.client(Actor.all.first { $0.email == "limited-manager@acme.example" }!)
        for path in [
            "/", "/organizations", "/organizations?q=", "/tenants", "/tenants?q=o", "/tenants?state=unlinked",
            "/services",
            "/services/toy-cloud", "/services/toy-cloud/tenants", "/services/toy-cloud/tenants?state=linked", "/store",
            "/search?q=o", "/search?q=wooden", "/search?q=toy-", "/marketplace", "/marketplace/toy-cloud",
            "/organizations/organization-northgate",
        ] {
            let page = try await limited.get(path)
            #expect(page.status == .ok, "\(path)")
            for other in ["Wooden", "Tin Soldiers", "Lighthouse", "Harbour"] {
                #expect(
                    !page.text.replacing("value=\"wooden\"", with: "").replacing("Search: wooden", with: "").contains(
                        other), "\(path): \(other)")
            }
        }
        #expect(try await limited.get("/organizations").words.contains("Northgate Bakery"))
        #expect(try await limited.get("/tenants").words.contains("Northgate Toys"))
        let totals = try await limited.get("/services/toy-cloud/tenants").words
        #expect(totals.contains("1 at Toy of your organizations = 1 linked + 0 unlinked"), "\(totals)")
        let owner = try await world.client(.acmeOwner)
        #expect(try await owner.get("/services/toy-cloud/tenants").words.contains("3 at Toy = 2 linked + 1 unlinked"))
        #expect(try await limited.get("/services").words.contains("1 linked 0 unlinked"))
    }

    @Test func `check 58: limits hold at the next request, and take what concerns the whole broker away`() async throws
    {
        let world = try await MatrixWorld.shared.value
        let portal = try world.copy()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let manager = try await portal.client(signedInAs: "manager@acme.example")
        let wooden = try #require(world.ids["organization"]?[.wooden])
        #expect(try await manager.get("/organizations/organization-northgate").status == .ok)
        #expect(try await manager.get("/jobs").status == .ok)
        let path = "/users/user-manager@acme.example"
        #expect(try await owner.get(path).words.contains("Sees All organizations"))
        #expect(
            try await owner.post("\(path)/limits", ["reach": "chosen", "organization-\(wooden)": "on"]).status
                == .seeOther)
        #expect(try await owner.get(path).words.contains("Sees Wooden Blocks"))
        #expect(try await manager.get("/organizations/organization-northgate").status == .notFound)
        #expect(try await manager.get("/organizations/\(wooden)").status == .ok)
        for gone in [
            "/jobs", "/audit", "/users", "/groups", "/services/toy-cloud/authentication",
            "/services/toy-cloud/bulk-links/new",
        ] {
            #expect(try await manager.get(gone).status == .notFound, "\(gone)")
        }
        let tenants = try await manager.get("/tenants").words
        #expect(tenants.contains("Wooden Blocks") && !tenants.contains("Northgate"))
        let none = try await owner.post("\(path)/limits", ["reach": "chosen"])
        #expect(none.status == .unprocessableContent && none.words.contains("Choose at least one organization"))
        #expect(try await owner.post("\(path)/limits", ["reach": "all"]).status == .seeOther)
        #expect(try await manager.get("/jobs").status == .ok)
        #expect(try await owner.get("/audit").words.contains("user.limits.change"))
    }

    @Test func `limits fall with a promotion to owner, and don't come back hidden`() async throws {
        let world = try await MatrixWorld.shared.value
        let portal = try world.copy()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let path = "/users/user-limited-support@acme.example"
        _ = try await owner.get(path)
        #expect(try await owner.post("\(path)/role", ["role": "broker-owner"]).status == .seeOther)
        #expect(try await owner.get(path).words.contains("Sees All organizations"))
        #expect(try portal.portal.database.read { try $0.limits(of: "user-limited-support@acme.example") }.isEmpty)
    }

    @Test func `where the rows of a limit are gone in the middle of a request, nothing is seen rather than all`()
        async throws
    {
        let world = try await MatrixWorld.shared.value
        let portal = try world.copy()
        let limited = try OrganizationScope(of: Self.session(limitedTo: ["organization-northgate"]))
        let seen = try portal.portal.database.write { db in
            try db.execute("DELETE FROM user_organization")
            return try db.countOrganizations(of: limited, like: "") + db.countTenants(of: limited, TenantFilter())
        }
        #expect(seen == 0)
    }

    private static func session(limitedTo organizations: Set<Key<Organization>>) -> Session {
        let user = User(
            id: "user-limited-support@acme.example", email: "", name: "", role: .brokerSupport, brokerID: "broker-acme",
            organizationID: nil)
        return Session(
            tokenHash: [], user: user, broker: DemoWorld.acme,
            access: PersonAccess(role: .brokerSupport, organizations: organizations), stage: .open, method: .password,
            provedAt: Date(), cameFrom: nil, seenAt: Date(), formToken: "")
    }
}
