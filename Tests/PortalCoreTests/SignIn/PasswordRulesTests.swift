import Testing

@testable import PortalCore

@Suite struct PasswordRulesTests {
    static let person = ["Olivia Owner", "olivia.owner@acme.example", "Acme Cloud"]

    @Test(arguments: [
        "purple walrus lamp", "Kx9$mQ2vLp7!", "zwölf Boxkämpfer jagen", "maple-envelope-quartz-41", "        a b c d",
        "пароль для входа", "👩‍🚀 flies to the moon", "dragon monkey shadow master", "tgKwq,rzXbbv",
    ])
    func `long ones of any characters are taken`(password: String) {
        #expect(PasswordRules.problem(password, of: Self.person) == nil)
    }

    @Test(arguments: [
        "password1234", "P@ssw0rd2026!", "Welcome12345", "qwertyuiop12", "1q2w3e4r5t6y", "1qaz2wsx3edc", "aaaaaaaaaaaa",
        "abcabcabcabc", "k7pk7pk7pk7p", "123456789012", "abcdefghijkl", "zyxwvutsrqpo", "letmeinletmein",
        "iloveyou2024",
        "correcthorsebatterystaple", "Gatehouse2026", "gatehouse-practice", "summer2026!!", "Administrator1",
        "trustno1trustno1", "Liverpool123", "ｐａｓｓｗｏｒｄ１２３４", "0987654321qwerty", "839201748563",
    ])
    func `what is tried first is refused`(password: String) {
        #expect(PasswordRules.problem(password, of: Self.person) == .guessable)
    }

    @Test(arguments: ["OliviaOwner2026", "acme.example1", "Acme-Olivia-99", "olivia.owner@acme.example"])
    func `what is known of the person is refused`(password: String) {
        #expect(PasswordRules.problem(password, of: Self.person) == .ownWords)
        #expect(PasswordRules.problem("purple \(password) lantern", of: Self.person) == nil)
    }

    @Test func `length counts in characters of the normal form, and nothing is cut off`() {
        #expect(PasswordRules.problem("Kx9$mQ2vLp7", of: []) == .tooShort(count: 11))
        #expect(PasswordRules.problem("", of: []) == .tooShort(count: 0))
        // Eleven characters as a base and a combining mark each.
        #expect(PasswordRules.problem("ko\u{308}9$mQ2vLp7", of: []) == .tooShort(count: 11))
        let longest = String((0..<256).map { Character(UnicodeScalar(UInt8(33 + $0 * 37 % 90))) })
        #expect(PasswordRules.problem(longest, of: []) == nil)
        #expect(PasswordRules.problem(longest + "x", of: []) == .tooLong)
    }

    @Test(arguments: [PasswordProblem.tooShort(count: 1), .tooLong, .ownWords, .guessable])
    func `each refusal says what to do`(problem: PasswordProblem) {
        #expect(problem.text.contains("Use ") || problem.text.contains("Choose "))
    }
}
