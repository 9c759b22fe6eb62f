import Foundation
import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

@Suite struct InstallationTests {
    @Test func `a folder of practice mode is not used for real work`() throws {
        let folder = NSTemporaryDirectory() + "gatehouse-mode-\(UUID().uuidString)"
        do { _ = try TestPortal(folder: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let database = try Database(path: folder + "/gatehouse.sqlite")
        try database.write { try $0.claim(isPractice: true) }
        #expect { try database.write { try $0.claim(isPractice: false) } } throws: { "\($0)".contains("practice mode") }
        try database.write { try $0.claim(isPractice: true) }
    }

    @Test func `a folder of real work is not used for practice`() throws {
        let database = try Database(path: NSTemporaryDirectory() + "gatehouse-mode-\(UUID().uuidString).sqlite")
        try database.write { try $0.claim(isPractice: false) }
        #expect { try database.write { try $0.claim(isPractice: true) } } throws: { "\($0)".contains("real work") }
    }

    @Test func `regions with https are told to browsers for a year`() throws {
        let secure = Portal.securityHeaders(regions: [Region(id: "eu", baseURL: BaseURL(scheme: "https", host: "eu.example.com", port: nil))])
        #expect(secure.contains { $0.0.canonicalName == "strict-transport-security" && $0.1.hasPrefix("max-age=31536000") })
    }
}
