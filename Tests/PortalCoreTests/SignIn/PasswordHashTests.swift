import Testing

@testable import PortalCore

@Suite struct PasswordHashTests {
    private let cost = PasswordCost(rounds: 4, blockSize: 1, parallelism: 1)

    @Test func `a hash knows its password, and two of one password differ`() throws {
        let hash = try PasswordHash(password: "purple walrus lamp", cost: cost)
        #expect(try hash.matches("purple walrus lamp"))
        #expect(try !hash.matches("purple walrus lamp ") && !hash.matches("Purple walrus lamp") && !hash.matches(""))
        #expect(try PasswordHash(password: "purple walrus lamp", cost: cost) != hash)
        #expect(hash.text.hasPrefix("scrypt$4$1$1$"))
    }

    @Test func `a password is the same however a keyboard composes it, and its end counts`() throws {
        let hash = try PasswordHash(password: "Zwo\u{308}lf Boxka\u{308}mpfer", cost: cost)
        #expect(try hash.matches("Zwölf Boxkämpfer"))
        let long = String(repeating: "lantern ", count: 31)
        #expect(try !PasswordHash(password: long + "a", cost: cost).matches(long + "b"))
    }

    @Test func `a hash of a lower cost is known as such`() throws {
        let hash = try PasswordHash(password: "purple walrus lamp", cost: cost)
        #expect(hash.isCheaper(than: PasswordCost(rounds: 8, blockSize: 1, parallelism: 1)))
        #expect(hash.isCheaper(than: PasswordCost(rounds: 4, blockSize: 1, parallelism: 2)))
        #expect(!hash.isCheaper(than: cost))
        #expect(!hash.isCheaper(than: PasswordCost(rounds: 2, blockSize: 1, parallelism: 1)))
    }

    @Test(arguments: ["", "scrypt", "scrypt$4$1$1$$", "md5$1$1$1$AAAA$AAAA", "scrypt$x$1$1$AAAA$AAAA"])
    func `what is no hash has no password`(text: String) throws {
        #expect(try !PasswordHash(text: text).matches(""))
    }

    @Test func `an account without a password is told apart from one with`() throws {
        #expect(!PasswordHash(text: "").isUsable)
        #expect(try PasswordHash(password: "x", cost: cost).isUsable)
    }
}
