import Crypto
import CryptoExtras
import Foundation
import JWTKit

/// The keys that tokens are signed with, RS256. Source: Microsoft Learn, "Access tokens in the Microsoft identity
/// platform": more than one key is valid at any time.
struct SigningKeys: Sendable {
    struct Published: Sendable {
        let id: String
        /// Base64url.
        let modulus: String
        let exponent: String
    }

    let published: [Published]
    private let collection: JWTKeyCollection

    init(pems: [String]) async throws {
        var published: [Published] = []
        let collection = JWTKeyCollection()
        for pem in pems {
            let key = try Insecure.RSA.PrivateKey(pem: pem)
            let numbers = try key.publicKey.getKeyPrimitives()
            let id = Base64URL.encode(SHA256.hash(data: numbers.modulus).prefix(20))
            published.append(
                Published(
                    id: id, modulus: Base64URL.encode(numbers.modulus),
                    exponent: Base64URL.encode(numbers.publicExponent)))
            await collection.add(rsa: key, digestAlgorithm: .sha256, kid: JWKIdentifier(string: id))
        }
        self.published = published
        self.collection = collection
    }

    /// Signed with the first key.
    func sign(_ payload: some JWTPayload) async throws -> String {
        guard let key = published.first else { throw CocoaError(.coderValueNotFound) }
        return try await collection.sign(payload, kid: JWKIdentifier(string: key.id), header: ["typ": "JWT"])
    }

    /// Nil for anything that was not signed with one of these keys.
    func verified(_ token: String) async -> AccessToken? {
        guard let header = token.split(separator: ".").first.flatMap({ Base64URL.decode($0) }),
            let fields = try? JSONDecoder().decode([String: String].self, from: header),
            fields["alg"] == "RS256", published.contains(where: { $0.id == fields["kid"] })
        else { return nil }
        return try? await collection.verify(token, as: AccessToken.self)
    }

    /// Made once in a process: sandboxes without a file share it, so that a test run makes two keys and not hundreds.
    static let ofThisProcess = Result { try generate() }

    /// Two new private keys, PEM.
    static func generate() throws -> [String] {
        try (0..<2).map { _ in try _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation }
    }
}
