/// scrypt's N, r and p.
package struct PasswordCost: Sendable, Hashable, Comparable {
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

    /// By the work that a guess takes.
    package static func < (left: Self, right: Self) -> Bool { left.work < right.work }

    private var work: Int { rounds * blockSize * parallelism }
}
