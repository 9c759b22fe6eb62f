import Foundation
import HTTPTypes
import MicrosoftSandbox
import TestPortal
import Testing

/// What goes wrong on the way, and how it goes on.
@Suite struct SetbackTests {
    @Test func `a tenant that is there, a wrong guest and an unknown tenant are told before anything is added`()
        async throws
    {
        let world = try await OnboardingWorld()
        let unknown = try await world.look(tenant: "nobody.example")
        #expect(unknown.words.contains("Microsoft knows no tenant with nobody.example"))
        let guest = try await world.look(guest: "somebody@elsewhere.example")
        #expect(guest.words.contains("elsewhere.example is no verified domain of your own tenant"))
        #expect(guest.text.contains("value=\"somebody@elsewhere.example\""))
        let own = try await world.look(tenant: OnboardingWorld.acme)
        #expect(own.words.contains("That is your own tenant"))
        #expect(try await world.look(tenant: world.customer.domain).words.contains(world.customer.id))
        _ = try await world.add()
        #expect(try await world.look().words.contains("This tenant is there already"))
    }

    @Test func `a refusal is told with its reason, and a new request goes on from there`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        let link = try await world.request(tenant)
        let browser = world.portal.client()
        _ = try await browser.get("\(link)/refusal")
        let empty = try await browser.post("\(link)/refusal", ["tenant": world.customer.id, "reason": " "])
        #expect(empty.status == .unprocessableContent)
        let refused = try await browser.post(
            "\(link)/refusal", ["tenant": world.customer.id, "reason": "We have <another> partner"])
        #expect(refused.status == .seeOther)
        await world.portal.runJobs()
        #expect(try await browser.get(link).words.contains("Refused on"))
        let tracker = try await world.tracker(tenant)
        #expect(tracker.words.contains("1 Request customer approval Waiting"))
        #expect(tracker.words.contains("We have <another> partner"))
        #expect(try await world.owner.get("/attention").words.contains("refused what it was asked"))
        let second = try await world.request(tenant)
        #expect(second != link)
        #expect(try await world.approve(second, as: world.administrator).words.contains("Approved on"))
        #expect(try await browser.get(link).words.contains("Refused on"))
    }

    @Test func `who closes Microsoft's page half-way comes back and goes on`() async throws {
        let world = try await OnboardingWorld()
        let link = try await world.request(try await world.add())
        let browser = world.portal.client()
        for _ in 0..<3 { _ = try await world.depart(link, by: browser) }
        #expect(try await world.owner.get("/approvals").words.contains("Opened"))
        #expect(try await world.approve(link, as: world.administrator, by: browser).words.contains("Approved on"))
    }

    @Test func `Cancel at Microsoft leaves the link good`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        let link = try await world.request(tenant)
        var person = world.administrator
        person.consents = false
        #expect(try await world.approve(link, as: person).words.contains("It was not accepted"))
        let tracker = try await world.tracker(tenant).words
        #expect(tracker.contains("AADSTS65004") && tracker.contains("Tracking id") && tracker.contains("Event id"))
        #expect(try await world.approve(link, as: world.administrator).words.contains("Approved on"))
    }

    @Test func `Microsoft that is slow to know the application is waited for`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        let link = try await world.request(tenant)
        _ = try await world.sandbox.respond(
            to: .init(
                method: .post, scheme: "http", authority: "sandbox", path: "/control/principal-delay",
                headerFields: [.contentType: "application/x-www-form-urlencoded"]), body: Array("requests=3".utf8))
        #expect(try await world.approve(link, as: world.administrator).words.contains("Being checked"))
        for _ in 0..<5 { await world.wait(30) }
        #expect(try await world.portal.client().get(link).words.contains("Approved on"))
    }

    @Test func `another account than the invited one is refused, and the right one goes on`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        try await world.approve(try await world.request(tenant), as: world.administrator)
        let page = try await world.redeem(tenant)
        await world.wait()
        let wrong = try await world.approve(page, as: world.administrator)
        #expect(wrong.words.contains("That was another account"), "\(wrong.words)")
        #expect(try await world.tracker(tenant).words.contains("4 Permissions accepted Waiting"))
        let right = try await world.approve(page, as: PracticePerson(OnboardingWorld.guest))
        #expect(right.words.contains("Approved on"))
        #expect(try await world.tracker(tenant).words.contains("5 Finalize approval Done"))
    }

    @Test func `an invitation is sent again, and looked at at once`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        try await world.approve(try await world.request(tenant), as: world.administrator)
        let invitations = world.sandbox.loggedRequests.count { $0.call == .invitations }
        let page = try await world.tracker(tenant)
        let stamp = try #require(page.text.firstMatch(of: /name="stamp" value="([^"]*)"/)).output.1
        _ = try await world.owner.post("\(tenant)/setup/repetitions", ["stamp": String(stamp)])
        await world.portal.runJobs()
        #expect(world.sandbox.loggedRequests.count { $0.call == .invitations } == invitations + 1)
        let stale = try await world.owner.post("\(tenant)/setup/looks", ["stamp": "1:request:running"])
        #expect(stale.status == .conflict)
        let guestPage = try await world.redeem(tenant)
        _ = try await world.tracker(tenant)
        _ = try await world.owner.post("\(tenant)/setup/looks", ["stamp": String(stamp)])
        await world.portal.runJobs()
        #expect(try await world.tracker(tenant).words.contains("4 Permissions accepted Waiting"))
        #expect(guestPage.hasPrefix("/approval/"))
    }

    @Test func `less than asked enables with limitations, and the rest can be asked for`() async throws {
        let world = try await OnboardingWorld()
        #expect(try world.sandbox.withhold(permissions: ["SecurityEvents.Read.All"]))
        let tenant = try await world.onboard()
        let limited = try await world.tracker(tenant)
        #expect(limited.words.contains("Enabled with limitations"))
        #expect(limited.words.contains("Secure Score of the tenant can't be read"))
        #expect(try await world.owner.get("/customers").words.contains("Enabled with limitations"))
        #expect(try world.sandbox.withhold(permissions: []))
        let stamp = try #require(limited.text.firstMatch(of: /name="stamp" value="([^"]*)"/)).output.1
        #expect(limited.words.contains("Ask for the rest"))
        _ = try await world.owner.post("\(tenant)/setup/runs", ["stamp": String(stamp)])
        await world.portal.runJobs()
        // What works goes on working meanwhile.
        #expect(try await world.tracker(tenant).words.contains("Access Enabled with limitations"))
        try await world.approve(try await world.request(tenant), as: world.administrator)
        #expect(try await world.tracker(tenant).words.contains("Access Enabled with limitations"))
        // The guest has accepted Microsoft's invitation before; the new message leads it to its page.
        await world.wait()
        try await world.approve(try await world.request(tenant), as: PracticePerson(OnboardingWorld.guest))
        #expect(try await world.tracker(tenant).words.contains("Access Enabled ,"))
    }

    @Test func `a consent that is taken back shows after the night, and its owner is told`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.onboard()
        #expect(try world.sandbox.removeConsent(forTenant: world.customer.id))
        world.portal.clock.advance(by: 2 * 86_400)
        try world.portal.startDueNightlyWork()
        await world.portal.runJobs()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let page = try await owner.get("\(tenant)/setup").words
        #expect(page.contains("Access Revoked"), "\(page)")
        #expect(try await owner.get("/attention").words.contains("no longer works"))
        #expect(try await owner.get("/practice/mail").words.contains("no longer works"))
        #expect(!(try await owner.get("/customers").words.contains(world.customer.id)))
    }

    @Test func `a quiet night renews both sign-ins and changes nothing`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.onboard()
        for _ in 0..<120 {
            world.portal.clock.advance(by: 86_400)
            try world.portal.startDueNightlyWork()
            await world.portal.runJobs()
        }
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("\(tenant)/setup").words.contains("Access Enabled ,"))
        #expect(try await owner.get("\(OnboardingWorld.service)/authentication").words.contains("Connected since"))
    }

    @Test func `disabled, set up again, and removed with what stays at Microsoft`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.onboard()
        let preview = try await world.owner.get("\(tenant)/setup/disabling")
        #expect(preview.words.contains("What stays at Microsoft"))
        _ = try await world.owner.post("\(tenant)/setup/disabling")
        let disabled = try await world.tracker(tenant)
        #expect(disabled.words.contains("Access Disabled"))
        let stamp = try #require(disabled.text.firstMatch(of: /name="stamp" value="([^"]*)"/)).output.1
        _ = try await world.owner.post("\(tenant)/setup/runs", ["stamp": String(stamp)])
        await world.portal.runJobs()
        #expect(try await world.tracker(tenant).words.contains("1 Request customer approval Waiting"))
        let removal = try await world.owner.get("\(tenant)/removal")
        #expect(removal.words.contains("The enterprise application of this portal"))
        _ = try await world.owner.post("\(tenant)/removal", ["id": world.customer.id])
        await world.portal.runJobs()
        #expect(try await world.owner.get(tenant).status == .notFound)
        _ = try await world.add()
    }

    @Test func `a tenant that another broker has onboarded is not taken over by its standing consent`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.onboard()
        let liberty = try await world.portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        #expect(try await liberty.get("\(tenant)/setup").status == .notFound)
        try await world.connect(
            liberty, microsoftID: "aaaaaaaa-0000-4000-8000-000000000002", as: "admin@libertyit.example")
        let guest = "admin@libertyit.example"
        #expect(try await world.look(guest: guest, by: liberty).words.contains("This tenant can't be added here"))
        _ = try await world.owner.get("\(tenant)/removal")
        _ = try await world.owner.post("\(tenant)/removal", ["id": world.customer.id])
        // Removed here, and still consented to at Microsoft.
        #expect(try await world.look(guest: guest, by: liberty).words.contains("This tenant can't be added here"))
        #expect(try world.sandbox.removeConsent(forTenant: world.customer.id))
        #expect(try await world.look(guest: guest, by: liberty).text.contains("Add tenant"))
    }

    @Test func `a look from before another broker's consent does not carry it over either`() async throws {
        let world = try await OnboardingWorld()
        let liberty = try await world.portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        try await world.connect(
            liberty, microsoftID: "aaaaaaaa-0000-4000-8000-000000000002", as: "admin@libertyit.example")
        let early = try await world.look(guest: "admin@libertyit.example", by: liberty)
        let action = String(try #require(early.text.firstMatch(of: /action="([^"]*\/tenant)"/)).output.1)
        let tenant = try await world.onboard()
        #expect(try await liberty.post(action, ["tenant": world.customer.id]).status == .conflict)
        _ = try await world.owner.get("\(tenant)/removal")
        _ = try await world.owner.post("\(tenant)/removal", ["id": world.customer.id])
        let added = try await liberty.post(action, ["tenant": world.customer.id])
        await world.portal.runJobs()
        let path = String(try #require(added.location).prefix { $0 != "?" })
        #expect(try await liberty.get(path).words.contains("A consent stands there that you did not ask for"))
        #expect(try world.sandbox.removeConsent(forTenant: world.customer.id))
        let stamp = try #require(try await liberty.get(path).text.firstMatch(of: /name="stamp" value="([^"]*)"/)).output.1
        _ = try await liberty.post("\(path)/retries", ["stamp": String(stamp)])
        await world.portal.runJobs()
        #expect(try await liberty.get(path).words.contains("1 Request customer approval Waiting"))
    }

    @Test func `what a person unlinks is not linked again at night`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.onboard()
        _ = try await world.owner.get(tenant)
        _ = try await world.owner.post("\(tenant)/unlinking")
        world.portal.clock.advance(by: 2 * 86_400)
        try world.portal.startDueNightlyWork()
        await world.portal.runJobs()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get(tenant).words.contains("Unlinked"))
        #expect(try await owner.get("\(tenant)/setup").words.contains("Access Enabled ,"))
    }

    /// What a kill leaves at any moment is taken up by the next start.
    @Test(arguments: 0..<6) func `check 77: a restart at each step goes on where it stood`(stop: Int) async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        func trackerAfterRestart() async throws -> String {
            let next = try world.restarted()
            await next.runJobs()
            return try await next.client(signedInAs: "owner@acme.example").get("\(tenant)/setup").words
        }
        let steps = [
            "Request customer approval", "Customer approves", "Guest invitation accepted", "Permissions accepted",
        ]
        if stop == 0 {
            return #expect(try await trackerAfterRestart().contains("1 \(steps[0]) Waiting"))
        }
        let link = try await world.request(tenant)
        if stop == 1 { return #expect(try await trackerAfterRestart().contains("2 \(steps[1]) Waiting")) }
        let browser = world.portal.client()
        let back = try await world.administrator.signIn(
            at: try await world.depart(link, by: browser), in: world.sandbox)
        _ = try await browser.get(
            "/" + back.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).joined())
        if stop == 2 {
            // The answer is stored, nothing of it was done yet.
            return #expect(try await trackerAfterRestart().contains("3 \(steps[2]) Waiting"))
        }
        if stop == 3 {
            // One step at a time, each followed by a kill.
            for limit in 1...4 {
                await world.portal.runJobs(limit: 1)
                let words = try await trackerAfterRestart()
                #expect(words.contains("3 \(steps[2]) Waiting"), "after \(limit): \(words)")
            }
            return
        }
        await world.portal.runJobs()
        let page = try await world.redeem(tenant)
        if stop == 4 {
            world.portal.clock.advance(by: 10)
            return #expect(try await trackerAfterRestart().contains("4 \(steps[3]) Waiting"))
        }
        await world.wait()
        let guest = world.portal.client()
        let answer = try await PracticePerson(OnboardingWorld.guest).signIn(
            at: try await world.depart(page, by: guest), in: world.sandbox)
        _ = try await guest.get(
            "/" + answer.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).joined())
        #expect(try await trackerAfterRestart().contains("5 Finalize approval Done"))
    }
}
