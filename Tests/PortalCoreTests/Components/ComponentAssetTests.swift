import Foundation
import HTML
import Testing

@testable import PortalCore

@Suite struct ComponentAssetTests {
    @Test func `the version names the content`() throws {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
        for path in ["css/gatehouse.css", "icons/gatehouse.svg", "js/gatehouse.js"] {
            for byte in try Data(contentsOf: root.appending(path: "assets/\(path)")) {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
        }
        let version = String(hash, radix: 36)
        #expect(
            assetVersion == version,
            "a file under www/assets has changed: set assetVersion in Asset.swift to \"\(version)\""
        )
    }

    @Test func `the first visit stays light`() throws {
        let css = try Data(contentsOf: root.appending(path: "assets/css/gatehouse.css")).count
        let js = try Data(contentsOf: root.appending(path: "assets/js/gatehouse.js")).count
        #expect(css <= 23 * 1_024)
        #expect(js <= 10 * 1_024)
    }

    @Test func `every class that the pieces use is known to the stylesheet`() throws {
        let css = try String(contentsOf: root.appending(path: "assets/css/gatehouse.css"), encoding: .utf8)
        let bare = barePage(title: "x", regionChip: "EU", purpose: "x", layout: .letter, footer: "x", "")
        let used = Set("\(everything())\(bare)".matches(of: /class="([^"]*)"/).flatMap { $0.1.split(separator: " ") })
        let unknown = used.filter { !css.contains(".\($0)") }
        #expect(unknown.isEmpty)
    }

    @Test(arguments: [400, 404, 413, 421, 429, 500, 502, 503])
    func `nginx has an error page in our look`(status: Int) throws {
        let html = try String(contentsOf: root.appending(path: "errors/\(status).html"), encoding: .utf8)
        #expect(html.matches(of: /<h1>/).count == 1)
        #expect(html.contains(#"<link rel="stylesheet" href="/assets/css/gatehouse.css">"#))
        #expect(html.contains(#"<html lang="en">"#))
        #expect(html.firstMatch(of: /<script|<style|\sstyle=/) == nil)
    }

    private let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../www").standardized
}
