import Foundation
import PortalKit

/// Which chains have begun; sealed, so that whoever deletes a chain with its head deletes it from here in vain.
struct BegunChains: Sendable {
    static let row = "audit_begun"
    var chains: Set<String> = []

    private struct Stored: Codable {
        let chains: [String]
        let seal: String
    }

    init() {}

    /// - Returns: `nil` for what nobody with the key has written.
    fileprivate init?(_ text: String, _ key: AuditKey) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(text.utf8)) else { return nil }
        chains = Set(stored.chains)
        guard seal(key) == stored.seal else { return nil }
    }

    fileprivate func text(_ key: AuditKey) throws -> String {
        String(decoding: try JSONEncoder().encode(Stored(chains: chains.sorted(), seal: seal(key))), as: UTF8.self)
    }

    private func seal(_ key: AuditKey) -> String {
        key.code([Array("begun".utf8)] + chains.sorted().map { Array($0.utf8) }).hexadecimal
    }
}

extension DatabaseConnection {
    /// - Returns: `nil` where the list was deleted or changed by other hands.
    mutating func begunChains() throws -> BegunChains? {
        guard let key = auditKey else { throw AuditChain.NoKey() }
        return try kept(BegunChains.row).flatMap { BegunChains($0, key) }
    }

    /// Whether a chain without a head is one that has no line yet. Without the list nobody can tell, so it is not.
    mutating func mayBegin(_ chain: String) throws -> Bool {
        try begunChains().map { !$0.chains.contains(chain) } ?? false
    }

    /// Made once, with the key.
    mutating func startBegunChains(_ key: AuditKey) throws { try keep(BegunChains.row, BegunChains().text(key)) }

    mutating func noteBeginning(of chain: String) throws { try changeBegun { _ = $0.insert(chain) } }

    /// Of a broker that was erased.
    mutating func forgetChain(of broker: Key<Broker>) throws {
        try changeBegun { _ = $0.remove(AuditChain.name(of: broker)) }
    }

    private mutating func changeBegun(_ change: (inout Set<String>) -> Void) throws {
        guard let key = auditKey, var begun = try begunChains() else { return }
        change(&begun.chains)
        try keep(BegunChains.row, begun.text(key))
    }
}
