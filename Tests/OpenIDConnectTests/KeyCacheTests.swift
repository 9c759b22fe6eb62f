import Foundation
import HTTPTypes
import Testing

@testable import OpenIDConnect

@Suite struct KeyCacheTests {
    private let issuer: TestIssuer
    private let asked = Asked()
    private let cache = KeyCache()

    init() throws {
        issuer = try TestIssuer.one.get()
    }

    private func verify(_ token: String, at now: Date = TestIssuer.now, answer: String?) async throws -> IDToken {
        let metadata = try await ProviderMetadata.discover(issuer: TestIssuer.issuer) { _, _ in
            let text = """
                {"issuer": "\(TestIssuer.issuer)", "authorization_endpoint": "https://a.example/",
                "token_endpoint": "https://a.example/t", "jwks_uri": "https://a.example/k"}
                """
            return (HTTPResponse(status: .ok), Array(text.utf8))
        }
        return try await cache.verify(token, of: metadata, audience: "client", nonce: "n1", now: now) {
            [asked] request, _ in
            asked.note(request)
            try await Task.sleep(for: .milliseconds(5))
            guard let answer else { return (HTTPResponse(status: .internalServerError), []) }
            return (HTTPResponse(status: .ok), Array(#"{"keys":[\#(answer)]}"#.utf8))
        }
    }

    private var count: Int { asked.all.count }

    @Test func `check 36: keys are kept, and read again for a key that is new`() async throws {
        let first = try issuer.rsaKey(kid: "k1")
        for _ in 0..<3 { _ = try await verify(issuer.token(), answer: first) }
        #expect(count == 1)
        let token = try issuer.token(header: #"{"alg":"RS256","kid":"k2"}"#)
        let later = TestIssuer.now + 1
        #expect(try await verify(token, at: later, answer: issuer.rsaKey(kid: "k2")).subject == "s1")
        #expect(count == 2)
        // The provider has taken the old one back: its tokens are worth nothing any more.
        await #expect(throws: IDTokenError.unknownKey) {
            try await verify(issuer.token(), at: later + 61, answer: issuer.rsaKey(kid: "k2"))
        }
    }

    @Test func `check 36: a thousand tokens of unknown keys cost the provider one request`() async throws {
        let known = try issuer.rsaKey(kid: "k1")
        _ = try await verify(issuer.token(), answer: known)
        let strange = try (0..<1_000).map { try issuer.token(header: #"{"alg":"RS256","kid":"x\#($0)"}"#) }
        let refused = await withTaskGroup(of: Bool.self) { group in
            for token in strange {
                group.addTask { (try? await verify(token, at: TestIssuer.now + 1, answer: known)) == nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused == 1_000 && count == 2)
        #expect(try await verify(issuer.token(), at: TestIssuer.now + 1, answer: known).subject == "s1")
    }

    @Test func `keys are read again after an hour, and a provider that failed is asked again`() async throws {
        await #expect(throws: DiscoveryError.self) { try await verify(issuer.token(), answer: nil) }
        let known = try issuer.rsaKey(kid: "k1")
        _ = try await verify(issuer.token(), answer: known)
        #expect(count == 2)
        _ = try await verify(issuer.token(), at: TestIssuer.now + 3_550, answer: known)
        #expect(count == 2)
        _ = try await verify(issuer.token(), at: TestIssuer.now + 3_610, answer: known)
        #expect(count == 3)
    }
}
