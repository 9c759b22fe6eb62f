import Testing

@testable import PortalCore

@Suite struct QRCodeTests {
    @Test func `three finders, a quiet zone of four, and nothing that the page's policy refuses`() throws {
        let code = try #require(QRCode(TOTP().address(issuer: "Gatehouse", account: "owner@acme.example")))
        #expect((code.width - 17) % 4 == 0)
        func isDark(_ x: Int, _ y: Int) -> Bool { code.modules[y * code.width + x] }
        let last = code.width - 7
        for (left, top) in [(0, 0), (last, 0), (0, last)] {
            for offset in 0..<49 {
                let (x, y) = (offset % 7, offset / 7)
                let ring = max(abs(x - 3), abs(y - 3))
                #expect(isDark(left + x, top + y) == (ring != 2))
            }
        }
        let image = "\(code.image(label: "QR code"))"
        #expect(image.contains("viewBox=\"0 0 \(code.width + 8) \(code.width + 8)\""))
        #expect(image.contains("fill=\"#fff\"") && image.contains("M4 4h7v1h-7z"))
        #expect(!image.contains("style") && !image.contains("<script"))
    }

    @Test func `what is drawn is what was computed`() throws {
        let code = try #require(QRCode("https://eu.gatehouse.example/"))
        var drawn = [Bool](repeating: false, count: code.modules.count)
        for match in "\(code.image(label: ""))".matches(of: /M(\d+) (\d+)h(\d+)/) {
            let (x, y, run) = (Int(match.1) ?? 0, Int(match.2) ?? 0, Int(match.3) ?? 0)
            for step in 0..<run { drawn[(y - 4) * code.width + x - 4 + step] = true }
        }
        #expect(drawn == code.modules)
    }

    @Test func `a text that no code holds is refused`() {
        #expect(QRCode(String(repeating: "x", count: 5_000)) == nil)
    }
}
