import Foundation
import HTTPTypes
import PortalCore
import TestPortal
import Testing

/// Every route for each role, and for the other broker's people: exactly what the table of roles says.
@Suite struct RouteMatrixTests {
    struct Person: Sendable, CustomTestStringConvertible {
        let email: String?
        let host: String
        let permissions: Set<String>
        var testDescription: String { email ?? "nobody" }
    }

    static let support: Set = [
        "seeHome", "seeServices", "seeOrganizations", "seeTenants", "seeJobs", "seeStore", "seeAttention",
    ]
    static let access = support.subtracting(["seeStore"]).union(["manageConnections", "linkTenants", "manageJobs"])
    static let manager = access.union(["manageServices", "seeStore", "seeUsers", "seeAudit"])
    static let owner = manager.union(["manageUsers", "seeSecurity", "manageSecurity"])
    static let customer: Set = ["seeHome", "seeOwnOrganization", "seeStore"]
    static let administrator: Set = [
        "seeHome", "managePlugins", "manageBrokers", "seeUsers", "manageUsers", "seeAttention", "seeMail",
        "seeAddresses",
        "seeAudit",
    ]
    static let people = [
        Person(email: nil, host: TestPortal.eu, permissions: []),
        Person(email: "owner@acme.example", host: TestPortal.eu, permissions: owner),
        Person(email: "owner@acme.example", host: TestPortal.shop, permissions: owner),
        Person(email: "manager@acme.example", host: TestPortal.eu, permissions: manager),
        Person(email: "support@acme.example", host: TestPortal.eu, permissions: support),
        Person(
            email: "billing@acme.example", host: TestPortal.eu, permissions: support.subtracting(["seeJobs"])),
        Person(email: "access@acme.example", host: TestPortal.eu, permissions: access),
        Person(email: "owner@liberty.example", host: TestPortal.us, permissions: owner),
        Person(
            email: "anna@northgate.example", host: TestPortal.eu,
            permissions: customer.union(["seeUsers", "manageUsers"])),
        Person(email: "carl@northgate.example", host: TestPortal.eu, permissions: customer),
        Person(email: "admin@gatehouse.example", host: TestPortal.eu, permissions: administrator),
    ]

    /// Ids of Acme's things in the addresses, so that whoever is not Acme's meets somebody else's.
    private func path(_ route: RouteEntry, _ world: LinkedWorld) -> String {
        route.path.replacing(":plugin", with: "toy-cloud").replacing(":tenant", with: world.tenant).replacing(
            ":organization", with: world.organization
        )
        .replacing(":job", with: world.job).replacing(":attempt", with: world.attempt)
        .replacing(":mail", with: world.mail)
    }

    @Test(arguments: people) func `each route answers each role as the table says`(person: Person) async throws {
        var world = try await LinkedWorld()
        let isStranger = person.email == "owner@liberty.example"
        for route in world.portal.portal.routes {
            let portal = world.portal
            let client: TestClient
            if let email = person.email {
                client = try await portal.client(signedInAs: email, at: person.host)
                _ = try await client.get("/")
            } else {
                client = portal.client(at: person.host)
                _ = try await client.get("/sign-in")
            }
            let path = path(route, world)
            let page = route.method == .get ? try await client.get(path) : try await client.post(path)
            let label = "\(route.method) \(path) as \(person.email ?? "nobody") at \(person.host): \(page.status.code)"
            // A change may have taken away what the next address names.
            if route.method == .post { world = try await LinkedWorld() }
            if route.access == "public" || route.path.hasPrefix("/held/") { continue }
            if person.email == nil {
                #expect(page.status == .seeOther && page.location?.hasPrefix("/sign-in") == true, "\(label)")
            } else if !person.permissions.contains(route.access) {
                #expect(page.status == .notFound, "\(label)")
                #expect(page.words.contains("There is no such page"), "\(label)")
            } else if isStranger && route.path.contains(":") && !route.path.hasPrefix("/marketplace") {
                #expect(page.status == .notFound, "\(label)")
            } else {
                #expect(page.status.code != 404 && page.status.code < 500, "\(label)")
            }
            for secret in [world.tenantName, ToyUpstream.key] where isStranger || person.email == nil {
                #expect(!page.text.contains(secret), "\(label)")
            }
        }
    }

    @Test func `a form of another session, without a token, or from another site changes nothing`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        let stranger = try await portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        _ = try await stranger.get("/")
        for route in portal.portal.routes where route.method == .post {
            let path = route.path.replacing(":plugin", with: "toy-cloud")
            for page in [
                try await owner.post(path, token: ""), try await owner.post(path, token: stranger.formToken),
                try await owner.post(path, origin: "http://evil.localhost"),
                try await owner.post(path, origin: "http://us.gatehouse.localhost:8080"),
                try await owner.post(path, origin: "null"),
            ] {
                #expect(page.status == .forbidden, "\(path): \(page.status.code)")
            }
        }
        #expect(try await owner.get("/services").words.contains("No services yet"))
    }
}
