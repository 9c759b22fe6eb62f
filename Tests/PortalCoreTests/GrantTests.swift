import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// Where tokens may go, and how long a provider's wait is kept.
@Suite struct GrantTests {
    private func request(_ authority: String, _ path: String, scheme: String = "https") -> HTTPRequest {
        HTTPRequest(method: .get, scheme: scheme, authority: authority, path: path)
    }

    @Test(arguments: [
        ("api.example", "/v1/customers", true), ("api.example", "/v1", true), ("api.example", "/v1?x=1", true),
        ("api.example", "/v10", false),
        ("api.example", "/v2/customers", false), ("api.example.evil.example", "/v1/customers", false),
        ("evil.example", "/v1/customers", false),
        ("api.example", "/v1/../v2", false), ("user@api.example", "/v1/x", false), ("api.example:8443", "/v1/x", false),
        ("api.example", "/v1\\..\\x", false),
    ])
    func `a token goes nowhere but under its audience's address`(authority: String, path: String, allowed: Bool) {
        #expect(request(authority, path).isUnder("https://api.example/v1") == allowed)
        #expect(!request(authority, path, scheme: "http").isUnder("https://api.example/v1"))
    }

    @Test(
        arguments: [
            ("120", 120.0), ("Sat, 21 Nov 2026 10:00:30 GMT", 30.0), ("-5", nil), ("soon", nil), ("", nil),
            ("Sat, 21 Nov 2026 09:00:00 GMT", nil), ("nan", nil), ("inf", nil),
        ] as [(String, Double?)])
    func `Retry-After is understood in both forms, and nonsense is none`(text: String, seconds: Double?) throws {
        let now = try #require(ISO8601DateFormatter().date(from: "2026-11-21T10:00:00Z"))
        #expect(Throttle.wait(from: text, now: now) == seconds)
    }

    @Test func `98: a token is minted once for all who wait, again when it is rejected, and not kept beyond its life`()
        async throws
    {
        let clock = TestClock()
        let mints = Counter()
        let cache = TokenCache(clock: { clock.now })
        let purpose = TokenCache.Purpose(grant: "g", audience: TokenAudience(baseURL: "b", realm: "r", scope: "s"))
        @Sendable func mint() async throws -> Renewal {
            try await Task.sleep(for: .milliseconds(20))
            return Renewal(token: "t\(await mints.next())", lifetime: .seconds(3_600), credential: nil)
        }
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.token(for: purpose, mint: mint).token } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["t1"])
        #expect(try await cache.token(for: purpose, rejected: "t1", mint: mint).token == "t2")
        clock.advance(by: 3_600)
        #expect(try await cache.token(for: purpose, mint: mint).token == "t3")
    }

    @Test func `a mint that fails fails for all who wait, and the next one is tried`() async throws {
        let cache = TokenCache(clock: { Date() })
        let purpose = TokenCache.Purpose(grant: "g", audience: TokenAudience(baseURL: "b", realm: "r", scope: "s"))
        await #expect(throws: FieldProblem.self) { try await cache.token(for: purpose) { throw FieldProblem("no") } }
        let token = try await cache.token(for: purpose) { Renewal(token: "t", lifetime: .seconds(60), credential: nil) }
        #expect(token.token == "t")
    }

    private actor Counter {
        private var count = 0

        func next() -> Int {
            count += 1
            return count
        }
    }
}
