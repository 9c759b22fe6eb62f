package import Foundation
import PortalKit

/// Goes through one chain, some lines at a time.
struct AuditCheck: Sendable, Codable {
    let chain: String
    private var head: AuditChain.Head?
    private var seq = 0
    private var hash: [UInt8] = []
    private var lines = 0

    static let linesAtATime = 5_000

    init(chain: String) {
        self.chain = chain
    }

    /// Looks at the next lines.
    ///
    /// - Returns: what was found, at the end of the chain or at the first line that is wrong; else `nil`.
    mutating func advance(_ db: inout DatabaseConnection, at now: Date) throws -> AuditFinding? {
        guard let key = db.auditKey else { throw AuditChain.NoKey() }
        guard let stored = try db.auditHead(chain) else {
            let first = try db.auditRows(of: chain, after: 0, upTo: .max, limit: 1).first
            if let first { return finding(.broken(first.seq), now) }
            return finding(try db.mayBegin(chain) ? .whole : .cut(after: 0), now)
        }
        guard stored.isGenuine else { return finding(.broken(stored.head.seq), now) }
        let head = self.head ?? stored.head
        self.head = head
        // Retention may have deleted what was to be looked at next.
        if stored.head.prunedSeq > seq || seq == 0 { (seq, hash) = (stored.head.prunedSeq, stored.head.prunedHash) }
        let rows = try db.auditRows(of: chain, after: seq, upTo: head.seq, limit: Self.linesAtATime)
        for (number, kept, row) in rows {
            guard number == seq + 1, row.hash(key, after: hash, chain: chain, seq: number) == kept else {
                return finding(.broken(seq + 1), now)
            }
            (seq, hash) = (number, kept)
            lines += 1
        }
        guard rows.count < Self.linesAtATime else { return nil }
        guard seq >= head.seq else { return finding(.cut(after: seq), now) }
        guard seq > head.seq || hash == head.hash else { return finding(.broken(seq), now) }
        return finding(try db.hasLinesBeside(stored.head, of: chain) ? .beside : .whole, now)
    }

    private func finding(_ state: AuditFinding.State, _ now: Date) -> AuditFinding {
        AuditFinding(chain: chain, state: state, lines: lines, at: now)
    }
}

/// What a check of a chain has found.
package struct AuditFinding: Sendable, Codable, Equatable {
    /// A broker's id, or `portal`.
    package let chain: String
    package let state: State
    /// How many lines were right.
    package let lines: Int
    package let at: Date

    package enum State: Sendable, Codable, Equatable {
        case whole
        /// The first number whose line was changed, is missing, or does not follow the one before.
        case broken(Int)
        /// Lines after this number are gone.
        case cut(after: Int)
        /// There are lines that were never put into the chain.
        case beside
    }

    package var isWhole: Bool { state == .whole }

    /// One sentence.
    package var words: String {
        switch state {
        case .whole: "Whole: \(counted(lines, "line"))."
        case .broken(let seq):
            "Broken at line \(grouped(seq)): it was changed or deleted by other hands than the portal's."
        case .cut(let seq): "The lines after \(grouped(seq)) are gone, deleted by other hands than the portal's."
        case .beside: "There are lines beside the chain, written by other hands than the portal's."
        }
    }
}

extension Portal {
    /// Goes through all chains, the portal's own first.
    package func verifyAudit() throws -> [AuditFinding] {
        let now = now
        let findings = try database.read { try $0.auditChains() }.map { chain in
            var check = AuditCheck(chain: chain)
            while true {
                if let finding = try database.read({ try check.advance(&$0, at: now) }) { return finding }
            }
        }
        try database.write { db in try findings.forEach { try db.note($0) } }
        return findings
    }
}

extension DatabaseConnection {
    mutating func auditChains() throws -> [String] {
        let brokers = try query("SELECT id FROM broker ORDER BY id") { try $0[0] as String }
        let heads = try query("SELECT chain FROM audit_chain ORDER BY chain") { try $0[0] as String }
        let others = Set(heads).union(try begunChains()?.chains ?? []).subtracting(brokers + [AuditChain.portal])
        return [AuditChain.portal] + brokers + others.sorted()
    }

    /// Lines with a number that the chain does not have, or without one: those are from before there were chains, so none is
    /// younger than the first with a number.
    fileprivate mutating func hasLinesBeside(_ head: AuditChain.Head, of chain: String) throws -> Bool {
        try count(
            """
            SELECT COUNT(*) FROM audit WHERE COALESCE(broker_id, 'portal') = \(chain) AND seq IS NOT NULL
                AND (seq > \(head.seq) OR seq <= \(head.prunedSeq))
            """) > 0
            || count(
                """
                SELECT COUNT(*) FROM audit WHERE seq IS NULL AND COALESCE(broker_id, 'portal') = \(chain)
                    AND at > (SELECT at FROM audit WHERE COALESCE(broker_id, 'portal') = \(chain) AND seq IS NOT NULL
                              ORDER BY seq LIMIT 1)
                """) > 0
    }

    mutating func note(_ finding: AuditFinding) throws {
        try execute(
            """
            INSERT INTO audit_check (chain, checked_at, is_whole, finding)
            VALUES (\(finding.chain), \(finding.at), \(finding.isWhole), \(JSONColumn(finding)))
            ON CONFLICT (chain) DO UPDATE SET checked_at = excluded.checked_at, is_whole = excluded.is_whole,
                finding = excluded.finding
            """)
    }

    /// The last finding of a chain, or, for `nil`, of all.
    mutating func auditFindings(of chain: String?) throws -> [AuditFinding] {
        let filter: SQL = if let chain { "WHERE chain = \(chain)" } else { "" }
        return try query("SELECT finding FROM audit_check \(filter) ORDER BY is_whole, chain") { row in
            try (row[0] as JSONColumn<AuditFinding>).value
        }
    }
}
