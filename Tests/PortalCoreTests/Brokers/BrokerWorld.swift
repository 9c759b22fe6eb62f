import Foundation
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// The administrator of a portal with Acme at work, and what it takes to look after brokers.
final class BrokerWorld: Sendable {
    let world: LinkedWorld
    let upstream = ToyUpstream()
    let admin: TestClient
    let acme = "/brokers/broker-acme"

    var portal: TestPortal { world.portal }

    init() async throws {
        world = try await LinkedWorld(upstream: upstream)
        admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await admin.get("/brokers")
    }

    /// Makes a broker through the form.
    ///
    /// - Returns: its page, with the invitation's link.
    func create(
        _ name: String, region: String = "eu", owner: String = "Nora New", email: String = "nora@new.example"
    ) async throws -> (path: String, page: TestPage, link: String) {
        _ = try await admin.get("/brokers/new")
        let made = try await admin.post(
            "/brokers", ["name": name, "region": region, "owner-name": owner, "email": email])
        let location = try #require(made.location, "\(made.words)")
        let page = try await admin.get(location)
        return (String(location.split(separator: "?")[0]), page, try Self.link(in: page))
    }

    static func link(in page: TestPage) throws -> String {
        String(try #require(page.text.firstMatch(of: /(http:[^"<]*\/invitation\/[^"<]*)/)?.output.1))
    }

    func disableAcme() async throws {
        _ = try await admin.get("\(acme)/disabling")
        _ = try await admin.post("\(acme)/disabling")
    }

    func rows(_ sql: SQL) throws -> Int { try portal.portal.database.read { try $0.count(sql) } }

    /// Before and after of the newest line with this action.
    func change(_ action: String) throws -> String {
        try portal.portal.database.read { db in
            try db.first(
                """
                SELECT COALESCE(value_before, '') || ' > ' || COALESCE(value_after, '') FROM audit WHERE action = \(action)
                ORDER BY at DESC LIMIT 1
                """
            ) { try $0[0] } ?? ""
        }
    }
}
