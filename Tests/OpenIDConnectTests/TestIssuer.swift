import Crypto
import CryptoExtras
import Foundation
import HTTPTypes

@testable import OpenIDConnect

/// A provider made of one key of each kind, which signs whatever it is told to.
struct TestIssuer {
    static let issuer = "https://login.example/t1"
    static let now = Date(timeIntervalSince1970: 1_795_000_100)
    static let one = Result { try TestIssuer() }
    static let genuine = [
        "iss": #""https://login.example/t1""#, "sub": #""s1""#, "aud": #""client""#, "exp": "1795003600",
        "iat": "1795000000", "nonce": #""n1""#,
    ]

    let rsa: _RSA.Signing.PrivateKey
    let elliptic: P256.Signing.PrivateKey

    init() throws {
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        elliptic = P256.Signing.PrivateKey()
    }

    var privatePEM: String { rsa.pemRepresentation }
    var publicPEM: String { rsa.publicKey.pemRepresentation }
    var ellipticPEM: String { elliptic.pemRepresentation }

    /// JSON of the RSA key, as a member of a set.
    func rsaKey(kid: String?, more: String = "") throws -> String {
        let numbers = try rsa.publicKey.getKeyPrimitives()
        let n = Base64URL.encode(numbers.modulus)
        let e = Base64URL.encode(numbers.publicExponent)
        return #"{"kty":"RSA","n":"\#(n)","e":"\#(e)"\#(kid.map { #","kid":"\#($0)""# } ?? "")\#(more)}"#
    }

    func ellipticKey(kid: String, zeros: Int = 0) -> String {
        let point = elliptic.publicKey.rawRepresentation
        let padding = [UInt8](repeating: 0, count: zeros)
        let x = Base64URL.encode(padding + point.prefix(32))
        let y = Base64URL.encode(padding + point.suffix(32))
        return #"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(y)","kid":"\#(kid)"}"#
    }

    static func keys(_ keys: String...) throws -> SigningKeys {
        try SigningKeys(json: Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8))
    }

    /// A token of exactly this header and payload, signed by what `by` says, whatever the header says.
    func token(header: String, payload: String, by: SigningAlgorithm = .rs256) throws -> String {
        let text = "\(Base64URL.encode(Data(header.utf8))).\(Base64URL.encode(Data(payload.utf8)))"
        let data = Data(text.utf8)
        let signature =
            switch by {
            case .rs256: try rsa.signature(for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5).rawRepresentation
            case .ps256: try rsa.signature(for: SHA256.hash(data: data), padding: .PSS).rawRepresentation
            case .es256: try elliptic.signature(for: SHA256.hash(data: data)).rawRepresentation
            }
        return "\(text).\(Base64URL.encode(signature))"
    }

    /// A genuine token but for these claims; an empty value leaves the claim out.
    func token(
        _ changes: [String: String] = [:], header: String = #"{"alg":"RS256","kid":"k1"}"#,
        by: SigningAlgorithm = .rs256
    ) throws -> String {
        let claims = Self.genuine.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        let payload = claims.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ",")
        return try token(header: header, payload: "{\(payload)}", by: by)
    }

    static func verify(
        _ token: String, by keys: SigningKeys, algorithms: Set<SigningAlgorithm> = [.rs256], now: Date = now
    ) async throws -> IDToken {
        try await keys.verify(
            token, issuer: issuer, audience: "client", nonce: "n1", now: now, algorithms: algorithms)
    }
}
