import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Whatever one broker's people do, the other broker's rows and pages stay.
@Suite struct OtherBrokerTests {
    static let operations = 3_000

    /// A hash of each page of a broker's owner, form tokens left out.
    private func pages(_ owner: TestClient, _ world: MatrixWorld) async throws -> [String: String] {
        var paths = [
            "/", "/services", "/services/toy-cloud", "/services/toy-cloud/tenants",
            "/services/toy-cloud/authentication",
            "/marketplace", "/store", "/organizations", "/tenants", "/jobs", "/users", "/groups", "/audit",
            "/groups/group-liberty", "/users/user-support@liberty.example",
        ]
        paths += world.ids.compactMap { kind, all in
            ["tenant": "/tenants/", "organization": "/organizations/"][kind].flatMap { start in
                all[.harbour].map { start + $0 }
            }
        }
        var all: [String: String] = [:]
        for path in paths {
            let page = try await owner.get(path)
            #expect(page.status == .ok, "\(path)")
            all[path] = page.text.replacing(owner.formToken, with: "")
        }
        return all
    }

    @Test
    func `check 59: thousands of random operations of one broker leave every row and page of the other unchanged`()
        async throws
    {
        let world = try await MatrixWorld.shared.value
        let portal = try world.copy()
        let liberty = try await portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        let before = try await pages(liberty, world)
        let rows = try portal.portal.rows(of: "broker-liberty")
        let actors = Actor.all.filter { $0.place.broker == .acme && $0.host == TestPortal.eu }
        var clients: [(Actor, TestClient)] = []
        for actor in actors { clients.append((actor, try await world.client(actor, in: portal))) }
        var random = SeededGenerator(seed: 59)
        let routes = portal.portal.routes.filter { $0.access != "public" && $0.path != "/sign-out" }
        let ids = world.ids.values.flatMap(\.values).sorted() + ["toy-cloud", "no-such-thing"]
        var carriedOut = 0
        for round in 0..<Self.operations {
            let (actor, client) = clients[Int.random(in: 0..<clients.count, using: &random)]
            let route = routes[Int.random(in: 0..<routes.count, using: &random)]
            var path = route.path
            for name in route.path.split(separator: "/").filter({ $0.hasPrefix(":") }) {
                let own =
                    world.ids[String(name.dropFirst())]?.values.sorted() ?? [
                        MatrixWorld.common[String(name.dropFirst())] ?? ""
                    ]
                let id =
                    Int.random(in: 0..<4, using: &random) == 0
                    ? ids.randomElement(using: &random) : own.randomElement(using: &random)
                path = path.replacing(name, with: id ?? "")
            }
            let page: TestPage
            if route.method == .post {
                page = try await client.post(path, Self.form(ids, &random))
            } else {
                page = try await client.get(
                    "\(path)?q=\(ids.randomElement(using: &random) ?? "")&from=\(round % 3)&broker=broker-liberty")
            }
            #expect(page.status.code < 500, "\(route.method) \(path) as \(actor.testDescription)")
            if page.status == .ok || page.location?.contains("done=") == true { carriedOut += 1 }
            if page.location?.hasPrefix("/sign-in") == true, let email = actor.email,
                let again = try? await portal.client(signedInAs: email)
            {
                clients = clients.map { $0.0.email == actor.email ? (actor, again) : $0 }
            }
            if round.isMultiple(of: 100) { await portal.runJobs(limit: 20) }
        }
        #expect(carriedOut > Self.operations / 20, "too little was carried out: \(carriedOut)")
        let after = try portal.portal.rows(of: "broker-liberty")
        for (table, lines) in rows where table != "session" { #expect(after[table] == lines, "rows of \(table)") }
        #expect(try await pages(liberty, world) == before)
    }

    private static func form(_ ids: [String], _ random: inout SeededGenerator) -> [String: String] {
        let values =
            ids + Role.allCases.map(\.rawValue) + [
                "on", "all", "chosen", "broker", "organization", "broker-liberty", "", "Name", ToyUpstream.key,
            ]
        let names = [
            "organization", "role", "reach", "name", "email", "for", "broker", "broker_id", "organization_id",
            "user_id", "reason", "plan", "key", "user",
        ]
        var form: [String: String] = [:]
        for name in names where Bool.random(using: &random) { form[name] = values.randomElement(using: &random) }
        for prefix in ["organization-", "group-", "person-"] where Bool.random(using: &random) {
            form[prefix + (ids.randomElement(using: &random) ?? "")] = "on"
        }
        // Forms that are right now and then, so that something comes of them.
        if let role = form["role"], let known = Role(rawValue: role) { form["for"] = known.realm.rawValue }
        if form["email"] != nil { form["email"] = "p\(Int.random(in: 0..<1_000_000, using: &random))@random.example" }
        return form
    }
}

/// The same numbers in each run.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
