import Foundation
import Testing

@testable import PortalCore

@Suite struct TOTPTests {
    /// RFC 6238, appendix B, the six last digits of its eight.
    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func `the codes of the standard's table`(time: Int, code: String) {
        let totp = TOTP(secret: Array("12345678901234567890".utf8))
        let now = Date(timeIntervalSince1970: Double(time))
        #expect(totp.code(step: TOTP.step(at: now)) == code)
        #expect(totp.step(of: code, at: now, after: nil) == TOTP.step(at: now))
    }

    @Test func `a code counts one step early and one late, and each step once`() {
        let totp = TOTP()
        let now = Date(timeIntervalSince1970: 1_795_000_000)
        let step = TOTP.step(at: now)
        for distance in -1...1 {
            #expect(totp.step(of: totp.code(step: step + distance), at: now, after: nil) == step + distance)
        }
        for distance in [-2, 2] { #expect(totp.step(of: totp.code(step: step + distance), at: now, after: nil) == nil) }
        #expect(totp.step(of: totp.code(step: step), at: now, after: step) == nil)
        #expect(totp.step(of: totp.code(step: step - 1), at: now, after: step) == nil)
        #expect(totp.step(of: totp.code(step: step + 1), at: now, after: step) == step + 1)
    }

    @Test func `a code is read as an app shows it`() {
        let totp = TOTP()
        let now = Date(timeIntervalSince1970: 1_795_000_000)
        let code = totp.code(step: TOTP.step(at: now))
        #expect(totp.step(of: " \(code.prefix(3)) \(code.suffix(3))\n", at: now, after: nil) != nil)
        for wrong in ["", "0", String(code.dropLast()), code + "0", "١٢٣٤٥٦"] {
            #expect(totp.step(of: wrong, at: now, after: nil) == nil, "\(wrong)")
        }
    }

    @Test func `the secret has 160 bits and is typed as it is shown`() throws {
        let totp = TOTP()
        #expect(totp.secret.count == 20 && totp.text.count == 39)
        #expect(TOTP(text: totp.text.lowercased()) == totp)
        #expect(TOTP(text: "") == nil && TOTP(text: "not base32!") == nil)
        #expect(TOTP() != totp)
    }

    @Test func `the address is what authenticator apps read`() {
        let totp = TOTP(secret: Array("12345678901234567890".utf8))
        #expect(
            totp.address(issuer: "Gatehouse: EU", account: "a+b@acme.example")
                == "otpauth://totp/Gatehouse%20%20EU:a%2Bb%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Gatehouse%20%20EU&algorithm=SHA1&digits=6&period=30"
        )
    }
}

@Suite struct Base32Tests {
    /// RFC 4648 §10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `the standard's table, both ways`(plain: String, encoded: String) {
        #expect(Base32.encode(Array(plain.utf8)) == encoded)
        #expect(Base32.decode(encoded) == Array(plain.utf8))
    }

    @Test func `what is typed by hand is read, and nothing else`() {
        #expect(Base32.decode("mzxw-6ytb oi") == Array("foobar".utf8))
        #expect(Base32.decode("018") == Base32.decode("OIB"))
        #expect(Base32.decode("MZX9") == nil && Base32.decode("MZXÄ") == nil && Base32.decode("MZ=") == nil)
    }
}

@Suite struct RecoveryCodeTests {
    @Test func `ten codes of 120 bits, none like another, in groups that can be typed`() throws {
        let codes = RecoveryCode.set()
        #expect(codes.count == 10 && Set(codes.map(\.hash)).count == 10)
        for code in codes {
            #expect(code.text.wholeMatch(of: /([A-Z2-7]{4}-){5}[A-Z2-7]{4}/) != nil)
            let typed = try #require(RecoveryCode(typed: " \(code.text.lowercased().replacing("-", with: " "))\n"))
            #expect(typed == code && typed.hash == code.hash)
        }
        #expect(RecoveryCode(typed: "") == nil && RecoveryCode(typed: String(codes[0].text.dropLast())) == nil)
        #expect(RecoveryCode(typed: codes[0].text + "A") == nil)
    }
}
