import Crypto
import Foundation

/// The code of an authenticator app: RFC 6238 with HMAC-SHA-1, six digits, steps of 30 seconds, which is what all apps know.
struct TOTP: Sendable, Hashable {
    static let digits = 6
    static let period: TimeInterval = 30

    let secret: [UInt8]

    init(secret: [UInt8]) {
        self.secret = secret
    }

    /// With a new secret of 160 bits, as RFC 4226 §4 recommends.
    init() {
        secret = .random(count: 20)
    }

    /// `nil` for what is not a secret as ``text`` shows it.
    init?(text: String) {
        guard let secret = Base32.decode(text), !secret.isEmpty else { return nil }
        self.init(secret: secret)
    }

    /// To type into an app, in groups of four.
    var text: String { Base32.encode(secret).inGroups(of: 4, separator: " ") }

    func code(step: Int) -> String {
        let counter = withUnsafeBytes(of: UInt64(max(0, step)).bigEndian) { Data($0) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 15)
        let number = mac[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7fff_ffff
        let code = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - code.count) + code
    }

    static func step(at time: Date) -> Int { Int((time.timeIntervalSince1970 / period).rounded(.down)) }

    /// The step that a typed code is of: the present one, the one before or the one after, and later than `used`, so that each
    /// works once. Compares all three in constant time.
    func step(of typed: String, at now: Date, after used: Int?) -> Int? {
        let typed = Token(typed.filter { !$0.isWhitespace })
        let present = Self.step(at: now)
        var found: Int?
        for step in present - 1...present + 1 where typed.matches(code(step: step)) { found = found ?? step }
        guard let found, found > used ?? .min else { return nil }
        return found
    }

    /// What the QR code says: the key URI format of the authenticator apps.
    func address(issuer: String, account: String) -> String {
        let issuer = issuer.replacing(":", with: " ").queryEncoded
        return """
            otpauth://totp/\(issuer):\(account.queryEncoded)?secret=\(Base32.encode(secret))&issuer=\(issuer)\
            &algorithm=SHA1&digits=\(Self.digits)&period=\(Int(Self.period))
            """
    }
}

extension [UInt8] {
    /// From the system's cryptographic generator.
    static func random(count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension String {
    func inGroups(of size: Int, separator: String) -> String {
        stride(from: 0, to: count, by: size).map { String(dropFirst($0).prefix(size)) }.joined(separator: separator)
    }
}
