/// Why a new password is refused, and what to do.
package enum PasswordProblem: Hashable, Sendable {
    case tooShort(count: Int)
    case tooLong
    /// Not much is left of it without the person's own name, address or company.
    case ownWords
    /// Made of words, runs and repetitions that are tried first.
    case guessable

    var text: String {
        switch self {
        case .tooShort(let count):
            "The password has \(count == 1 ? "1 character" : "\(count) characters"). Use at least \(PasswordRules.minLength): three or four unrelated words are easy to keep in mind."
        case .tooLong: "The password has more than \(PasswordRules.maxLength) characters. Use a shorter one."
        case .ownWords:
            "The password is made of your name, your address or your company, which are tried first. Choose words that have nothing to do with you."
        case .guessable:
            "This password is easy to guess: it is made of words, runs such as 1234 or qwerty, or repetitions that are tried first. Choose three or four unrelated words, or let a password manager make one."
        }
    }
}
