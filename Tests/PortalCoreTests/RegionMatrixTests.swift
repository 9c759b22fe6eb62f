import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Who may be where: every kind of person at every address, looking, changing, and signing in at a provider.
@Suite struct RegionMatrixTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let email: String
        let host: String
        /// The host where the person ends.
        let home: String
        var testDescription: String { "\(email) at \(host)" }
        var isRight: Bool { host == home }
    }

    static let theirs = "shop.liberty.localhost"
    static let hosts = [TestPortal.eu, TestPortal.us, TestPortal.shop, theirs]
    /// Where each person may work; the first is the home of those who are elsewhere.
    static let places: [(String, [String])] = [
        ("owner@acme.example", [TestPortal.eu, TestPortal.shop]),
        ("anna@northgate.example", [TestPortal.eu, TestPortal.shop]),
        ("owner@liberty.example", [TestPortal.us, theirs]),
        ("admin@gatehouse.example", [TestPortal.eu, TestPortal.us]),
    ]
    static let cases = places.flatMap { email, right in
        hosts.map { Case(email: email, host: $0, home: right.contains($0) ? $0 : right[0]) }
    }

    private func portal() throws -> TestPortal {
        let portal = try TestPortal()
        try portal.portal.database.write { try $0.insert(brandedHost: Self.theirs, of: "broker-liberty") }
        return portal
    }

    private func signedIn(_ one: Case, _ portal: TestPortal) async throws -> TestClient {
        try await portal.client(signedInAs: one.email, at: one.host)
    }

    /// The token of the forms of this browser's session here.
    private func token(_ client: TestClient) -> String {
        Token(client.cookie("__Host-gatehouse") ?? "").derived("form")
    }

    @Test(arguments: cases)
    func `check 2: looking goes at home and on the own branded address; elsewhere it leads home`(
        one: Case
    ) async throws {
        let portal = try portal()
        let client = try await signedIn(one, portal)
        let page = try await client.get("/?q=a%26b")
        guard !one.isRight else {
            #expect(page.status == .ok)
            return
        }
        #expect(
            page.status == .seeOther
                && page.location == "http://\(one.home):8080/handover/start?from=\(one.host)&path=%2F%3Fq%3Da%2526b")
        let cookie = client.cookie("__Host-gatehouse") ?? ""
        let end = try await client.follow(page)
        #expect(client.host == one.home && end.status == .ok)
        // No session crosses: the one that was made at the wrong address is over.
        let left = portal.client(at: one.host)
        left.setCookie("__Host-gatehouse", cookie)
        #expect(try await left.get("/").location?.hasPrefix("/sign-in") == true)
    }

    @Test(arguments: cases.filter { !$0.isRight && $0.email.hasPrefix("owner") })
    func `check 2: an ordinary form sent to the wrong address is explained, kept, and sent at home`(one: Case)
        async throws
    {
        let portal = try portal()
        let client = try await signedIn(one, portal)
        let path = "/marketplace/toy-cloud/additions"
        let page = try await client.post(path, ["note": "typed at length"], token: token(client))
        #expect(page.status == .unprocessableContent && page.words.contains("This goes on at another address"))
        #expect(page.words.contains(one.home) && !page.text.contains("typed at length"))
        #expect(try portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM service") } == 0)
        let link = try #require(page.text.firstMatch(of: /href="(http:[^"]*handover[^"]*)"/)?.output.1)
        let kept = try await client.open(link.replacing("&amp;", with: "&"))
        #expect(client.host == one.home && kept.words.contains("Nothing is lost"))
        let held = try #require(kept.text.firstMatch(of: /name="held" value="([^"]*)"/)?.output.1)
        #expect(try await client.post(path, ["held": String(held)]).status == .seeOther)
        #expect(try portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM service") } == 1)
    }

    @Test(arguments: cases.filter { $0.email.hasPrefix("owner") })
    func `check 1: a provider's sign-in starts and is renewed at the broker's region only`(one: Case) async throws {
        let upstream = ToyUpstream()
        let portal = try TestPortal(upstream: upstream)
        try portal.portal.database.write { try $0.insert(brandedHost: Self.theirs, of: "broker-liberty") }
        let region = one.email.contains("acme") ? TestPortal.eu : TestPortal.us
        let atHome = try await portal.client(signedInAs: one.email, at: region)
        _ = try await LinkedWorld.connect(atHome, portal)
        let calls = upstream.asked.count
        let client = try await signedIn(one, portal)
        // A second sign-in, in the place of the first.
        let begun = try await client.post(
            "/services/toy-cloud/authentication", ["key": ToyUpstream.key], token: token(client))
        await portal.runJobs()
        if one.host == region {
            #expect(begun.location?.hasPrefix("/services/toy-cloud/sign-ins/") == true)
            #expect(upstream.asked.count > calls)
        } else {
            #expect(begun.status == .unprocessableContent && begun.words.contains(region))
            #expect(begun.text.contains("http://\(region):8080/handover/start?from=\(one.host)"))
            #expect(!begun.text.contains(ToyUpstream.key) && upstream.asked.count == calls)
        }
    }

    @Test(arguments: hosts)
    func `check 1: a provider's answer is taken at a region, and only in the session that began`(
        host: String
    ) async throws {
        let portal = try portal()
        let client = try await portal.client(signedInAs: "owner@acme.example", at: host)
        let page = try await client.get("/connections/return?state=x&code=y")
        #expect(page.status == (host.contains("shop") ? .notFound : .badRequest) || page.words.contains("not begun"))
        #expect(try portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM job") } == 0)
    }

    @Test(arguments: [
        ("EU.GateHouse.LocalHost", true), ("eu.gatehouse.localhost.", true), ("SHOP.acme.localhost.", true),
        ("evil.localhost", false), ("localhost", false), ("127.0.0.1", false), ("[::1]", false), ("2130706433", false),
        ("", false), ("eu.gatehouse.localhost..", false), ("eu.gatehouse.localhost@evil.example", false),
        ("evil@eu.gatehouse.localhost", false), ("eu.gatehouse.localhost.evil.example", false),
        ("evil.eu.gatehouse.localhost", false), ("eu.gatehouse.localhost/evil", false),
        ("eu gatehouse.localhost", false),
        ("eu.gatehouse.localhost:80:80", false), ("eu.gatehouse.localhost%00.evil", false),
        ("xn--eu-.gatehouse.localhost", false), (String(repeating: "a", count: 65_536), false),
    ])
    func `check 3: what a request claims as its host is one of ours in whatever spelling, or 421`(
        host: String, ours: Bool
    )
        async throws
    {
        let portal = try TestPortal()
        let client = portal.client(at: host)
        for page in [
            try await client.get("/sign-in"), try await client.get("/organizations"), try await client.post("/sign-in"),
        ] {
            #expect(page.status == .misdirectedRequest || ours, "\(page.status)")
            #expect(ours || (!page.text.contains("evil") && page.location == nil && page.headers[.setCookie] == nil))
            #expect(!page.text.contains("LocalHost") && !page.text.contains("localhost.\""))
        }
        if ours { #expect(try await client.get("/sign-in").status == .ok) }
    }

    @Test(arguments: [
        (TestPortal.eu, TestPortal.eu, true), (TestPortal.eu, "", true), (TestPortal.eu, "_", true),
        (TestPortal.eu, "EU.gatehouse.localhost.", true), (TestPortal.eu, TestPortal.us, false),
        (TestPortal.us, TestPortal.eu, false), (TestPortal.shop, TestPortal.eu, false),
        (TestPortal.eu, "evil.example", false),
        ("evil.example", TestPortal.eu, false), (nil, TestPortal.eu, false),
    ])
    func `check 6: a Host that is not what the web server calls itself is refused`(
        host: String?, serverName: String, isTaken: Bool
    ) async throws {
        let portal = try TestPortal()
        let source = FastCGIRequestContextSource(
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            variables: CGIVariables(serverName: serverName, remoteAddress: "192.0.2.1", isHTTPS: false))
        let head = HTTPRequest(method: .get, scheme: "http", authority: host, path: "/sign-in")
        let response = try await portal.portal.responder().respond(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer())), context: PortalContext(source: source))
        #expect(response.status == (isTaken ? .ok : .misdirectedRequest))
    }

    @Test(arguments: [
        "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-For",
        "Forwarded",
        "X-Original-URL", "X-Rewrite-URL", "X-Host", "X-Real-IP", "Proxy",
    ])
    func `check 4: header fields that claim another address change nothing`(field: String) async throws {
        let portal = try portal()
        let name = try #require(HTTPField.Name(field))
        for host in Self.hosts {
            let client = try await portal.client(signedInAs: "owner@acme.example", at: host)
            let plain = try await client.get("/services")
            for claim in ["evil.example", "us.gatehouse.localhost", "https", "host=evil.example;proto=https", "/evil"] {
                let page = try await client.get("/services", [name: claim])
                #expect(page.status == plain.status && page.location == plain.location)
                #expect(page.text == plain.text && page.headers == plain.headers)
            }
        }
    }

    @Test func `check 9: links in mails and on pages are made of the configuration, wherever they were asked for`()
        async throws
    {
        let portal = try portal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example", at: TestPortal.us)
        let name = try #require(HTTPField.Name("X-Forwarded-Host"))
        _ = try await admin.get("/brokers/new", [name: "evil.example"])
        let made = try await admin.post(
            "/brokers", ["name": "Neu", "region": "eu", "owner-name": "Nora", "email": "nora@new.example"])
        let page = try await admin.get(try #require(made.location), [name: "evil.example"])
        let link = try BrokerWorld.link(in: page)
        #expect(link.hasPrefix("http://eu.gatehouse.localhost:8080/invitation/"))
        let (sealed, id) = try #require(
            try portal.portal.database.read {
                try $0.first("SELECT body, id FROM mail") { try ($0[0] as [UInt8], $0[1] as Key<Mail>) }
            })
        let body = try portal.portal.vault.open(sealed, for: Mail.sealIdentity(id))
        let addresses = body.matches(of: /https?:\/\/[^\s\/]*/).map { String($0.output) }
        #expect(Set(addresses) == ["http://eu.gatehouse.localhost:8080"])
        let listed = try await admin.get("/addresses", [name: "evil.example"]).text
        for address in [
            "http://eu.gatehouse.localhost:8080/connections/return",
            "http://us.gatehouse.localhost:8080/connections/return",
            "http://eu.gatehouse.localhost:8080/sso/broker-acme/return", "http://shop.acme.localhost:8080",
            "http://us.gatehouse.localhost:8080/sso/broker-liberty/return", "http://shop.liberty.localhost:8080",
        ] {
            #expect(listed.contains("data-copy=\"\(address)\""), "\(address)")
        }
        #expect(!listed.contains("evil"))
    }
}
