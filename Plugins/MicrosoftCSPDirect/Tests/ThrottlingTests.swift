import Foundation
import MicrosoftSandbox
import TestPortal
import Testing

/// Microsoft asks us to wait, or does not answer; the sandbox's request log is the witness (security checks 94 and 95).
@Suite struct ThrottlingTests {
    @Test(
        arguments: [
            ("57", 57, 63), ("Thu, 15 Jan 2026 10:02:00 GMT", nil, nil), ("", 10, 11), ("-5", 10, 11), ("soon", 10, 11),
            ("86400", 3_600, 3_960), ("99999999999999999999999", 3_600, 3_960),
        ] as [(String, Double?, Double?)])
    func `94: a 429 is waited for as told, capped, by every job of the connection`(
        retryAfter: String, least: Double?, most: Double?
    ) async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        // The discovery begins a second later.
        let asked = least == nil ? Self.httpDate(broker.sandbox.now.addingTimeInterval(121)) : retryAfter
        broker.sandbox.add(Fault(.throttle, service: .partnercenter, call: .customers, retryAfter: asked))
        let before = broker.requests(.customers).count
        let first = try await broker.discover()
        #expect(try await broker.words(at: first).contains("Microsoft asks us to wait until"))
        #expect(try await broker.connect().words.contains("Microsoft asks us to wait until"))
        #expect(broker.requests(.customers).count == before + 1)
        broker.portal.clock.advance(by: (least ?? 120) - 1)
        await broker.portal.runJobs()
        #expect(broker.requests(.customers).count == before + 1)
        broker.portal.clock.advance(by: (most ?? 132) - (least ?? 120) + 2)
        await broker.portal.runJobs()
        #expect(try await broker.words(at: first).contains("Found 62 tenants"))
        #expect(broker.requests(.customers).filter { $0.status == 429 }.count == 1)
    }

    @Test func `94: a 503 with Retry-After is waited for too`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(
            Fault(.serverError, service: .partnercenter, call: .customers, retryAfter: "30", status: 503))
        let job = try await broker.discover()
        #expect(try await broker.words(at: job).contains("asks us to wait until"))
        #expect(try await broker.end(of: job).contains("Found 62 tenants"))
    }

    @Test(arguments: [500, 502, 503, 504])
    func `95: a burst of server errors is ridden out`(status: Int) async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(
            Fault(.serverError, service: .partnercenter, call: .customers, times: 3, retryAfter: "", status: status))
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
    }

    @Test func `95: a connection that breaks in mid-body is tried again, and no customer is missing or twice`()
        async throws
    {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(Fault(.reset, service: .partnercenter, call: .customers, times: 2))
        #expect(try await broker.end(of: try await broker.discover()).contains("Found 62 tenants"))
    }

    @Test func `95: a service that stays down is left alone more and more, and the job ends with the cause`()
        async throws
    {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let before = broker.requests(.customers).count
        broker.sandbox.add(Fault(.serverError, service: .partnercenter, call: .customers, times: 1_000, status: 502))
        let job = try await broker.discover()
        for _ in 0..<4 {
            broker.portal.clock.advance(by: 40)
            await broker.portal.runJobs()
        }
        let during = broker.requests(.customers).count
        #expect(try await broker.connect().words.contains("has failed several times in a row"))
        #expect(broker.requests(.customers).count == during)
        let words = try await broker.end(of: job)
        #expect(words.contains("Partner Center has a problem"))
        // Eight tries of each of the two jobs, and their ends.
        #expect((10...20).contains(broker.requests(.customers).count - before))
        #expect(try await broker.words(at: "\(SignedInBroker.path)/tenants").contains("62 at Microsoft Partner Center"))
    }

    static func httpDate(_ date: Date) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.string(from: date)
    }
}
