import CryptoExtras
import Foundation
import HTTPTypes
import JWTKit
import Testing

@testable import OpenIDConnect

/// Whose tokens are believed (security checks 29 to 33 for what an id token can be made to say).
@Suite struct IDTokenTests {
    private struct Claims: JWTPayload {
        var iss = "https://login.example/t1/v2.0"
        var sub = "s1"
        var aud = "client"
        var exp = 1_795_003_600
        var nbf = 1_795_000_000
        var nonce = "n1"
        var tid = "t1"

        func verify(using algorithm: some JWTAlgorithm) throws {}
    }

    private static let now = Date(timeIntervalSince1970: 1_795_000_100)

    private let signer: JWTKeyCollection
    private let keys: SigningKeys

    init() async throws {
        let key = try Insecure.RSA.PrivateKey(pem: Self.pem.get())
        signer = await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256, kid: "k1")
        let primitives = try key.publicKey.getKeyPrimitives()
        let (modulus, exponent) = (Self.base64URL(primitives.modulus), Self.base64URL(primitives.publicExponent))
        keys = try SigningKeys(
            json: Array(#"{"keys":[{"kty":"RSA","use":"sig","kid":"k1","n":"\#(modulus)","e":"\#(exponent)"}]}"#.utf8))
    }

    /// Made once: the tests share it.
    private static let pem = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation }

    private static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private func verify(_ token: String, nonce: String = "n1", now: Date = now) async throws -> IDToken {
        try await keys.verify(
            token, issuer: "https://login.example/t1/v2.0", audience: "client", nonce: nonce, now: now)
    }

    @Test func `a genuine token is believed, and tells its further claims`() async throws {
        struct Further: Decodable { let tid: String }
        let token = try await verify(signer.sign(Claims(), kid: "k1"))
        #expect(token.subject == "s1")
        #expect(try token.claims(as: Further.self).tid == "t1")
    }

    @Test func `a token for somebody else, of somebody else, or of another time is refused`() async throws {
        var other = Claims()
        other.iss = "https://login.example/t2/v2.0"
        await #expect(throws: IDTokenError.otherIssuer("https://login.example/t2/v2.0")) {
            try await verify(signer.sign(other, kid: "k1"))
        }
        other = Claims()
        other.aud = "another"
        await #expect(throws: IDTokenError.otherAudience) { try await verify(signer.sign(other, kid: "k1")) }
        await #expect(throws: IDTokenError.otherNonce) {
            try await verify(signer.sign(Claims(), kid: "k1"), nonce: "n2")
        }
        for seconds in [-3_000.0, 5_000.0] {
            await #expect(throws: IDTokenError.outOfTime) {
                try await verify(signer.sign(Claims(), kid: "k1"), now: Self.now.addingTimeInterval(seconds))
            }
        }
    }

    @Test func `a changed token, another algorithm and an unknown key are refused`() async throws {
        let token = try await signer.sign(Claims(), kid: "k1")
        let parts = token.split(separator: ".")
        let forged = Data(
            #"{"iss":"https://login.example/t1/v2.0","sub":"evil","aud":"client","exp":1795003600,"nonce":"n1"}"#.utf8)
        await #expect(throws: IDTokenError.badSignature) {
            try await verify("\(parts[0]).\(Self.base64URL(forged)).\(parts[2])")
        }
        for header in [
            #"{"alg":"none"}"#, #"{"alg":"HS256","kid":"k1"}"#, #"{"alg":"RS256","kid":"k9"}"#, #"{"alg":"RS256"}"#,
        ] {
            let encoded = Self.base64URL(Data(header.utf8))
            await #expect(throws: IDTokenError.unknownKey) { try await verify("\(encoded).\(parts[1]).\(parts[2])") }
        }
        for text in ["", "a.b", "a.b.c", "...", String(repeating: "x", count: 70_000)] {
            await #expect(throws: IDTokenError.malformed) { try await verify(text) }
        }
    }

    @Test func `metadata of another issuer is refused`() async throws {
        let body = Array(
            #"{"issuer":"https://evil.example","authorization_endpoint":"a","token_endpoint":"b","jwks_uri":"c"}"#.utf8)
        await #expect(throws: DiscoveryError.self) {
            try await ProviderMetadata.discover(issuer: "https://login.example/t1/v2.0") { _, _ in
                (HTTPResponse(status: .ok), body)
            }
        }
    }

    @Test(arguments: [
        (#"3600"#, 3_600), (#""3599""#, 3_599), ("-1", 0), ("1000000000000", 0), ("null", 0), (#""x""#, 0),
    ])
    func `a lifetime is taken as it may be written, and an absurd one as none`(text: String, seconds: Int64) throws {
        let answer = try JSONDecoder().decode(
            TokenAnswer.self, from: Data(#"{"access_token":"a","expires_in":\#(text)}"#.utf8))
        #expect(answer.lifetime.components.seconds == seconds)
    }
}
