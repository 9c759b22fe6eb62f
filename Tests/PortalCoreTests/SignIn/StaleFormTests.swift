import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// Forms of visitors that were open for longer than the browser keeps their cookie.
@Suite struct StaleFormTests {
    @Test(arguments: [
        ("/sign-in", "/sign-in"), ("/sign-in/sso", "/sign-in/sso"), ("/forgotten-password", "/forgotten-password"),
    ])
    func `a form whose cookie is gone comes back with the address that was typed`(page path: String, form: String)
        async throws
    {
        let portal = try TestPortal()
        let client = portal.client()
        _ = try await client.get(path)
        client.setCookie(SignInRoutes.visitorCookie, Token().text)
        let page = try await client.post(
            form, ["email": "Owner@acme.example ", "password": "gatehouse-practice", "next": "/jobs"])
        #expect(page.status == .forbidden && page.words.contains("This page was open for too long"))
        #expect(page.text.contains(#"value="owner@acme.example""#) && !page.text.contains("gatehouse-practice"))
        #expect(client.cookie(Session.cookie) == nil, "nobody is signed in by it")
        // The page that came back works.
        let again = try await client.post(
            form, ["email": "owner@acme.example", "password": "gatehouse-practice", "next": "/jobs"])
        #expect(again.status != .forbidden)
        if form == "/sign-in" { #expect(again.location == "/jobs") }
    }

    @Test func `another site's form gets nothing of it, nor does one of somebody who is signed in`() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        _ = try await client.get("/sign-in")
        let foreign = try await client.post(
            "/sign-in", ["email": "owner@acme.example", "password": "gatehouse-practice"],
            origin: "http://evil.localhost")
        #expect(foreign.status == .forbidden && foreign.words.contains("The form was not accepted"))
        #expect(!foreign.text.contains("owner@acme.example"))
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let page = try await owner.post("/sign-in", ["email": "manager@acme.example"], token: "")
        #expect(page.status == .forbidden && page.words.contains("The form was not accepted"))
    }
}
