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
        let salt = Data((0..<16).map { _ in UInt8.random(in: .min ... .max) })
        let key = try cost.derive(password, salt: salt)
        text =
            "scrypt$\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)$\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }

    func matches(_ password: String) throws -> Bool {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: String(parts[4])),
            let key = Data(base64Encoded: String(parts[5]))
        else { return false }
        let cost = PasswordCost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        let derived = try cost.derive(password, salt: salt)
        return zip(derived, key).reduce(derived.count == key.count ? 0 : 1) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// scrypt's N, r and p.
package struct PasswordCost: Sendable, Hashable {
    package let rounds: Int
    package let blockSize: Int
    package let parallelism: Int

    package init(rounds: Int, blockSize: Int, parallelism: Int) {
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// About 0.4 s and 70 MB, once at a time.
    package static let standard = PasswordCost(rounds: 1 << 16, blockSize: 8, parallelism: 2)
    /// For the demo accounts of practice mode and for tests: everybody knows those passwords.
    package static let practice = PasswordCost(rounds: 1 << 12, blockSize: 8, parallelism: 1)

    fileprivate func derive(_ password: String, salt: Data) throws -> Data {
        try KDF.Scrypt.deriveKey(
            from: Data(password.precomposedStringWithCompatibilityMapping.utf8), salt: salt, outputByteCount: 32,
            rounds: rounds, blockSize: blockSize, parallelism: parallelism
        ).withUnsafeBytes { Data($0) }
    }
}
