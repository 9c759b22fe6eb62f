import Foundation
import HTTPTypes
import MicrosoftSandbox
import TestPortal
import Testing

/// The customer's link: what it opens, to whom, and what it never does. Checks of the security reference by number.
@Suite struct ApprovalLinkTests {
    @Test func `check 66: a changed, cut or longer link is a page without hints, the same for each`() async throws {
        let world = try await OnboardingWorld()
        let link = try await world.request(try await world.add())
        let token = String(link.split(separator: "/").last ?? "")
        let wrong = [
            String(token.dropLast()), token + "A", token.uppercased(), String(token.reversed()),
            (token.first == "A" ? "B" : "A") + token.dropFirst(), "x",
        ]
        var texts: Set<String> = []
        for text in wrong where text != token {
            let page = try await world.portal.client(from: "198.51.100.7").get("/approval/\(text)")
            #expect(page.status == .notFound)
            texts.insert(page.text)
        }
        #expect(texts.count == 1)
        #expect(texts.first?.contains("Acme") == false)
        #expect(try await world.portal.client().get(link).status == .ok)
    }

    @Test func `check 67: guessing is slowed, whatever is guessed, and 256 bits are guessed by nobody`() async throws {
        let world = try await OnboardingWorld()
        let link = try await world.request(try await world.add())
        let stranger = world.portal.client(from: "203.0.113.9")
        var statuses: [Int] = []
        for number in 0..<40 { statuses.append(try await stranger.get("/approval/guess-\(number)").status.code) }
        #expect(statuses.first == 404)
        #expect(statuses.last == 429)
        // No oracle: the right one is answered the same meanwhile, and others are not held up.
        #expect(try await stranger.get(link).status == .tooManyRequests)
        #expect(try await world.portal.client(from: "192.0.2.77").get(link).status == .ok)
        world.portal.clock.advance(by: 120)
        #expect(try await stranger.get(link).status == .ok)
        #expect(link.split(separator: "/").last?.count == 43)
    }

    @Test func `check 68: looking fifty times from many addresses changes nothing`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        let link = try await world.request(tenant)
        #expect(try await world.owner.get("/approvals").words.contains("Sent"))
        for number in 0..<50 {
            let page = try await world.portal.client(from: "198.51.100.\(number)").get(link)
            #expect(page.status == .ok)
        }
        let seen = try await world.owner.get("/approvals").words
        #expect(seen.contains("Seen") && !seen.contains("Opened,"))
        #expect(try await world.tracker(tenant).words.contains("2 Customer approves Waiting"))
        #expect(try await world.approve(link, as: world.administrator).words.contains("Approved on"))
    }

    @Test func `check 69: fifty answers at once are one approval; later visits see when it was given`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        let link = try await world.request(tenant)
        let browser = world.portal.client()
        let back = try await world.administrator.signIn(
            at: try await world.depart(link, by: browser), in: world.sandbox)
        let path =
            "/" + back.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).joined()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await browser.get(path).status.code } }
            return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses.keys.allSatisfy { $0 == 303 || $0 == 400 }, "\(statuses)")
        await world.portal.runJobs()
        let audit = try await world.owner.get("/audit?q=came+back+from+the+provider").words
        #expect(
            audit.components(separatedBy: "Somebody came back from the provider with an answer").count - 1 <= 2,
            "\(audit)")
        #expect(try await world.portal.client().get(link).words.contains("Approved on"))
        #expect(try await world.owner.get("/approvals?state=approved").words.contains("Customer Approved"))
    }

    @Test func `check 70: after its end a link leads to a page that says what to do`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        let link = try await world.request(tenant)
        world.portal.clock.advance(by: 31 * 86_400)
        let expired = try await world.portal.client().get(link)
        #expect(expired.words.contains("This link is too old"))
        #expect(!expired.text.contains("/trips"))
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("\(tenant)/setup").words.contains("Link expired"))
        #expect(try await owner.get("/attention").words.contains("has expired unanswered"))
        let approval = try #require(
            try await owner.get("\(tenant)/setup").text.firstMatch(of: /href="(\/approvals\/[0-9a-f-]{36})"/)
        ).output.1
        _ = try await owner.get(String(approval))
        _ = try await owner.post("\(approval)/withdrawal", ["reason": "no longer needed"])
        await world.portal.runJobs()
        #expect(try await world.portal.client().get(link).words.contains("This is not asked for any more"))
        #expect(try await owner.get("\(tenant)/setup").words.contains("1 Request customer approval Waiting"))
    }

    @Test func `check 71: who asks for what rights of which tenant is told before anything is accepted`() async throws {
        let world = try await OnboardingWorld()
        let link = try await world.request(try await world.add())
        let letter = try await world.portal.client().get(link).words
        for part in [
            "Acme Cloud", "owner@acme.example", world.customer.id, "User.Invite.All", "invite the guest account",
            "guest@acmecloud.example", "What comes next", "leave it unticked", "Please answer by",
        ] {
            #expect(letter.contains(part), "\(part) in \(letter)")
        }
        // Whoever it was passed on to: Microsoft decides who may accept.
        let clerk = PracticePerson(world.customer.administrator.replacing("admin@", with: "user@"))
        await #expect(throws: (any Error).self) { try await world.approve(link, as: clerk) }
        #expect(try await world.portal.client().get(link).words.contains("What you allow"))
    }

    @Test func `check 72: only a hash of the link is kept, and no page hands it on`() async throws {
        let world = try await OnboardingWorld()
        let link = try await world.request(try await world.add())
        let token = String(link.split(separator: "/").last ?? "")
        let page = try await world.portal.client().get(link)
        #expect(page.headers[values: .init("Referrer-Policy")!] == ["same-origin"])
        #expect(!page.words.prefix(200).contains(token))
        for name in ["gatehouse.sqlite", "gatehouse.sqlite-wal"] {
            guard let bytes = FileManager.default.contents(atPath: "\(world.portal.folder)/\(name)") else { continue }
            #expect(bytes.range(of: Data(token.utf8)) == nil, "\(name)")
        }
    }

    @Test func `check 73: an answer counts for the tenant asked, in this browser's trip, once`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        let link = try await world.request(tenant)
        let browser = world.portal.client()
        let address = try await world.depart(link, by: browser)
        let state = try #require(address.firstMatch(of: /state=([^&]*)/)).output.1
        let other = "cccccccc-0000-4000-8000-000000000001"
        // In another browser, and for another tenant.
        let forged = "/connections/return?admin_consent=True&tenant=\(world.customer.id)&state=\(state)"
        #expect(try await world.portal.client().get(forged).status == .badRequest)
        _ = try await browser.follow(
            try await browser.get("/connections/return?admin_consent=True&tenant=\(other)&state=\(state)"))
        await world.portal.runJobs()
        #expect(try await browser.get(link).words.contains("That was another organization"))
        let tracker = try await world.tracker(tenant)
        #expect(tracker.words.contains("Another tenant was accepted for") && tracker.words.contains(other))
        // A yes that nobody gave at Microsoft: there is no token, so there is no approval.
        let again = try await world.depart(link, by: browser)
        let second = try #require(again.firstMatch(of: /state=([^&]*)/)).output.1
        _ = try await browser.get(
            "/connections/return?admin_consent=True&tenant=\(world.customer.id)&state=\(second)")
        await world.portal.runJobs()
        for _ in 0..<20 { await world.wait(60) }
        #expect(try await world.portal.client().get(link).words.contains("It could not be confirmed"))
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("\(tenant)/setup").words.contains("2 Customer approves Waiting"))
        // An error comes before the yes beside it.
        let third = try #require(
            try await world.depart(link, by: browser).firstMatch(of: /state=([^&]*)/)
        ).output.1
        _ = try await browser.get(
            "/connections/return?admin_consent=True&tenant=\(world.customer.id)&error=consent_required&error_description=AADSTS65004&state=\(third)"
        )
        await world.portal.runJobs()
        #expect(try await browser.get(link).words.contains("It was not accepted"))
        #expect(try await world.approve(link, as: world.administrator).words.contains("Approved on"))
    }

    @Test func `check 74: more rights than asked, and a consent on behalf of all, are told`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        try await world.approve(try await world.request(tenant), as: world.administrator)
        #expect(try world.sandbox.consent(forTenant: world.customer.id))
        let page = try await world.redeem(tenant)
        await world.wait()
        #expect(
            try world.sandbox.assign(
                role: "62e90394-69f5-4237-9190-012177145e10", toGuest: OnboardingWorld.guest, in: world.customer.id,
                removed: false))
        try await world.approve(
            page, as: PracticePerson(OnboardingWorld.guest, consentsForOrganization: true))
        await world.wait()
        let done = try await world.tracker(tenant).words
        #expect(done.contains("More was granted than was asked for"), "\(done)")
        #expect(done.contains("Directory.Read.All"))
        #expect(done.contains("on behalf of the organization"))
    }

    @Test func `a form of another tenant, or of no link, decides nothing`() async throws {
        let world = try await OnboardingWorld()
        let tenant = try await world.add()
        let link = try await world.request(tenant)
        let browser = world.portal.client()
        _ = try await browser.get(link)
        let page = try await browser.post("\(link)/refusal", ["tenant": "another", "reason": "no"])
        #expect(page.status == .seeOther)
        #expect(try await browser.get(link).words.contains("What you allow"))
        #expect(try await browser.post("\(link)x/refusal", ["reason": "no"]).status == .notFound)
    }

    @Test(arguments: ["de", "fr", "es", "en"])
    func `the page speaks the reader's language`(language: String) async throws {
        let world = try await OnboardingWorld()
        let link = try await world.request(try await world.add())
        let page = try await world.portal.client().get(link, [.acceptLanguage: "\(language)-XX,en;q=0.1"])
        #expect(page.text.contains("<html lang=\"\(language)\">"))
        let words = ["de": "Genehmigen", "fr": "Approuver", "es": "Aprobar", "en": "Approve"]
        #expect(page.words.contains(words[language] ?? "?"))
    }
}
