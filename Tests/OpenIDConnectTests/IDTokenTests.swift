import Foundation
import JWTKit
import Testing

import enum Crypto.P256

@testable import OpenIDConnect

/// Whose tokens are believed.
@Suite struct IDTokenTests {
    private static let foreignClaims: [([String: String], IDTokenError)] = [
        (["iss": #""https://login.example/t2""#], IDTokenError.otherIssuer("https://login.example/t2")),
        (["iss": #""https://login.example/t1/""#], .otherIssuer("https://login.example/t1/")),
        (["aud": #""another""#], .otherAudience), (["aud": #"["another"]"#], .otherAudience),
        (["aud": "[]"], .otherAudience),
        (["aud": #"["client","another"]"#], .otherAudience),
        (["aud": #"["client","another"]"#, "azp": #""another""#], .otherAudience),
        (["azp": #""another""#], .otherAudience), (["nonce": #""n2""#], .otherNonce), (["nonce": ""], .otherNonce),
        (["sub": ""], .malformed), (["sub": #""""#], .malformed), (["sub": "7"], .malformed),
        (["sub": "\"\(String(repeating: "x", count: 300))\""], .malformed),
        (["exp": ""], .malformed), (["exp": #""soon""#], .malformed), (["iss": ""], .malformed),
        (["aud": ""], .malformed),
        (["exp": "1794999000"], .expired(ago: .seconds(1_100))),
        (["nbf": "1795001000"], .notYetValid(in: .seconds(900))),
        (["iat": "1795001000"], .notYetValid(in: .seconds(900))),
    ]

    private static let strangeHeaders: [(String, IDTokenError)] = [
        (#"{"alg":"none"}"#, IDTokenError.refusedAlgorithm), (#"{"alg":"None","kid":"k1"}"#, .refusedAlgorithm),
        (#"{"alg":"HS256","kid":"k1"}"#, .refusedAlgorithm), (#"{"alg":"RS1","kid":"k1"}"#, .refusedAlgorithm),
        (#"{"alg":"RS256","kid":"k9"}"#, .unknownKey), (#"{"alg":"RS256"}"#, .unknownKey),
        (#"{"alg":"RS256","kid":"k2"}"#, .unknownKey),
        (#"{"alg":"RS256","kid":"k1","crit":["b64"],"b64":false}"#, .malformed),
        (#"{"alg":"RS256","kid":"k1","typ":"at+jwt"}"#, .malformed),
        (#"{"alg":"RS256","kid":"k1","typ":"logout+jwt"}"#, .malformed),
        (#"{"alg":"RS256","alg":"none","kid":"k1"}"#, .malformed), (#"{"kid":"k1"}"#, .malformed), (#"[]"#, .malformed),
    ]

    private static let clocks: [(Double, Bool)] = [
        (-122.0, false), (-118, true), (0, true), (3_500 + 118, true), (3_500 + 122, false), (3_500 + 600, false),
    ]

    private static let lifetimes: [(String, Int64)] = [
        (#"3600"#, 3_600), (#""3599""#, 3_599), ("-1", 0), ("1000000000000", 0), ("null", 0), (#""x""#, 0),
    ]

    private let issuer: TestIssuer
    private let keys: SigningKeys

    init() throws {
        issuer = try TestIssuer.one.get()
        keys = try TestIssuer.keys(issuer.rsaKey(kid: "k1"), issuer.ellipticKey(kid: "k2"))
    }

    private func refusal(of token: String, now: Date = TestIssuer.now) async -> IDTokenError? {
        do {
            _ = try await TestIssuer.verify(token, by: keys, now: now)
            return nil
        } catch {
            return error as? IDTokenError
        }
    }

    @Test func `a genuine token is believed, and tells its further claims`() async throws {
        struct Further: Decodable { let tid: String }
        let token = try await TestIssuer.verify(issuer.token(["tid": #""t1""#]), by: keys)
        #expect(token.subject == "s1")
        #expect(try token.claims(as: Further.self).tid == "t1")
    }

    @Test func `tokens that another library signs are believed, by each algorithm that is announced`() async throws {
        struct Claims: JWTPayload {
            var iss = TestIssuer.issuer, sub = "s1", aud = "client", nonce = "n1"
            var exp = 1_795_003_600
            func verify(using algorithm: some JWTAlgorithm) throws {}
        }
        let rsa = try Insecure.RSA.PrivateKey(pem: issuer.privatePEM)
        let elliptic = try ECDSA.PrivateKey<P256>(pem: issuer.ellipticPEM)
        let signers: [(SigningAlgorithm, JWTKeyCollection)] = [
            (.rs256, await JWTKeyCollection().add(rsa: rsa, digestAlgorithm: .sha256, kid: "k1")),
            (.ps256, await JWTKeyCollection().add(pss: rsa, digestAlgorithm: .sha256, kid: "k1")),
            (.es256, await JWTKeyCollection().add(ecdsa: elliptic, kid: "k2")),
        ]
        for (algorithm, signer) in signers {
            let token = try await signer.sign(Claims(), kid: algorithm == .es256 ? "k2" : "k1")
            #expect(try await TestIssuer.verify(token, by: keys, algorithms: [algorithm]).subject == "s1")
            await #expect(throws: IDTokenError.refusedAlgorithm) {
                try await TestIssuer.verify(
                    token, by: keys, algorithms: Set(SigningAlgorithm.allCases).subtracting([algorithm]))
            }
        }
    }

    @Test func `an elliptic key with zeros before its numbers is read all the same`() async throws {
        let padded = try TestIssuer.keys(issuer.ellipticKey(kid: "k2", zeros: 1))
        let token = try issuer.token(header: #"{"alg":"ES256","kid":"k2"}"#, by: .es256)
        #expect(try await TestIssuer.verify(token, by: padded, algorithms: [.es256]).subject == "s1")
    }

    @Test(arguments: foreignClaims)
    func `check 30: a token for somebody else, of somebody else or of another time is refused`(
        changes: [String: String], error: IDTokenError
    ) async throws {
        #expect(try await refusal(of: issuer.token(changes)) == error)
    }

    @Test func `check 30: one of several audiences is enough where the token names us as its party`() async throws {
        let token = try issuer.token(["aud": #"["another","client"]"#, "azp": #""client""#])
        #expect(try await TestIssuer.verify(token, by: keys).subject == "s1")
    }

    @Test(arguments: strangeHeaders)
    func `check 30: another algorithm, an unknown key and a strange header are refused`(
        header: String, error: IDTokenError
    ) async throws {
        #expect(try await refusal(of: issuer.token(header: header)) == error)
    }

    @Test func `check 30: a secret that is our public key signs nothing`() async throws {
        let parts = try issuer.token(header: #"{"alg":"HS256","kid":"k1"}"#).split(separator: ".")
        let signer = await JWTKeyCollection().add(
            hmac: HMACKey(from: Data(issuer.publicPEM.utf8)), digestAlgorithm: .sha256, kid: "k1")
        struct Claims: JWTPayload {
            var iss = TestIssuer.issuer, sub = "s1", aud = "client", nonce = "n1"
            var exp = 1_795_003_600
            func verify(using algorithm: some JWTAlgorithm) throws {}
        }
        let forged = try await signer.sign(Claims(), kid: "k1").split(separator: ".")
        #expect(await refusal(of: forged.joined(separator: ".")) == .refusedAlgorithm)
        #expect(await refusal(of: "\(parts[0]).\(parts[1]).\(forged[2])") == .refusedAlgorithm)
    }

    @Test func `check 30: keys that a token brings along or points to are not used`() async throws {
        let attacker = try TestIssuer()
        let own = try attacker.rsaKey(kid: "k1")
        for more in [#""jwk":\#(own)"#, #""jku":"https://evil.example/keys""#, #""x5u":"https://evil.example/cert""#] {
            let header = #"{"alg":"RS256","kid":"k1",\#(more)}"#
            #expect(try await refusal(of: attacker.token(header: header)) == .badSignature)
            // What our provider signs stays valid: the pointers are just not read.
            #expect(try await TestIssuer.verify(issuer.token(header: header), by: keys).subject == "s1")
        }
    }

    @Test func `check 30: a changed, cut or overlong token, and one that names a claim twice, are refused`()
        async throws
    {
        let parts = try issuer.token().split(separator: ".")
        let other = try issuer.token(["sub": #""evil""#]).split(separator: ".")
        #expect(await refusal(of: "\(parts[0]).\(other[1]).\(parts[2])") == .badSignature)
        #expect(await refusal(of: "\(parts[0]).\(parts[1]).") == .badSignature)
        let header = #"{"alg":"RS256","kid":"k1"}"#
        for twin in [#""sub":"a","sub":"b""#, #""sub":"a","s\u0075b":"b""#, #""deep":[{"a":1,"a":2}]"#] {
            let payload =
                #"{"iss":"https://login.example/t1","aud":"client","exp":1795003600,"nonce":"n1",\#(twin)}"#
            #expect(try await refusal(of: issuer.token(header: header, payload: payload)) == .malformed)
        }
        for text in ["", "a.b", "a.b.c", "...", String(repeating: "x", count: 1_000_000)] {
            #expect(await refusal(of: text) == .malformed)
        }
        let long = try issuer.token(["more": "\"\(String(repeating: "x", count: 1_000_000))\""])
        #expect(await refusal(of: long) == .malformed)
    }

    @Test func `check 30: a token without a key's name is taken where there is one key only`() async throws {
        let token = try issuer.token(header: #"{"alg":"RS256"}"#)
        #expect(try await TestIssuer.verify(token, by: TestIssuer.keys(issuer.rsaKey(kid: nil))).subject == "s1")
        #expect(await refusal(of: token) == .unknownKey)
        for keys in [
            try TestIssuer.keys(issuer.rsaKey(kid: "k1"), issuer.rsaKey(kid: "k1")),
            try TestIssuer.keys(issuer.rsaKey(kid: "k1", more: #","use":"enc""#)),
            try TestIssuer.keys(issuer.rsaKey(kid: "k1", more: #","alg":"RS512""#)), try TestIssuer.keys(),
        ] {
            await #expect(throws: IDTokenError.unknownKey) { try await TestIssuer.verify(issuer.token(), by: keys) }
        }
    }

    @Test(arguments: clocks)
    func `check 37: the two clocks may differ by two minutes`(seconds: Double, isBelieved: Bool) async throws {
        let token = try issuer.token(["iat": "1795000100", "nbf": "1795000100"])
        #expect(await refusal(of: token, now: TestIssuer.now + seconds) == nil ? isBelieved : !isBelieved)
    }

    @Test(arguments: lifetimes)
    func `a lifetime is taken as it may be written, and an absurd one as none`(text: String, seconds: Int64) throws {
        let answer = try JSONDecoder().decode(
            TokenAnswer.self, from: Data(#"{"access_token":"a","expires_in":\#(text)}"#.utf8))
        #expect(answer.lifetime.components.seconds == seconds)
    }
}
