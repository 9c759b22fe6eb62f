import Foundation
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Acme's owner with a toy that is being set up.
final class ToySetupWorld: Sendable {
    static let service = "/services/toy-cloud"
    let upstream = ToyUpstream()
    let portal: TestPortal
    let owner: TestClient
    let tenant: String

    init(id: String = "toy-9") async throws {
        portal = try TestPortal(upstream: upstream)
        owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await LinkedWorld.connect(owner, portal)
        _ = try await owner.get("\(Self.service)/intakes/new")
        let typed = try await owner.post("\(Self.service)/intakes", ["name": "Kite", "id": id])
        await portal.runJobs()
        let path = try #require(typed.location)
        let found = try await owner.get(path)
        #expect(found.words.contains("Toys break."))
        let added = try await owner.post("\(path)/tenant", ["tenant": id])
        await portal.runJobs()
        tenant = try #require(added.location?.split(separator: "/setup").first.map(String.init))
    }

    var tracker: TestPage {
        get async throws { try await owner.get("\(tenant)/setup") }
    }

    /// The form of the open approval.
    func compose() async throws -> String {
        let page = try await tracker
        return String(
            try #require(page.text.firstMatch(of: /href="(\/approvals\/[^"]*)\/messages\/new"/), "\(page.words)").output
                .1)
    }

    func send(_ fields: [String: String] = [:]) async throws -> TestPage {
        let approval = try await compose()
        let tenant = String(self.tenant.split(separator: "/").last ?? "")
        _ = try await owner.get("\(approval)/messages/new")
        let all = ["tenant": tenant, "language": "en", "subject": "Kite", "body": "Look: {link}", "way": "copied"]
        return try await owner.post("\(approval)/messages", all.merging(fields) { _, mine in mine })
    }

    /// - Returns: the link's path.
    func link() async throws -> String {
        let shown = try await owner.get(try #require(try await send().location))
        await portal.runJobs()
        return String(try #require(shown.text.firstMatch(of: /(\/approval\/[A-Za-z0-9_-]{43})/)).output.1)
    }

    /// Goes to the provider and comes back with `answer`.
    func answer(_ link: String, _ answer: String, by browser: TestClient? = nil) async throws {
        let browser = browser ?? portal.client()
        _ = try await browser.get(link)
        let left = try await browser.follow(try await browser.post("\(link)/trips", ["tenant": "toy-9"]))
        let state = try #require(left.text.firstMatch(of: /state=([A-Za-z0-9_-]*)/), "\(left.words)").output.1
        _ = try await browser.get("/connections/return?\(answer)&state=\(state)")
    }

    func stamp() async throws -> String {
        String(try #require(try await tracker.text.firstMatch(of: /name="stamp" value="([^"]*)"/)).output.1)
    }
}
