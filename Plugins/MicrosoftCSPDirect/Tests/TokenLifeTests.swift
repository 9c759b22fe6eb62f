import Foundation
import MicrosoftSandbox
import TestPortal
import Testing

/// Tokens that end, refreshes that fail, and answers to them that are not to be believed (security checks 98 to 101).
@Suite struct TokenLifeTests {
    private static let tenants = "\(SignedInBroker.path)/tenants"
    private static let authentication = "\(SignedInBroker.path)/authentication"

    @Test func `98: one 401 brings one new token, and the work goes on`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let tokens = broker.tokenRequests
        broker.sandbox.add(Fault(.tokenRevoked, service: .partnercenter, call: .customers))
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
        #expect(broker.tokenRequests == tokens + 1)
    }

    @Test func `98: a token that ends in mid-run is replaced`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let tokens = broker.tokenRequests
        broker.sandbox.add(Fault(.throttle, service: .partnercenter, call: .customers, retryAfter: "3600"))
        let job = try await broker.discover()
        broker.portal.clock.advance(by: 6_000)
        #expect(try await broker.end(of: job).contains("Found 62 tenants"))
        #expect(broker.tokenRequests == tokens + 1)
    }

    @Test func `98: a 401 that stays ends with the cause and the way to sign in again`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let before = broker.requests(.customers).count
        broker.sandbox.add(Fault(.tokenRevoked, service: .partnercenter, times: 1_000))
        let words = try await broker.end(of: try await broker.discover())
        #expect(words.contains("Partner Center does not accept the token") && words.contains("Sign in again"))
        #expect(broker.requests(.customers).count == before + 2)
        #expect(try await broker.words(at: Self.tenants).contains("62 at Microsoft Partner Center"))
    }

    @Test(arguments: ["700082", "50173", "50076", "700016"])
    func `99: a grant that is dead is told at once, without another try, and what was read stays`(number: String)
        async throws
    {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.portal.clock.advance(by: 3 * 3_600)
        let tokens = broker.tokenRequests
        broker.sandbox.add(Fault(.refusal, service: .entra, call: .token, times: 1_000, form: number))
        let words = try await broker.end(of: try await broker.discover())
        #expect(words.contains("AADSTS\(number)"))
        #expect(broker.tokenRequests == tokens + 1)
        if number != "700016" {
            #expect(try await broker.words(at: Self.authentication).contains("AADSTS\(number)"))
        }
        #expect(try await broker.words(at: Self.tenants).contains("62 at Microsoft Partner Center"))
    }

    @Test func `100: the newest refresh token is the one that is kept`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        // Each refresh token lives 90 days from its making: only the newest one lives through this.
        for _ in 0..<4 {
            broker.portal.clock.advance(by: 60 * 86_400)
            #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
        }
    }

    @Test func `100: after a kill between Microsoft's answer and its storing, the older token still serves`()
        async throws
    {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.portal.clock.advance(by: 3 * 3_600)
        // What the disk holds when the process is killed right after the answer.
        let killed = try broker.restartedPortal()
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
        let owner = try await killed.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("\(SignedInBroker.path)/tenants")
        let job = try #require(try await owner.post("\(SignedInBroker.path)/discoveries").location)
        await killed.runJobs()
        #expect(try await killed.client(signedInAs: "owner@acme.example").get(job).words.contains("Found 62 tenants"))
    }

    @Test(arguments: ["otherScope", "otherTenant"])
    func `101: a refresh that brings another scope or tenant is refused, and nothing of it is stored`(form: String)
        async throws
    {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.portal.clock.advance(by: 3 * 3_600)
        broker.sandbox.add(Fault(.tokenAnswer, service: .entra, call: .token, form: form))
        let before = broker.requests(.customers).count
        let job = try await broker.discover()
        #expect(try await broker.words(at: job).contains("Microsoft's token answer is not what was asked for"))
        #expect(broker.requests(.customers).count == before)
        #expect(try await broker.end(of: job).contains("Found 62 tenants"))
    }

    @Test(arguments: ["noRefreshToken", "expiresInZero", "expiresInNegative", "expiresInHuge"])
    func `101: a refresh without a new refresh token or with a strange lifetime does no harm`(form: String) async throws
    {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.portal.clock.advance(by: 3 * 3_600)
        broker.sandbox.add(Fault(.tokenAnswer, service: .entra, call: .token, form: form))
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
        broker.portal.clock.advance(by: 80 * 86_400)
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
    }
}
