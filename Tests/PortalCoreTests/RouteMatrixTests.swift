import Foundation
import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// Every route for each role, with ids of each owner: exactly what the table of roles says. What is not in it looks like a
/// thing that does not exist.
@Suite struct RouteMatrixTests {
    /// A route with ids in the place of its parameters.
    private struct Cell {
        let path: String
        /// Each parameter, with whose it is.
        let owners: [(kind: String, owner: Actor.Place)]
        let isNobodys: Bool
    }

    private static func parameters(_ route: RouteEntry) -> [String] {
        route.path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
    }

    /// The route once for each owner of its things.
    private func cells(_ route: RouteEntry, _ world: MatrixWorld) -> [Cell] {
        var cells = [Cell(path: route.path, owners: [], isNobodys: false)]
        for name in Self.parameters(route) {
            let choices: [(Actor.Place?, String)] =
                if let common = MatrixWorld.common[name] {
                    [(nil, common)]
                } else {
                    world.ids[name].map { all in all.sorted { $0.value < $1.value }.map { ($0.key, $0.value) } } ?? [
                        (nil, newID())
                    ]
                }
            cells = cells.flatMap { cell in
                choices.map { owner, id in
                    Cell(
                        path: cell.path.replacing(":\(name)", with: id),
                        owners: cell.owners + (owner.map { [(kind: name, owner: $0)] } ?? []),
                        isNobodys: cell.isNobodys || MatrixWorld.nobodys.contains(name))
                }
            }
        }
        return cells
    }

    private func missing(_ route: RouteEntry) -> String {
        Self.parameters(route).reduce(route.path) { path, name in
            path.replacing(":\(name)", with: MatrixWorld.common[name] ?? newID())
        }
    }

    @Test func `check 53: every parameter of a route names things of which the walk has an id of each owner`()
        async throws
    {
        let world = try await MatrixWorld.shared.value
        for route in world.portal.portal.routes {
            for name in Self.parameters(route)
            where MatrixWorld.common[name] == nil && !MatrixWorld.nobodys.contains(name) {
                #expect(
                    world.ids[name]?.isEmpty == false,
                    "\(route.method) \(route.path): say in MatrixWorld.ids whose things :\(name) names, and in Actor.sees who sees them"
                )
            }
        }
    }

    @Test(arguments: Actor.all)
    func `check 53: each route answers each role, with ids of each owner, exactly as the table says`(actor: Actor)
        async throws
    {
        let world = try await MatrixWorld.shared.value
        let client = try await world.client(actor)
        let rows = try world.portal.portal.rows()
        let none = try await client.get("/nothing/here")
        for route in world.portal.portal.routes where route.access != "public" && route.path != "/sign-out" {
            let permission = try #require(Permission(rawValue: route.access), "\(route.path)")
            let isPost = route.method == .post
            let isAllowed = actor.permissions.contains(permission)
            for cell in cells(route, world) {
                let isTheirs = !cell.isNobodys && cell.owners.allSatisfy { actor.sees($0.kind, of: $0.owner) }
                let label = "\(route.method) \(cell.path) as \(actor.testDescription)"
                if isPost && isAllowed && isTheirs && actor.isAtHome {
                    // It is carried out, so on a world of its own.
                    let copy = try world.copy()
                    let page = try await world.client(actor, in: copy).post(cell.path)
                    #expect(page.status.code != 404 && page.status.code < 500, "\(label): \(page.status.code)")
                    continue
                }
                let page = isPost ? try await client.post(cell.path) : try await client.get(cell.path)
                if actor.email == nil {
                    #expect(
                        page.status == .seeOther && page.location?.hasPrefix("/sign-in") == true,
                        "\(label): \(page.status.code)")
                } else if !actor.isAtHome && (!isPost || isAllowed) {
                    // Led to the address where the person works, before anything is looked at.
                    #expect(
                        isPost ? page.status == .unprocessableContent : page.location?.contains("/handover/") == true,
                        "\(label): \(page.status.code)")
                } else if !isAllowed {
                    #expect(page.status == .notFound && page.text == none.text, "\(label): \(page.status.code)")
                } else if isTheirs {
                    #expect(page.status.code != 404 && page.status.code < 500, "\(label): \(page.status.code)")
                } else {
                    let path = missing(route)
                    let absent = isPost ? try await client.post(path) : try await client.get(path)
                    #expect(page.status == .notFound && absent.status == .notFound, "\(label): \(page.status.code)")
                    #expect(page.text == absent.text, "\(label) differs from a thing that does not exist")
                }
            }
        }
        #expect(
            try world.portal.portal.rows() == rows, "what was refused changed something, as \(actor.testDescription)")
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
