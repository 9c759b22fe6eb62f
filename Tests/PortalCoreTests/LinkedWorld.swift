import Foundation
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Acme with the toy service added, connected, discovered and linked; with the ids of what came of it.
final class LinkedWorld: Sendable {
    let portal: TestPortal
    let tenant: String
    let organization: String
    let job: String
    let attempt: String
    /// Of a message to Acme's owner.
    let mail: String
    let tenantName = "Wooden Blocks"

    init(upstream: ToyUpstream = ToyUpstream()) async throws {
        portal = try TestPortal(upstream: upstream)
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        attempt = try await Self.connect(owner, portal)
        _ = try await owner.get("/services/toy-cloud/bulk-links/new")
        job = try await Self.link(owner)
        await portal.runJobs()
        let tenants = try await owner.get("/services/toy-cloud/tenants").text
        tenant = try Self.id(in: tenants, after: #"href="/tenants/"#, before: "Wooden Blocks")
        organization = try Self.id(
            in: try await owner.get("/organizations").text, after: #"href="/organizations/"#, before: "Wooden Blocks")
        mail = try Self.post(portal)
        await portal.runJobs()
    }

    private static func post(_ portal: TestPortal) throws -> String {
        let mail = Mail(
            brokerID: "broker-acme", purpose: .notice, recipient: "owner@acme.example", subject: "A notice",
            body: "Text")
        return try portal.portal.database.write { db in
            try db.post(mail, portal.portal.vault, at: portal.clock.now)
            return try db.mails(nil, after: nil, limit: 1)[0].id.rawValue
        }
    }

    /// Adds the service and connects it with the right key.
    static func connect(_ owner: TestClient, _ portal: TestPortal, key: String = ToyUpstream.key) async throws -> String
    {
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        _ = try await owner.get("/services/toy-cloud/authentication")
        let begun = try await owner.post("/services/toy-cloud/authentication", ["key": key])
        await portal.runJobs()
        return begun.location?.split(separator: "/").last.map(String.init) ?? ""
    }

    /// Applies the plan that the preview shows.
    static func link(_ owner: TestClient) async throws -> String {
        let preview = try await owner.get("/services/toy-cloud/bulk-links/new").text
        guard let plan = preview.firstMatch(of: /name="plan" value="([^"]*)"/) else {
            throw TestFailure("no plan in the preview")
        }
        let applied = try await owner.post("/services/toy-cloud/bulk-links", ["plan": String(plan.output.1)])
        return applied.location?.split(separator: "/").last.map(String.init) ?? ""
    }

    static func id(in page: String, after start: String, before end: String) throws -> String {
        guard let end = page.range(of: ">\(end)<"),
            let start = page[..<end.lowerBound].range(of: start, options: .backwards)
        else {
            throw TestFailure("\(end) is not on the page")
        }
        return String(page[start.upperBound..<end.lowerBound].dropLast())
    }
}
