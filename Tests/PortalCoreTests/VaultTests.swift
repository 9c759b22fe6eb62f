import Foundation
import Testing

@testable import PortalCore

@Suite struct VaultTests {
    private func vault() throws -> Vault {
        try Vault(keyFile: NSTemporaryDirectory() + "gatehouse-key-\(UUID().uuidString)", mayCreate: true)
    }

    @Test func `check 124: a sealed value opens in its own row only, whole, and with its own key`() throws {
        let vault = try vault()
        let sealed = try vault.seal("a refresh token", for: "provider_grant:a")
        #expect(try vault.open(sealed, for: "provider_grant:a") == "a refresh token")
        for row in ["provider_grant:b", "provider_grant:", "mail:a", ""] {
            #expect(throws: Vault.Failure.unreadable) { try vault.open(sealed, for: row) }
        }
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(throws: Vault.Failure.unreadable) { try vault.open(changed, for: "provider_grant:a") }
        }
        for length in [0, 1, 12, 13, 28, sealed.count - 1] {
            #expect(throws: Vault.Failure.unreadable) {
                try vault.open(Array(sealed.prefix(length)), for: "provider_grant:a")
            }
        }
        #expect(throws: Vault.Failure.unreadable) { try self.vault().open(sealed, for: "provider_grant:a") }
    }

    @Test func `check 126: no nonce comes twice, and every sealing is counted`() throws {
        let vault = try vault()
        var nonces: Set<[UInt8]> = []
        for _ in 0..<100_000 { nonces.insert(Array(try vault.seal("x", for: "y")[1..<13])) }
        #expect(nonces.count == 100_000)
        #expect(vault.sealings.take() == 100_000 && vault.sealings.take() == 0)
    }

    @Test func `a key is named by a fingerprint that is the same at every start and tells nothing of it`() throws {
        let path = NSTemporaryDirectory() + "gatehouse-key-\(UUID().uuidString)"
        let made = try Vault(keyFile: path, mayCreate: true).fingerprint
        #expect(try Vault(keyFile: path, mayCreate: false).fingerprint == made)
        #expect(made.count == 16)
        let key = try Data(contentsOf: URL(fileURLWithPath: path)).map { String($0, radix: 16) }.joined()
        #expect(!key.contains(made))
        #expect(try vault().fingerprint != made)
    }
}
