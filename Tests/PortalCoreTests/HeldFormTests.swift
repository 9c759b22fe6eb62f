import Foundation
import HTTPTypes
import TestPortal
import Testing

/// Forms that wait for a detour: after the end of a session, and for a proof of who it is.
@Suite struct HeldFormTests {
    private func held(_ page: TestPage) throws -> String {
        String(try #require(page.text.firstMatch(of: /name="held" value="([^"]*)"/)?.output.1))
    }

    @Test func `check 14: what was typed in a session that has ended is kept for the next one, in this browser`()
        async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        portal.clock.advance(by: 31 * 60)
        let late = try await owner.post("/marketplace/toy-cloud/additions", ["note": "typed at length"])
        let next = try #require(late.location)
        #expect(next.hasPrefix("/sign-in?next=%2Fheld%2F") && !next.contains("typed"))
        let path = String(next.dropFirst("/sign-in?next=".count)).removingPercentEncoding ?? ""
        _ = try await owner.get(next)
        let back = try await owner.post(
            "/sign-in", ["email": "owner@acme.example", "password": "gatehouse-practice", "next": path])
        #expect(back.location == path)
        let stranger = try await portal.client(signedInAs: "owner@acme.example")
        #expect(try await stranger.get(path).status == .notFound)
        let page = try await owner.get(path)
        #expect(
            page.words.contains("Nothing is lost") && page.text.contains(#"action="/marketplace/toy-cloud/additions""#))
        let token = try held(page)
        #expect(try await owner.post("/marketplace/toy-cloud/additions", ["held": token]).status == .seeOther)
        #expect(try await owner.get("/services").words.contains("Toy Cloud"))
        #expect(try await owner.get(path).status == .notFound, "it is sent once")
        let elsewhere = try await owner.post("/services/toy-cloud/removal", ["held": token])
        #expect(elsewhere.status == .notFound, "a kept form goes nowhere but where it was sent to")
    }

    @Test func `a grave change asks for the password again after a while, and is carried out with it`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        portal.clock.advance(by: 11 * 60)
        _ = try await owner.get("/services/toy-cloud/authentication")
        let path = "/services/toy-cloud/authentication"
        let asked = try await owner.post(path, ["key": ToyUpstream.key])
        let confirm = try await owner.get(try #require(asked.location))
        #expect(confirm.words.contains("Confirm that it is you") && !confirm.text.contains(ToyUpstream.key))
        #expect(confirm.text.contains(#"action="\#(path)""#))
        let token = try held(confirm)
        let wrong = try await owner.post(path, ["held": token, "confirm-password": "not mine"])
        let again = try await owner.get(try #require(wrong.location))
        #expect(again.words.contains("The password is wrong"))
        let done = try await owner.post(
            path, ["held": try held(again), "confirm-password": "gatehouse-practice"])
        #expect(done.location?.hasPrefix("/services/toy-cloud/sign-ins/") == true)
        let lines = try await owner.get("/audit").words
        #expect(lines.contains("session.confirm") && lines.contains("Refused"))
    }
}
