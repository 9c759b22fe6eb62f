import Foundation
import HTTPTypes
import PortalKit
import TestPortal

@testable import PortalCore

/// Acme with a provider of its own, which its owner has set up through the pages.
struct SSOWorld {
    static let settings = [
        "issuer": "https://login.acme.example", "client-id": "portal", "secret": FakeProvider.secret,
        "domains": "acme.example",
    ]

    let portal: TestPortal
    let provider: FakeProvider
    /// Signed in with a password.
    let owner: TestClient

    init(_ dialect: FakeProvider.Dialect = FakeProvider.Dialect()) async throws {
        let clock = TestClock()
        provider = FakeProvider(dialect, clock: clock)
        portal = try TestPortal(upstream: ProviderAndToys(provider: provider), clock: clock)
        owner = try await portal.client(signedInAs: "owner@acme.example")
    }

    /// Settings saved, tested and enabled.
    static func enabled(_ dialect: FakeProvider.Dialect = FakeProvider.Dialect()) async throws -> SSOWorld {
        let world = try await SSOWorld(dialect)
        try await world.save(["issuer": dialect.issuer])
        _ = try await world.owner.post("/security/sso-enabled", ["to": "on"])
        return world
    }

    /// And required, by its owner, who has signed in with it just now.
    static func required() async throws -> (world: SSOWorld, owner: TestClient) {
        let world = try await enabled()
        let owner = try await world.signedIn()
        _ = try await owner.get("/security")
        let page = try await owner.post("/security/sso-required", ["to": "on"])
        guard page.location == "/security?done=sso-required" else { throw TestFailure(page.words) }
        return (world, owner)
    }

    @discardableResult
    func save(_ changes: [String: String] = [:]) async throws -> TestPage {
        _ = try await owner.get("/security")
        let page = try await owner.post("/security/provider", Self.settings.merging(changes) { $1 })
        await portal.runJobs()
        return page
    }

    /// A new browser at the page of the provider.
    func departure(
        _ email: String = "owner@acme.example", at host: String = TestPortal.eu, next: String = "/"
    ) async throws -> (client: TestClient, address: String) {
        let client = portal.client(at: host)
        _ = try await client.get("/sign-in/sso?next=\(next)")
        let page = try await client.follow(client.post("/sign-in/sso", ["email": email, "next": next]))
        return (client, try Self.target(page))
    }

    /// Where a page sends the browser.
    static func target(_ page: TestPage) throws -> String {
        guard let match = page.text.firstMatch(of: /href="(https:\/\/[^"]*)"/) else { throw TestFailure(page.words) }
        return String(match.output.1).replacing("&amp;", with: "&")
    }

    /// A new browser that has signed in with the provider.
    func signedIn(
        _ person: FakeProvider.Person = FakeProvider.olivia, at host: String = TestPortal.eu, next: String = "/"
    ) async throws -> TestClient {
        let (client, address) = try await departure(person.email ?? "", at: host, next: next)
        let page = try await client.open(provider.signIn(person, at: address))
        guard page.status == .ok else { throw TestFailure(page.words) }
        return client
    }

    /// The lines of an action, the newest first.
    func audit(_ action: String, _ outcome: String? = nil) throws -> [AuditLine] {
        try portal.portal.database.read { db in
            try db.query(
                "SELECT actor, object, detail, value_after, outcome FROM audit WHERE action = \(action) ORDER BY rowid DESC"
            ) { row in
                let detail: JSONColumn<[String: String]> = try row[2]
                let after: JSONColumn<[String: String]>? = try row[3]
                return try AuditLine(
                    actor: row[0], action: action, object: row[1], detail: detail.value, after: after?.value ?? [:],
                    outcome: row[4])
            }
        }.filter { outcome == nil || $0.outcome.rawValue == outcome }
    }

    func mails(_ subject: String) throws -> Int {
        try portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM mail WHERE subject = \(subject)") }
    }

    var tokenCalls: Int { provider.asked.count { $0.hasSuffix("/token") } }

    var isRequired: Bool {
        get throws {
            try portal.portal.database.read {
                try $0.ssoState(of: "broker-acme", now: portal.clock.now).isRequired
            }
        }
    }
}

/// The world behind the portal: the provider, and the toys.
struct ProviderAndToys: Upstream {
    let provider: FakeProvider
    var toys = ToyUpstream()

    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        request.authority?.hasPrefix("toy.") == true
            ? try await toys.send(request, body) : try await provider.send(request, body)
    }
}
