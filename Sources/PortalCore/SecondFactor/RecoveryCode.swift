import Crypto
import Foundation

/// Gets a person in once without the authenticator app: 120 random bits in groups of four letters and digits.
///
/// From 112 bits on a lookup secret needs no slow hash (ASVS 5.0, 6.5.2), so the database keeps SHA-256.
struct RecoveryCode: Sendable, Hashable {
    static let perPerson = 10

    /// As it is shown.
    let text: String

    init() {
        text = Base32.encode(.random(count: 15)).inGroups(of: 4, separator: "-")
    }

    /// As it is typed.
    init?(typed: String) {
        let letters = typed.filter { !$0.isWhitespace && $0 != "-" }
        guard letters.utf8.count == 24, let bytes = Base32.decode(letters) else { return nil }
        text = Base32.encode(bytes).inGroups(of: 4, separator: "-")
    }

    var hash: [UInt8] { Array(SHA256.hash(data: Data("recovery-code:\(text)".utf8))) }

    static func set() -> [RecoveryCode] { (0..<perPerson).map { _ in RecoveryCode() } }
}
