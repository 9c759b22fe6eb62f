import Foundation
import HTTPTypes
import TestPortal
import Testing

/// Signing in and out, and what a session is worth where and how long.
@Suite struct SessionTests {
    @Test func `a wrong password and an unknown address are answered alike, and are audited`() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        _ = try await client.get("/sign-in")
        let wrong = try await client.post(
            "/sign-in", ["email": "owner@acme.example", "password": "wrong-password", "next": "/"])
        let unknown = try await client.post(
            "/sign-in", ["email": "nobody@acme.example", "password": "wrong-password", "next": "/"])
        #expect(wrong.status == .unprocessableContent && unknown.status == .unprocessableContent)
        #expect(wrong.words.replacing("owner@", with: "") == unknown.words.replacing("nobody@", with: ""))
        #expect(!wrong.text.contains("wrong-password"))
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("/audit").words.contains("session.start host:eu.gatehouse.localhost Refused"))
    }

    @Test func `many wrong passwords slow down and never lock out`() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        _ = try await client.get("/sign-in")
        for _ in 0..<5 {
            _ = try await client.post("/sign-in", ["email": "owner@acme.example", "password": "wrong", "next": "/"])
        }
        let slowed = try await client.post(
            "/sign-in", ["email": "owner@acme.example", "password": "gatehouse-practice", "next": "/"])
        #expect(slowed.words.contains("Too many tries. Wait 2 seconds"))
        portal.clock.advance(by: 61)
        let page = try await client.post(
            "/sign-in", ["email": "owner@acme.example", "password": "gatehouse-practice", "next": "/"])
        #expect(page.status == .seeOther)
    }

    @Test func `signing in gives a new token, and the cookie can't be planted or read by a script`() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        client.setCookie("__Host-gatehouse", "planted")
        _ = try await client.get("/sign-in")
        let page = try await client.post(
            "/sign-in", ["email": "owner@acme.example", "password": "gatehouse-practice", "next": "/"])
        let cookie = page.headers[values: .setCookie].first { $0.hasPrefix("__Host-gatehouse=") } ?? ""
        #expect(cookie.contains("Path=/; Secure; HttpOnly; SameSite=Lax") && !cookie.contains("Domain"))
        #expect(client.cookie("__Host-gatehouse") != "planted")
        #expect(
            Data(
                base64Encoded: (client.cookie("__Host-gatehouse") ?? "").replacing("-", with: "+").replacing(
                    "_", with: "/") + "=")?.count == 32)
    }

    @Test func `after signing out the old cookie is dead`() async throws {
        let portal = try TestPortal()
        let client = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await client.get("/")
        let cookie = try #require(client.cookie("__Host-gatehouse"))
        _ = try await client.post("/sign-out")
        client.setCookie("__Host-gatehouse", cookie)
        #expect(try await client.get("/").location?.hasPrefix("/sign-in") == true)
    }

    @Test func `signing in anew ends the session from before`() async throws {
        let portal = try TestPortal()
        let client = try await portal.client(signedInAs: "owner@acme.example")
        let old = try #require(client.cookie("__Host-gatehouse"))
        client.setCookie("__Host-gatehouse-visitor", "visitor")
        let fresh = portal.client()
        fresh.setCookie("__Host-gatehouse", old)
        _ = try await fresh.get("/")
        _ = try await fresh.post("/sign-in", ["email": "owner@acme.example", "password": "gatehouse-practice", "next": "/"])
        #expect(try await client.get("/").location?.hasPrefix("/sign-in") == true)
        #expect(try await fresh.get("/").status == .ok)
    }

    @Test func `signing out at the branded address ends what was handed over from it`() async throws {
        let portal = try TestPortal()
        let client = try await portal.client(signedInAs: "owner@acme.example", at: TestPortal.shop)
        let arrived = try await client.open("http://eu.gatehouse.localhost:8080/handover/start?from=shop.acme.localhost&path=/services")
        #expect(arrived.words.contains("My Services"))
        let back = try await client.open("http://shop.acme.localhost:8080/")
        #expect(back.status == .ok)
        _ = try await client.post("/sign-out")
        let region = try await client.open("http://eu.gatehouse.localhost:8080/services")
        #expect(region.words.contains("Sign in"))
    }

    @Test func `a session ends after half an hour without use, and after ten hours with it`() async throws {
        let portal = try TestPortal()
        let idle = try await portal.client(signedInAs: "owner@acme.example")
        portal.clock.advance(by: 29 * 60)
        #expect(try await idle.get("/").status == .ok)
        portal.clock.advance(by: 29 * 60)
        #expect(try await idle.get("/").status == .ok)
        portal.clock.advance(by: 31 * 60)
        #expect(try await idle.get("/").status == .seeOther)
        let busy = try await portal.client(signedInAs: "owner@acme.example")
        for _ in 0..<29 {
            portal.clock.advance(by: 20 * 60)
            #expect(try await busy.get("/").status == .ok)
        }
        portal.clock.advance(by: 21 * 60)
        #expect(try await busy.get("/").status == .seeOther)
    }

    @Test func `a session's cookie is worth nothing at another host`() async throws {
        let portal = try TestPortal()
        let client = try await portal.client(signedInAs: "owner@acme.example")
        let elsewhere = portal.client(at: TestPortal.shop)
        elsewhere.setCookie("__Host-gatehouse", client.cookie("__Host-gatehouse") ?? "")
        #expect(try await elsewhere.get("/").location?.hasPrefix("/sign-in") == true)
    }

    @Test(arguments: [
        "//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1",
    ])
    func `signing in leads only to a page of this portal`(next: String) async throws {
        let portal = try TestPortal()
        let client = portal.client()
        _ = try await client.get("/sign-in")
        let page = try await client.post(
            "/sign-in", ["email": "owner@acme.example", "password": "gatehouse-practice", "next": next])
        #expect(page.location == "/")
    }

    @Test func `every answer carries the security header fields`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        for path in ["/", "/nothing-here", "/sign-in", "/healthz", "/connections/return?state=x"] {
            let page = try await owner.get(path)
            let policy = HTTPField.Name("Content-Security-Policy").flatMap { page.headers[$0] } ?? ""
            #expect(
                policy.hasPrefix("default-src 'none'; style-src 'self'") && policy.contains("frame-ancestors 'none'"),
                "\(path)")
            #expect(page.headers[.cacheControl] == "no-store", "\(path)")
            #expect(!page.text.contains("style=\"") && !page.text.contains("onclick"), "\(path)")
        }
    }
}
