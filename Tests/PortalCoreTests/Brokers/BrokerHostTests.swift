import Foundation
import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// Branded hosts come and go.
@Suite struct BrokerHostTests {
    private func add(_ host: String, to path: String, _ world: BrokerWorld) async throws -> TestPage {
        _ = try await world.admin.get(path)
        return try await world.admin.post("\(path)/hosts", ["host": host])
    }

    @Test(arguments: [
        "shop.acme.localhost", "SHOP.ACME.LOCALHOST.", "http://shop.acme.localhost:8080/", "shоp.acme.localhost",
        "ｓｈｏｐ.acme.localhost", "eu.gatehouse.localhost", "x.us.gatehouse.localhost", "еu.gatehouse.localhost",
        "10.0.0.1", "localhost", "",
    ])
    func `check 8: the second claim of an address, in whatever spelling, is refused`(host: String) async throws {
        let world = try await BrokerWorld()
        let page = try await add(host, to: "/brokers/broker-liberty", world)
        #expect(page.status == .unprocessableContent && page.words.contains("There is a problem"))
        #expect(try world.rows("SELECT COUNT(*) FROM branded_host") == 1)
    }

    @Test func `an added address works at the next request, and in its ASCII form`() async throws {
        let world = try await BrokerWorld()
        let host = "xn--bcher-kva.liberty.localhost"
        #expect(try await world.portal.client(at: host).get("/sign-in").status == .misdirectedRequest)
        #expect(try await add("Bücher.liberty.localhost", to: "/brokers/broker-liberty", world).status == .seeOther)
        let page = try await world.admin.get("/brokers/broker-liberty")
        #expect(page.words.contains("bücher.liberty.localhost") && page.text.contains("server_name \(host);"))
        #expect(try world.change("host.add") == #" > {"host":"\#(host)"}"#)
        let owner = try await world.portal.client(signedInAs: "owner@liberty.example", at: host)
        #expect(try await owner.get("/services").status == .ok)
        #expect(try await world.admin.get("/addresses").text.contains("http://\(host):8080"))
    }

    @Test func `check 7: a removed address is nobody's at the next request, and its sessions are over for good`()
        async throws
    {
        let world = try await BrokerWorld()
        let host = "shop.acme.localhost"
        let owner = try await world.portal.client(signedInAs: "owner@acme.example", at: host)
        _ = try await owner.get("/services")
        // One who was handed over from there goes on at the region, and has nowhere to go back to.
        let moved = try await world.portal.client(signedInAs: "owner@acme.example", at: host)
        _ = try await moved.open("http://eu.gatehouse.localhost:8080/handover/start?from=\(host)&path=/services")
        #expect(moved.host == TestPortal.eu)
        _ = try await world.admin.get(world.acme)
        let preview = try await world.admin.get("\(world.acme)/host-removals/new?host=\(host)")
        #expect(preview.words.contains("2 sessions at it end at once"))
        #expect(try await world.admin.post("\(world.acme)/host-removals", ["host": host]).status == .seeOther)

        let gone = try await owner.get("/services")
        #expect(gone.status == .misdirectedRequest && !gone.text.contains(host))
        #expect(try await owner.post("/sign-out").status == .misdirectedRequest)
        let page = try await moved.get("/services/toy-cloud/authentication")
        #expect(page.status == .ok && !page.words.contains("Back to"))
        #expect(try world.change("host.remove") == #"{"host":"\#(host)"} > "#)
        // Given to another broker, and back: the old cookie is worth nothing at either.
        #expect(try await add(host, to: "/brokers/broker-liberty", world).status == .seeOther)
        #expect(try await owner.get("/services").location?.hasPrefix("/sign-in") == true)
        _ = try await world.admin.get("/brokers/broker-liberty")
        _ = try await world.admin.post("/brokers/broker-liberty/host-removals", ["host": host])
        #expect(try await add(host, to: world.acme, world).status == .seeOther)
        #expect(try await owner.get("/services").location?.hasPrefix("/sign-in") == true)
    }

    @Test func `only the own address of the broker in the path is removed`() async throws {
        let world = try await BrokerWorld()
        _ = try await world.admin.get("/brokers/broker-liberty")
        let page = try await world.admin.post(
            "/brokers/broker-liberty/host-removals", ["host": "shop.acme.localhost"])
        #expect(page.status == .conflict)
        #expect(try world.rows("SELECT COUNT(*) FROM branded_host") == 1)
    }
}
