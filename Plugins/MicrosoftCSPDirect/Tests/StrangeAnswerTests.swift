import Foundation
import MicrosoftSandbox
import MicrosoftTestPortal
import TestPortal
import Testing

/// Answers that are not what was asked for (security checks 96, 97, 102, 104 and 105).
@Suite struct StrangeAnswerTests {
    @Test(arguments: WrongBody.allCases)
    func `96: a body that can't be read is a problem with Microsoft's ids, and what was known stays`(form: WrongBody)
        async throws
    {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(
            Fault(.wrongBody, service: .partnercenter, call: .customers, times: 1_000, form: form.rawValue))
        let words = try await broker.end(of: try await broker.discover())
        if form == .numbersAsStrings || form == .duplicateKeys {
            #expect(words.contains("Found 62 tenants"))
        } else {
            #expect(words.contains("Partner Center has a problem") || words.contains("did not answer as documented"))
            #expect(form == .huge || words.contains("Correlation id"))
        }
        #expect(
            try await broker.words(at: "\(SignedInBroker.path)/tenants").contains(
                "62 at Microsoft Partner Center = 0 linked + 62 unlinked + 0 excluded + 0 unreachable"))
    }

    @Test func `96: half a body, once, is read again`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(Fault(.truncated, service: .partnercenter, call: .customers))
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
    }

    @Test func `97: a list that leads back to itself is stopped, and nobody is marked as gone`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let before = broker.requests(.customers).count
        broker.sandbox.add(Fault(.pageLoop, service: .partnercenter, call: .customers, times: 100_000))
        let words = try await broker.end(of: try await broker.discover())
        #expect(words.contains("The provider's list does not end"))
        #expect(broker.requests(.customers).count - before < 50)
        #expect(
            try await broker.words(at: "\(SignedInBroker.path)/tenants").contains(
                "62 at Microsoft Partner Center = 0 linked + 62 unlinked"))
    }

    @Test func `97: after a kill the list is read on from its place, and no page twice`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let before = broker.requests(.customers).count
        broker.portal.clock.advance(by: 1)
        _ = try await broker.owner.get("\(SignedInBroker.path)/tenants")
        let job = try #require(try await broker.owner.post("\(SignedInBroker.path)/discoveries").location)
        await broker.portal.runJobs(limit: 2)
        #expect(broker.requests(.customers).count == before + 2)
        let next = try broker.restartedPortal()
        await next.runJobs()
        #expect(try await next.client(signedInAs: "owner@acme.example").get(job).words.contains("Found 62 tenants"))
        #expect(broker.requests(.customers).count == before + 3)
    }

    @Test func `97: a customer on two pages is one tenant`() async throws {
        let broker = try await SignedInBroker()
        broker.sandbox.add(Fault(.pageOverlap, service: .partnercenter, call: .customers, times: 100))
        try await broker.connect()
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
        #expect(
            try await broker.words(at: "\(SignedInBroker.path)/tenants").contains(
                "62 at Microsoft Partner Center = 0 linked + 62 unlinked"))
    }

    @Test func `97: a next link to another host is not followed`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(Fault(.nextLinkElsewhere, service: .partnercenter, call: .customers, times: 100))
        let job = try await broker.discover()
        // Partner Center's continuation travels in a header field: the address in the link is not used at all.
        #expect(try await broker.end(of: job).contains("Found 62 tenants"))
        #expect(broker.upstream.hostsAsked == ["127.0.0.1:8090"])
    }

    @Test func `102: a customer that is renamed, leaves, and comes back is the same tenant`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let id = "cccccccc-0000-4000-8000-000000000002"
        try broker.sandbox.change(customer: id, name: "Harbor Dental & Sons")
        _ = try await broker.end(of: try await broker.discover())
        let path = "\(SignedInBroker.path)/tenants"
        #expect(try await broker.words(at: path).contains("Harbor Dental & Sons"))
        try broker.sandbox.change(customer: id, hasLeft: true)
        _ = try await broker.end(of: try await broker.discover())
        let words = try await broker.words(at: path)
        #expect(words.contains("61 at Microsoft Partner Center"))
        try broker.sandbox.change(customer: id, hasLeft: false)
        _ = try await broker.end(of: try await broker.discover())
        #expect(try await broker.words(at: path).contains("62 at Microsoft Partner Center"))
    }

    @Test func `104: a redirect to another host is not followed`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(Fault(.redirect, service: .partnercenter, call: .customers, times: 1_000))
        let words = try await broker.end(of: try await broker.discover())
        #expect(words.contains("Partner Center refused the call"))
        #expect(broker.upstream.hostsAsked == ["127.0.0.1:8090"])
    }

    @Test func `94, 105: a date to wait for counts from Microsoft's own clock`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let before = broker.requests(.customers).count
        let theirs = broker.sandbox.now.addingTimeInterval(-600)
        broker.sandbox.add(
            Fault(
                .throttle, service: .partnercenter, call: .customers,
                retryAfter: ThrottlingTests.httpDate(theirs.addingTimeInterval(200))))
        broker.sandbox.add(Fault(.clockOff, service: .partnercenter, call: .customers, seconds: -600))
        let job = try await broker.discover()
        broker.portal.clock.advance(by: 190)
        await broker.portal.runJobs()
        #expect(broker.requests(.customers).count == before + 1)
        #expect(try await broker.end(of: job).contains("Found 62 tenants"))
    }

    @Test(arguments: [(-900.0, "15 minutes ahead of"), (900.0, "15 minutes behind")])
    func `105: a clock that is off is told to the administrator, and tokens still live as long as they should`(
        seconds: Double, words: String
    ) async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.portal.clock.advance(by: 3 * 3_600)
        for service in [SandboxService.partnercenter, .entra] {
            broker.sandbox.add(Fault(.clockOff, service: service, times: 1_000, seconds: seconds))
        }
        let tokens = broker.tokenRequests
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
        broker.portal.clock.advance(by: 3_300)
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
        #expect(broker.tokenRequests == tokens + 1)
        let admin = try await broker.portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get("/plugins").words.contains("This machine's clock is \(words)"))
    }
}
