import CryptoExtras
import Foundation

/// A password as it is stored: scrypt, with the cost beside it so that it can grow.
struct PasswordHash: Sendable, Hashable {
    /// `scrypt$N$r$p$salt$key`, the last two in base 64.
    let text: String

    init(text: String) {
        self.text = text
    }

    /// Takes as long as `cost` says: off the request's thread.
    init(password: String, cost: PasswordCost) throws {
        let salt = Data([UInt8].random(count: 16))
        let key = try Self.derive(password, salt: salt, cost)
        text =
            "scrypt$\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)$\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }

    /// Of no password: it takes as long as another to find out that none matches. Made at once, since the portal starts with it.
    init(ofNobody cost: PasswordCost) {
        let salt = Data([UInt8].random(count: 16))
        let key = Data([UInt8].random(count: 32))
        text =
            "scrypt$\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)$\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }

    /// Whether it can be told by a password at all; whoever has none yet has an empty text.
    var isUsable: Bool { parts != nil }

    /// Takes its time, and compares in constant time.
    func matches(_ password: String) throws -> Bool {
        guard let (cost, salt, key) = parts else { return false }
        let derived = try Self.derive(password, salt: salt, cost)
        return zip(derived, key).reduce(derived.count == key.count ? 0 : 1) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Whether it was made when less was spent: then it is made anew as soon as the password is at hand.
    func isCheaper(than cost: PasswordCost) -> Bool { parts.map { $0.cost < cost } ?? false }

    private var parts: (cost: PasswordCost, salt: Data, key: Data)? {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: String(parts[4])),
            let key = Data(base64Encoded: String(parts[5]))
        else { return nil }
        return (PasswordCost(rounds: rounds, blockSize: blockSize, parallelism: parallelism), salt, key)
    }

    private static func derive(_ password: String, salt: Data, _ cost: PasswordCost) throws -> Data {
        try KDF.Scrypt.deriveKey(
            from: Data(password.precomposedStringWithCompatibilityMapping.utf8), salt: salt, outputByteCount: 32,
            rounds: cost.rounds, blockSize: cost.blockSize, parallelism: cost.parallelism
        ).withUnsafeBytes { Data($0) }
    }
}
