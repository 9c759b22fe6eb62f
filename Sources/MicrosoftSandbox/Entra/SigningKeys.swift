import Crypto
import Foundation
import JWTKit
import Synchronization

/// The keys that tokens are signed with. Source: Microsoft Learn, "Signing key rollover in the Microsoft identity
/// platform": more than one is valid at any time, and they may be replaced at any time.
final class SigningKeys: Sendable {
    private struct Contents {
        let published: [SigningKey]
        let collection: JWTKeyCollection
    }

    /// How many stay published after a rotation.
    static let most = 3

    private let contents: Mutex<Contents>

    /// The first one signs.
    init(pems: [String]) async throws {
        contents = Mutex(try await Self.contents(pems))
    }

    /// In place of those before: what they signed is no longer verified unless they are among the new ones.
    func replace(pems: [String]) async throws {
        let new = try await Self.contents(pems)
        contents.withLock { $0 = new }
    }

    var published: [SigningKey] { contents.withLock { $0.published } }

    func sign(_ payload: some JWTPayload) async throws -> String {
        let contents = contents.withLock { $0 }
        guard let key = contents.published.first else { throw CocoaError(.coderValueNotFound) }
        let header: JWTHeader = ["typ": "JWT", "x5t": .string(key.id)]
        return try await contents.collection.sign(payload, kid: JWKIdentifier(string: key.id), header: header)
    }

    /// Nil for anything that was not signed with one of these keys, or is no v1.0 access token.
    func verified(_ token: String) async -> AccessToken? {
        let contents = contents.withLock { $0 }
        guard let header = token.split(separator: ".").first.flatMap({ Base64URL.decode($0) }),
            let fields = try? JSONDecoder().decode([String: String].self, from: header),
            fields["alg"] == "RS256", contents.published.contains(where: { $0.id == fields["kid"] })
        else { return nil }
        return try? await contents.collection.verify(token, as: AccessToken.self)
    }

    private static func contents(_ pems: [String]) async throws -> Contents {
        let keys = try pems.map(SigningKey.init)
        let collection = JWTKeyCollection()
        for key in keys {
            await collection.add(rsa: key.key, digestAlgorithm: .sha256, kid: JWKIdentifier(string: key.id))
        }
        return Contents(published: keys, collection: collection)
    }

    /// Made once in a process: sandboxes without a file share it, so that a test run makes two keys and not hundreds.
    static let ofThisProcess = Result { try generate() }

    /// Two new private keys, PEM.
    static func generate() throws -> [String] { try (0..<2).map { _ in try SigningKey.generate() } }
}
