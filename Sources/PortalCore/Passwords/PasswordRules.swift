import Foundation

/// What a new password must be: long, and not among those that are tried first. Any characters, none demanded.
///
/// NIST SP 800-63B-4 §3.1.1.2 and ASVS 5.0 V6.2. The password counts as it is hashed: in normal form KC.
enum PasswordRules {
    static let minLength = 12
    /// In characters. Nothing is cut off.
    static let maxLength = 256
    /// Fewer pieces than these make a password that is guessed soon.
    static let minPieces = 6

    /// - Parameter person: what is known of the person: name, e-mail address, company.
    static func problem(_ password: String, of person: [String]) -> PasswordProblem? {
        let normal = password.precomposedStringWithCompatibilityMapping
        let length = normal.unicodeScalars.count
        if length < minLength { return .tooShort(count: length) }
        if length > maxLength { return .tooLong }
        let own = person.map { $0.lowercased() }
        let parts =
            own + own.flatMap { $0.split(separator: "@").map(String.init) }
            + own.flatMap { $0.split { !$0.isLetter && !$0.isNumber }.map(String.init) }
        let theirs = parts.filter { $0.count >= 3 }.map { Array($0) }
        guard PasswordPieces(words: CommonPasswords.words + theirs).count(in: normal) < minPieces else {
            return nil
        }
        return PasswordPieces(words: CommonPasswords.words).count(in: normal) < minPieces ? .guessable : .ownWords
    }
}
