import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// When a return from the provider counts as a proof of who is there.
@Suite struct SSOStepUpTests {
    @Test func `a provider that never says when it asked is believed`() async throws {
        let world = try await SSOWorld.enabled()
        var olivia = FakeProvider.olivia
        olivia.askedBefore = nil
        let owner = try await world.signedIn(olivia)
        _ = try await owner.get("/security")
        let done = try await owner.post("/security/sso-enabled", ["to": "off"])
        #expect(done.location == "/security?done=sso-disabled")
    }

    @Test func `check 29: a silent return from the provider is no step-up`() async throws {
        let world = try await SSOWorld.enabled()
        var olivia = FakeProvider.olivia
        olivia.askedBefore = 3_600
        let owner = try await world.signedIn(olivia)
        let page = try await owner.get("/security")
        #expect(page.status == .ok)
        let asked = try await owner.follow(owner.post("/security/sso-enabled", ["to": "off"]))
        #expect(asked.words.contains("Confirm with single sign-on"))
        let held = try #require(asked.text.firstMatch(of: /name="form" value="([^"]*)"/)).output.1
        let form = ["form": String(held)]
        let target = try await SSOWorld.target(owner.follow(owner.post("/confirm/sso", form)))
        #expect(target.contains("max_age=0") && target.contains("auth_time"))
        let silent = try await owner.open(world.provider.signIn(olivia, at: target))
        #expect(silent.status == .badRequest && silent.words.contains("did not ask you to sign in again"))
        // Asked there anew, it is one.
        let again = try await SSOWorld.target(owner.follow(owner.post("/confirm/sso", form)))
        #expect(try await owner.open(world.provider.signIn(FakeProvider.olivia, at: again)).words.contains("Send it"))
        #expect(
            try await owner.post("/security/sso-enabled", ["held": String(held)]).location
                == "/security?done=sso-disabled")
    }

    @Test func `a silent return to a branded host is no step-up there either`() async throws {
        let world = try await SSOWorld.enabled()
        var olivia = FakeProvider.olivia
        olivia.askedBefore = 3_600
        _ = try await world.signedIn(olivia, at: TestPortal.shop)
        let proofs = try world.portal.portal.database.read {
            try $0.query("SELECT proved_at FROM session WHERE method = 'sso'") { try $0[0] as Date }
        }
        #expect(proofs.count == 2 && proofs.allSatisfy { $0 <= world.portal.clock.now - 3_500 })
    }

    @Test func `a step-up with the provider carries out what waited, and only for the same person`() async throws {
        let (world, owner) = try await SSOWorld.required()
        world.portal.clock.advance(by: 11 * 60)
        _ = try await owner.get("/security")
        let asked = try await owner.follow(owner.post("/security/sso-required", ["to": "off"]))
        #expect(asked.words.contains("Confirm with single sign-on"))
        #expect(try world.isRequired)
        let held = try #require(asked.text.firstMatch(of: /name="form" value="([^"]*)"/)).output.1
        let away = try await owner.follow(owner.post("/confirm/sso", ["form": String(held)]))
        let target = try SSOWorld.target(away)
        #expect(target.contains("prompt=login") && target.contains("max_age=0"))
        let stranger = FakeProvider.Person(subject: "s-mia", email: "manager@acme.example")
        #expect(try await owner.open(world.provider.signIn(stranger, at: target)).words.contains("another person's"))
        let again = try await SSOWorld.target(owner.follow(owner.post("/confirm/sso", ["form": String(held)])))
        let page = try await owner.open(world.provider.signIn(FakeProvider.olivia, at: again))
        #expect(page.words.contains("Send it"))
        _ = try await owner.post("/security/sso-required", ["held": String(held)])
        #expect(try !world.isRequired)
    }
}
