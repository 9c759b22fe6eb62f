import Foundation
import PortalKit

/// The lines of one broker, or of the portal itself, each bound to the one before it.
enum AuditChain {
    /// Of lines that belong to no broker.
    static let portal = "portal"

    static func name(of broker: Key<Broker>?) -> String { broker?.rawValue ?? portal }

    /// Writing a line needs the key, which the portal gives to the connection when it opens the database.
    struct NoKey: Error {}

    /// Where a chain ends and where it begins; sealed, so that neither can be moved by hand.
    struct Head: Sendable, Codable, Equatable {
        var seq = 0
        var hash: [UInt8] = []
        /// The last line that retention has deleted.
        var prunedSeq = 0
        var prunedHash: [UInt8] = []

        func seal(_ chain: String, _ key: AuditKey) -> [UInt8] {
            key.code([
                Array("head".utf8), Array(chain.utf8), Array("\(seq)".utf8), hash, Array("\(prunedSeq)".utf8),
                prunedHash,
            ])
        }
    }
}

/// A line as it is stored, which is what is hashed.
struct AuditRow: Sendable {
    var id: String
    var brokerID: String?
    /// Microseconds since 1970.
    var at: Int
    var actor: String
    var action: String
    var object: String
    /// JSON, like the two after it.
    var detail: String
    var before: String?
    var after: String?
    var outcome: String
    var requestID: String?
    var address: String?

    func hash(_ key: AuditKey, after previous: [UInt8], chain: String, seq: Int) -> [UInt8] {
        key.code(
            [
                Array("line".utf8), previous, Array(chain.utf8), Array("\(seq)".utf8), Array(id.utf8),
                Array("\(at)".utf8),
            ]
                + [brokerID, actor, action, object, detail, before, after, outcome, requestID, address].map { text in
                    text.map { Array($0.utf8) }
                })
    }
}

extension DatabaseConnection {
    /// The end of a chain, and whether its seal is right.
    mutating func auditHead(_ chain: String) throws -> (head: AuditChain.Head, isGenuine: Bool)? {
        guard let key = auditKey else { throw AuditChain.NoKey() }
        return try first("SELECT seq, hash, pruned_seq, pruned_hash FROM audit_chain WHERE chain = \(chain)") { row in
            let stored: [UInt8] = try row[1]
            let head = try AuditChain.Head(
                seq: row[0], hash: Array(stored.prefix(32)), prunedSeq: row[2],
                prunedHash: (row[3] as [UInt8]?) ?? [])
            return (head, Array(stored.dropFirst(32)) == head.seal(chain, key))
        }
    }

    mutating func set(_ head: AuditChain.Head, of chain: String, isSealed: Bool = true) throws {
        guard let key = auditKey else { throw AuditChain.NoKey() }
        let sealed = head.hash + (isSealed ? head.seal(chain, key) : [UInt8](repeating: 0, count: 32))
        try execute(
            """
            INSERT INTO audit_chain (chain, seq, hash, pruned_seq, pruned_hash)
            VALUES (\(chain), \(head.seq), \(sealed), \(head.prunedSeq), \(head.prunedHash))
            ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, pruned_seq = excluded.pruned_seq,
                pruned_hash = excluded.pruned_hash
            """)
    }

    /// Puts a line at the end of its chain. A head that was tampered with is built upon all the same: work goes on, and
    /// the check tells.
    mutating func append(_ row: AuditRow) throws {
        guard let key = auditKey else { throw AuditChain.NoKey() }
        let chain = AuditChain.name(of: row.brokerID.map { Key($0) })
        let known = try auditHead(chain)
        var head = known?.head ?? AuditChain.Head()
        // A head that was tampered with or deleted, or a line put in past the end.
        var isIntact = try known?.isGenuine ?? mayBegin(chain)
        if let last = try lastAuditRow(of: chain), last.seq > head.seq {
            (head.seq, head.hash) = last
            isIntact = false
        }
        head.seq += 1
        head.hash = row.hash(key, after: head.hash, chain: chain, seq: head.seq)
        try execute(
            """
            INSERT INTO audit (id, broker_id, at, actor, action, object, detail, value_before, value_after, outcome, request_id,
                address, seq, hash)
            VALUES (\(row.id), \(row.brokerID), \(row.at), \(row.actor), \(row.action), \(row.object), \(row.detail),
                \(row.before), \(row.after), \(row.outcome), \(row.requestID), \(row.address), \(head.seq), \(head.hash))
            """)
        // A seal that was wrong stays wrong, and a head that was deleted gets none.
        if known == nil && isIntact { try noteBeginning(of: chain) }
        try set(head, of: chain, isSealed: isIntact)
    }

    private mutating func lastAuditRow(of chain: String) throws -> (seq: Int, hash: [UInt8])? {
        try first(
            """
            SELECT seq, hash FROM audit WHERE COALESCE(broker_id, 'portal') = \(chain) AND seq IS NOT NULL
            ORDER BY seq DESC LIMIT 1
            """
        ) { row in try (row[0], (row[1] as [UInt8]?) ?? []) }
    }

    /// Lines of a chain in their order, after a number.
    mutating func auditRows(of chain: String, after seq: Int, upTo last: Int, limit: Int) throws -> [(
        seq: Int, hash: [UInt8], row: AuditRow
    )] {
        try query(
            """
            SELECT seq, hash, id, broker_id, at, actor, action, object, detail, value_before, value_after, outcome, request_id,
                address
            FROM audit WHERE COALESCE(broker_id, 'portal') = \(chain) AND seq IS NOT NULL AND seq > \(seq) AND seq <= \(last)
            ORDER BY seq LIMIT \(limit)
            """
        ) { row in
            (
                seq: try row[0], hash: (try row[1] as [UInt8]?) ?? [],
                row: try AuditRow(
                    id: row[2], brokerID: row[3], at: row[4], actor: row[5], action: row[6], object: row[7],
                    detail: row[8], before: row[9], after: row[10], outcome: row[11], requestID: row[12],
                    address: row[13])
            )
        }
    }
}
