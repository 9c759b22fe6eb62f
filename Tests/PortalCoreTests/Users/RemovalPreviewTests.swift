import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// What goes is said on a page of its own before it goes.
@Suite struct RemovalPreviewTests {
    @Test func `a group's removal says who loses what, and is done by its form`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/groups/new")
        let made = try await owner.post(
            "/groups",
            [
                "name": "Night shift", "role": "provider-access-administrator",
                "person-user-support@acme.example": "on",
            ])
        let path = String(try #require(made.location).split(separator: "?")[0])
        let edit = try await owner.get(path)
        #expect(edit.text.contains(#"href="\#(path)/removal""#) && !edit.text.contains(#"action="\#(path)/removal""#))
        let preview = try await owner.get("\(path)/removal")
        #expect(preview.words.contains("Delete Night shift") && preview.words.contains("1 member is in it no more"))
        #expect(
            preview.words.contains("no longer Provider access administrator") && preview.words.contains("Sam Support"))
        #expect(try await owner.get(path).status == .ok, "looking changes nothing")
        let manager = try await portal.client(signedInAs: "manager@acme.example")
        #expect(try await manager.get("\(path)/removal").status == .notFound)
        _ = try await owner.get("\(path)/removal")
        #expect(try await owner.post("\(path)/removal").location == "/groups?done=group-deleted")
    }

    @Test func `withdrawing an invited person says what goes; of others the page says what to do instead`() async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/users/new")
        let invited = try await owner.get(
            try #require(
                try await owner.post(
                    "/users", ["name": "Nora New", "email": "nora@acme.example", "role": "broker-support"]
                ).location))
        let path = String(try #require(invited.text.firstMatch(of: /action="(\/users\/[^"\/]*)\/role"/)?.output.1))
        #expect(invited.text.contains(#"href="\#(path)/removal""#))
        let preview = try await owner.get("\(path)/removal")
        #expect(preview.words.contains("Withdraw the invitation of Nora New"))
        #expect(preview.words.contains("nora@acme.example") && preview.words.contains("would work until"))
        #expect(try await owner.get(path).status == .ok, "looking changes nothing")
        portal.clock.advance(by: 25 * 3_600)
        let next = try await portal.client(signedInAs: "owner@acme.example")
        #expect(try await next.get("\(path)/removal").words.contains("No link of it works any more"))
        #expect(try await next.post("\(path)/removal").location == "/users?done=user-deleted")
        let active = try await next.get("/users/user-support@acme.example/removal")
        #expect(active.location == "/users/user-support@acme.example")
        #expect(try await next.get("/users/user-owner@liberty.example/removal").status == .notFound)
        #expect(try await next.get("/users/user-owner@acme.example/removal").status == .notFound, "oneself")
    }

    @Test func `withdrawing an owner's invitation says what goes`() async throws {
        let world = try await BrokerWorld()
        let (path, page, _) = try await world.create("Neu")
        let user = try #require(page.text.firstMatch(of: /withdrawals\?user=([^"]*)"/)?.output.1)
        let preview = try await world.admin.get("\(path)/withdrawals?user=\(user)")
        #expect(preview.words.contains("Withdraw the invitation of Nora New"))
        #expect(preview.text.contains(#"action="\#(path)/withdrawals""#))
        let done = try await world.admin.post("\(path)/withdrawals", ["user": String(user)])
        #expect(done.location == "\(path)?done=invitation-withdrawn")
        #expect(try await world.admin.get("\(path)/withdrawals?user=\(user)").status == .conflict)
        let accepted = try await world.admin.get("\(world.acme)/withdrawals?user=user-owner@acme.example")
        #expect(accepted.status == .conflict)
    }

    @Test func `removing the provider of single sign-on says who is concerned`() async throws {
        let world = try await SSOWorld.enabled()
        let none = try await SSOWorld()
        #expect(try await none.owner.get("/security/provider-removal").location == "/security")
        let owner = try await world.signedIn()
        _ = try await world.signedIn()
        let page = try await owner.get("/security")
        #expect(page.text.contains(#"href="/security/provider-removal""#))
        let preview = try await owner.get("/security/provider-removal")
        #expect(
            preview.words.contains("Remove login.acme.example")
                && preview.words.contains("acme.example : another broker"))
        #expect(
            preview.words.contains("The links of 1 person")
                && preview.words.contains("1 other session that it has opened ends"))
        #expect(!preview.words.contains("no password here"))
        try world.portal.portal.database.write {
            try $0.execute("UPDATE portal_user SET password = '' WHERE email = 'owner@acme.example'")
        }
        #expect(try await owner.get("/security/provider-removal").words.contains("1 of them has no password here"))
        _ = try await owner.get("/security")
        _ = try await owner.post("/security/sso-required", ["to": "on"])
        let required = try await owner.get("/security/provider-removal")
        #expect(required.words.contains("Switch the requirement off first"))
        #expect(!required.text.contains(#"action="/security/provider-removal""#))
    }
}
