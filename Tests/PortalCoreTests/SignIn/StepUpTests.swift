import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// The page that asks anew who it is: what it says of what waits, and how one gets away from it.
@Suite struct StepUpTests {
    @Test func `every route that asks for a step-up says what waits`() throws {
        let routes = try TestPortal().portal.routes.filter(\.needsRecentProof).map(\.path)
        let without = Set(routes).filter { $0 != "/confirm" && !StepUpWords.isKnown($0) }
        #expect(without.isEmpty, "SignIn/StepUpWords.swift has no words for \(without.sorted())")
        #expect(routes.contains("/services/:plugin/authentication"))
    }

    /// A person on the page, with a new sign-in at a provider waiting.
    private func waiting() async throws -> (portal: TestPortal, owner: TestClient, page: TestPage) {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        portal.clock.advance(by: 11 * 60)
        _ = try await owner.get("/services/toy-cloud/authentication")
        let asked = try await owner.post("/services/toy-cloud/authentication", ["key": ToyUpstream.key])
        return (portal, owner, try await owner.get(try #require(asked.location)))
    }

    private func leaveAddress(_ page: TestPage) throws -> String {
        String(try #require(page.text.firstMatch(of: /action="(\/held\/[^"]*\/removal)"/)?.output.1))
    }

    @Test func `the page says what waits, and Leave it drops it`() async throws {
        let (portal, owner, page) = try await waiting()
        #expect(page.words.contains("What waits: Sign in at the provider"))
        #expect(page.words.contains("Leave it drops it"))
        let address = try leaveAddress(page)
        let stranger = try await portal.client(signedInAs: "manager@acme.example")
        _ = try await stranger.get("/")
        #expect(try await stranger.post(address).status == .notFound, "it is not everybody's to drop")
        let left = try await owner.post(address)
        #expect(left.location == "/?done=form-dropped")
        #expect(try await owner.follow(left).words.contains("What waited was dropped. Nothing was changed."))
        let token = try #require(page.text.firstMatch(of: /name="held" value="([^"]*)"/)?.output.1)
        let late = try await owner.post(
            "/services/toy-cloud/authentication", ["held": String(token), "confirm-password": "gatehouse-practice"])
        #expect(late.status == .notFound && late.words.contains("The form is not kept any more"))
        #expect(try portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM held_form") } == 0)
        #expect(try await owner.post(address).status == .notFound, "once is enough")
    }

    @Test func `the page of a kept form has the same way out`() async throws {
        let (portal, owner, page) = try await waiting()
        let token = try #require(page.text.firstMatch(of: /name="held" value="([^"]*)"/)?.output.1)
        let kept = try await owner.get("/held/\(token)")
        #expect(kept.words.contains("Nothing is lost"))
        #expect(try await owner.post(leaveAddress(kept)).location == "/?done=form-dropped")
        #expect(try portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM held_form") } == 0)
    }

    @Test(
        arguments: [
            ("/security/sso-required", ["to": "off"], "No longer require single sign-on"),
            ("/security/sso-enabled", ["to": "on"], "Enable single sign-on"),
            ("/groups/group-x/removal", [:], "Delete the group"),
            ("/users/u/removal", [:], "Withdraw the person's invitation"),
            ("/groups", [:], "Make the group"), ("/something/new", [:], nil), ("", [:], nil), ("/?x", [:], nil),
        ] as [(String, [String: String], String?)])
    func `what waits is named by its address`(path: String, fields: [String: String], words: String?) {
        #expect(StepUpWords.title(path, fields) == words)
    }

    @Test func `on the way to a page it names the page, and nothing waits to be dropped`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        portal.clock.advance(by: 11 * 60)
        let page = try await owner.follow(owner.get("/account/second-factor"))
        #expect(page.words.contains("What waits: Set up your second step"))
        #expect(!page.text.contains("/removal\"") && page.text.contains(#"<a class="cancel" href="/">Leave it</a>"#))
    }
}
