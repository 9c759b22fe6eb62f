import Crypto
import Foundation

/// A random text of 256 bits that only its holder knows; the database keeps its hash.
struct Token: Sendable {
    let text: String

    init() {
        var generator = SystemRandomNumberGenerator()
        text = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }).base64URL
    }

    init(_ text: some StringProtocol) {
        self.text = String(text)
    }

    var hash: [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }

    /// A second text that only the holder of this one can name: for forms.
    func derived(_ purpose: String) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8), using: SymmetricKey(data: Data(text.utf8))))
            .base64URL
    }

    /// Compares in constant time.
    func matches(_ text: String) -> Bool {
        SHA256.hash(data: Data(text.utf8)) == SHA256.hash(data: Data(self.text.utf8))
    }
}
