import TestPortal
import Testing

@testable import PortalCore

/// What is taken as a broker's own host name.
@Suite struct BrandedHostTests {
    private static let addresses = Addresses(
        regions: ["eu", "us"].map {
            Region(id: $0, baseURL: BaseURL(scheme: "https", host: "\($0).portal.example", port: nil))
        })

    @Test(arguments: [
        ("shop.acme.example", "shop.acme.example"), ("  SHOP.Acme.Example  ", "shop.acme.example"),
        ("shop.acme.example.", "shop.acme.example"), ("shop.acme.example:8443", "shop.acme.example"),
        ("https://shop.acme.example/store?x=1#y", "shop.acme.example"), ("//shop.acme.example", nil),
        ("bücher.example", "xn--bcher-kva.example"), ("BÜCHER.example", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"), ("ｓｈｏｐ.acme.example", "shop.acme.example"),
        ("shop。acme.example", "shop.acme.example"), ("portal.example", "portal.example"),
        ("neu.portal.example", "neu.portal.example"),
    ])
    func `check 8: a host name is kept in one form`(typed: String, host: String?) {
        #expect((try? BrandedHost(typed, Self.addresses))?.host.name == host)
    }

    @Test(arguments: [
        ("", BrandedHost.Problem.missing), ("   ", .missing), ("shop", .oneLabel), ("192.0.2.7", .ipAddress),
        ("[2001:db8::1]", .ipAddress), ("2001:db8::1", .ipAddress), ("2130706433", .ipAddress), ("0x7f.1", .ipAddress),
        ("127.1", .ipAddress), ("shop.0x7f", .ipAddress), ("localhost", .thisMachine), ("shop.localhost", .thisMachine),
        ("eu.portal.example", .ours("eu.portal.example")), ("EU.portal.example.", .ours("eu.portal.example")),
        ("a.b.us.portal.example", .ours("us.portal.example")), ("me@shop.example", .notAName),
        ("shop example.com", .notAName), ("a_b.example", .notAName), ("-shop.example", .notAName),
        ("shop-.example", .notAName), ("shop..example", .notAName), (".example", .notAName),
        ("*.example.com", .notAName),
        ("shop.example\u{0}", .notAName), ("xn--zzzzzz.example", .notAName), ("%73hop.example", .notAName),
        (String(repeating: "a", count: 64) + ".example", .notAName),
        (String(repeating: "a.", count: 140) + "b", .notAName),
        (String(repeating: "a", count: 65_536), .notAName),
    ])
    func `check 8: what is no host name of a broker's is refused, and said why`(
        typed: String, problem: BrandedHost.Problem
    ) {
        #expect(throws: problem) { try BrandedHost(typed, Self.addresses) }
        #expect(problem.text.hasSuffix("."))
    }

    @Test func `names on this machine are for practice and trials only`() throws {
        let trial = Addresses(regions: [
            Region(id: "eu", baseURL: BaseURL(scheme: "http", host: "eu.gatehouse.localhost", port: 8080))
        ])
        #expect(try BrandedHost("shop.acme.localhost", trial).host.name == "shop.acme.localhost")
        #expect(throws: BrandedHost.Problem.thisMachine) { try BrandedHost("localhost", trial) }
    }

    @Test(arguments: [
        ("аcme.example", "acme.example", true), ("асmе.example", "acme.example", true),
        ("xn--cme-5cd.example", "acme.example", true), ("αcme.example", "acme.example", true),
        ("acmé.example", "acme.example", false), ("acme.example", "acne.example", false),
        ("bücher.example", "bucher.example", false),
    ])
    func `check 8: a name with letters of another script looks like its twin`(one: String, other: String, alike: Bool)
        throws
    {
        let (one, other) = try (BrandedHost(one, Self.addresses).host, BrandedHost(other, Self.addresses).host)
        #expect(one != other && (one.look == other.look) == alike)
    }
}
