import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// What surrounds the words of an error.
@Suite struct ErrorPageTests {
    private static let menu = #"<nav class="menu""#

    @Test func `whoever is signed in finds an error within the frame, with the menu and the ribbons`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        for path in ["/nothing/here", "/users/nobody", "/brokers", "/plugins/toy-cloud", "/sign-out"] {
            let page = try await owner.get(path)
            #expect(page.status == .notFound || page.status == .methodNotAllowed, "\(path)")
            #expect(page.text.contains(Self.menu) && page.words.contains("Olivia Owner"), "\(path)")
            #expect(page.words.contains("Practice mode") && page.words.contains("Go to the start page"), "\(path)")
            #expect(!page.text.contains(#"aria-current="page""#), "\(path): no entry of the menu is where one is")
        }
        let form = try await owner.post("/groups", ["name": "x"], token: "forged")
        #expect(form.status == .forbidden && form.text.contains(Self.menu))
        let stale = try await owner.post("/users/user-support@acme.example/role", ["held": "x"])
        #expect(stale.words.contains("The form is not kept any more") && stale.text.contains(Self.menu))
    }

    @Test func `what is forbidden looks like what is missing, whatever the address claims`() async throws {
        let portal = try TestPortal()
        let manager = try await portal.client(signedInAs: "manager@acme.example")
        let none = try await manager.get("/nothing/here")
        for path in ["/users/new", "/groups/new", "/brokers/broker-acme", "/users/user-x?done=user-deleted"] {
            let page = try await manager.get(path)
            #expect(page.status == .notFound && page.text == none.text, "\(path)")
        }
    }

    @Test func `without a complete sign-in, or at an address that is not theirs, an error is bare`() async throws {
        let portal = try TestPortal()
        let visitor = try await portal.client().get("/nothing/here")
        #expect(visitor.status == .notFound && !visitor.text.contains(Self.menu))
        let wrong = try await portal.client(signedInAs: "owner@acme.example", at: TestPortal.us)
        let there = try await wrong.get("/nothing/here")
        #expect(there.status == .notFound && !there.text.contains(Self.menu) && !there.words.contains("Olivia"))
        let unknown = try await portal.client(at: "unknown.localhost").get("/")
        #expect(unknown.status == .misdirectedRequest && !unknown.text.contains(Self.menu))
        let client = try await portal.client(signedInAs: "owner@acme.example")
        try portal.portal.database.write { try $0.execute("UPDATE session SET stage = 'second-factor'") }
        let half = try await client.get("/nothing/here")
        #expect(half.status == .notFound && !half.text.contains(Self.menu) && !half.words.contains("Olivia"))
    }
}
