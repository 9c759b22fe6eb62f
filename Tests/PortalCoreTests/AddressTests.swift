import Foundation
import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// Which host may do what, and how a person is taken from one to another.
@Suite struct AddressTests {
    @Test(arguments: [
        ("EU.gatehouse.localhost:8080", "eu.gatehouse.localhost"),
        ("eu.gatehouse.localhost.", "eu.gatehouse.localhost"),
        ("eu.gatehouse.localhost", "eu.gatehouse.localhost"), ("shop.acme.localhost:1", "shop.acme.localhost"),
    ])
    func `a host is compared in one form`(text: String, name: String) {
        #expect(Host(text)?.name == name)
    }

    @Test(arguments: [
        "", "eu.gatehouse.localhost@evil.example", "a b", "a/b", "eu..localhost", ".", "[::1]:80",
        "eu.gatehouse.localhost:x", String(repeating: "a", count: 254),
    ])
    func `what is not a host name is none`(text: String) {
        #expect(Host(text) == nil)
    }

    @Test(arguments: ["evil.localhost", "127.0.0.1", "gatehouse.localhost", "eu.gatehouse.localhost.evil.example"])
    func `an unknown host is refused, and not echoed`(host: String) async throws {
        let portal = try TestPortal()
        let page = try await portal.client(at: host).get("/sign-in")
        #expect(page.status == .misdirectedRequest)
        #expect(!page.text.contains(host) && page.headers[.setCookie] == nil)
    }

    @Test func `header fields that claim another host change nothing`() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let plain = try await client.get("/sign-in")
        for name in ["X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Original-URL", "X-Host"] {
            let field = try #require(HTTPField.Name(name))
            let page = try await client.get("/sign-in", [field: "evil.example"])
            #expect(page.text == plain.text && page.headers == plain.headers)
        }
    }

    @Test func `on a branded address daily work goes, and the authentication page says where to go`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example", at: TestPortal.shop)
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        #expect(try await owner.post("/marketplace/toy-cloud/additions").status == .seeOther)
        let page = try await owner.get("/services/toy-cloud/authentication")
        #expect(page.words.contains("The sign-in does not start at this address"))
        #expect(!page.text.contains(#"name="key""#))
        let refused = try await owner.post("/services/toy-cloud/authentication", ["key": ToyUpstream.key])
        #expect(refused.status == .unprocessableContent && refused.words.contains("This goes on at another address"))
        #expect(!refused.text.contains(ToyUpstream.key))
        #expect(await portal.runJobs() == 0)
        // What was typed is kept, and is sent at the right address.
        let link = try #require(refused.text.firstMatch(of: /href="(http:\/\/eu[^"]*handover[^"]*)"/)?.output.1)
        let kept = try await owner.open(link.replacing("&amp;", with: "&"))
        #expect(owner.host == TestPortal.eu && kept.words.contains("Nothing is lost"))
        let token = try #require(kept.text.firstMatch(of: /name="held" value="([^"]*)"/)?.output.1)
        let sent = try await owner.post("/services/toy-cloud/authentication", ["held": String(token)])
        #expect(sent.location?.hasPrefix("/services/toy-cloud/sign-ins/") == true)
        #expect(await portal.runJobs() > 0)
    }

    @Test func `the hand-over signs the same person in at the region, once, in this browser only`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example", at: TestPortal.shop)
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        let page = try await owner.get("/services/toy-cloud/authentication")
        let link = try #require(page.text.firstMatch(of: /href="(http:\/\/eu[^"]*handover[^"]*)"/)?.output.1).replacing(
            "&amp;", with: "&")

        // Another browser that is given the ticket's address gets nowhere with it.
        let start = try await portal.client().get(String(link.dropFirst("http://eu.gatehouse.localhost:8080".count)))
        let grantPath = String(try #require(start.location).dropFirst("http://shop.acme.localhost:8080".count))
        let granted = try await owner.get(grantPath)
        let ticketPath = String(try #require(granted.location).dropFirst("http://eu.gatehouse.localhost:8080".count))
        let thief = portal.client()
        #expect(try await thief.get(ticketPath).location == "/")
        #expect(thief.cookie("__Host-gatehouse") == nil)

        let arrived = try await owner.open(link)
        #expect(owner.host == TestPortal.eu && arrived.status == .ok)
        #expect(arrived.words.contains("Olivia Owner") && arrived.text.contains(#"name="key""#))
        #expect(arrived.words.contains("Back to http://shop.acme.localhost:8080"))
    }

    @Test func `a ticket works once and for a minute`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example", at: TestPortal.shop)
        let region = portal.client()
        func ticket() async throws -> String {
            let start = try await region.get("/handover/start?from=shop.acme.localhost&path=/services")
            let granted = try await owner.get(
                String(try #require(start.location).dropFirst("http://shop.acme.localhost:8080".count)))
            return String(try #require(granted.location).dropFirst("http://eu.gatehouse.localhost:8080".count))
        }
        let late = try await ticket()
        portal.clock.advance(by: 61)
        #expect(try await region.get(late).location == "/")
        #expect(region.cookie("__Host-gatehouse") == nil)
        let good = try await ticket()
        let nonce = region.cookie("__Host-gatehouse-handover") ?? ""
        #expect(try await region.get(good).location == "/services")
        let again = portal.client()
        again.setCookie("__Host-gatehouse-handover", nonce)
        #expect(try await again.get(good).location == "/")
        #expect(again.cookie("__Host-gatehouse") == nil)
    }

    @Test func `a broker of the other region is led to its own, and has no session left here`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@liberty.example", at: TestPortal.eu)
        let page = try await owner.follow(try await owner.get("/marketplace"))
        #expect(owner.host == TestPortal.us && page.status == .ok)
        #expect(page.words.contains("Liberty IT") && page.words.contains("Marketplace"))
    }

    @Test func `somebody else's branded address is no place to work`() async throws {
        let portal = try TestPortal()
        for email in ["owner@liberty.example", "admin@gatehouse.example"] {
            let client = try await portal.client(signedInAs: email, at: TestPortal.shop)
            let page = try await client.get("/")
            #expect(
                page.status == .seeOther && page.location?.contains("/handover/start?from=shop.acme.localhost") == true)
            let end = try await client.follow(page)
            #expect(
                end.status == .ok && client.host != TestPortal.shop,
                "\(email) \(end.status) \(end.location ?? "") \(end.words.prefix(300))")
        }
    }
}
