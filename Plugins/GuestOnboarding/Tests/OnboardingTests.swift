import Foundation
import MicrosoftSandbox
import TestPortal
import Testing

/// The five steps with their four actors.
@Suite struct OnboardingTests {
    @Test func `broker, customer, guest and broker bring a tenant to the customer selector`() async throws {
        let world = try await OnboardingWorld()
        let found = try await world.look()
        #expect(found.words.contains("Name at Microsoft"))
        #expect(found.words.contains(world.customer.id))
        let tenant = try await world.add()
        #expect(try await world.owner.get(tenant).words.contains("Temporary name"))
        #expect(try await world.tracker(tenant).words.contains("1 Request customer approval Waiting"))
        let link = try await world.request(tenant)
        #expect(try await world.tracker(tenant).words.contains("2 Customer approves Waiting"))
        let letter = try await world.portal.client().get(link)
        #expect(letter.words.contains("Acme Cloud asks to look after Temporary name at Microsoft"))
        let after = try await world.approve(link, as: world.administrator)
        #expect(after.words.contains("Approved on"))
        #expect(after.words.contains("How to take it back"))
        #expect(try await world.tracker(tenant).words.contains("3 Guest invitation accepted Waiting"))
        let page = try await world.redeem(tenant)
        await world.wait()
        #expect(try await world.tracker(tenant).words.contains("4 Permissions accepted Waiting"))
        let thanks = try await world.approve(page, as: PracticePerson(OnboardingWorld.guest))
        #expect(thanks.words.contains("The portal does the rest by itself"))
        let done = try await world.tracker(tenant)
        #expect(done.words.contains("5 Finalize approval Done"), "\(done.words)")
        #expect(done.words.contains("Access Enabled ,"), "\(done.words)")
        #expect(!done.words.contains("Set-up of Temporary name"))
        let customers = try await world.owner.get("/customers")
        #expect(customers.words.contains(world.customer.id))
        let list = try await world.owner.get("/tenants")
        #expect(list.words.contains("Microsoft 365 Linked"), "\(list.words)")
    }
}
