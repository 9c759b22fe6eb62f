import Foundation
import PortalKit

/// Who did what, when, from where, and with which outcome. Every change of state has one, in the same transaction.
struct AuditLine: Sendable {
    var brokerID: Key<Broker>?
    /// An e-mail address, or `portal` for what it does by itself.
    var actor: String
    /// `noun.verb`: `service.add`.
    var action: String
    /// `kind:id`.
    var object: String
    var detail: [String: String] = [:]
    /// What was changed, by name: as it was, and as it became.
    var before: [String: String] = [:]
    var after: [String: String] = [:]
    var outcome: Outcome = .done
    var requestID: String?
    var address: String?

    enum Outcome: String, Sendable, SQLConvertible {
        case done, refused
    }
}

extension DatabaseConnection {
    mutating func audit(_ line: AuditLine, at now: Date) throws {
        try execute(
            """
            INSERT INTO audit (id, broker_id, at, actor, action, object, detail, value_before, value_after, outcome, request_id,
                address)
            VALUES (\(newID()), \(line.brokerID), \(now), \(line.actor), \(line.action), \(line.object),
                    \(JSONColumn(line.detail)), \(line.before.isEmpty ? nil : JSONColumn(line.before)),
                    \(line.after.isEmpty ? nil : JSONColumn(line.after)), \(line.outcome), \(line.requestID), \(line.address))
            """)
    }

    /// The newest lines; of one broker, or, for `nil`, of all.
    mutating func auditLines(of broker: Key<Broker>?, limit: Int) throws -> [(at: Date, line: AuditLine)] {
        let filter: SQL = if let broker { "WHERE broker_id = \(broker)" } else { "" }
        return try query(
            """
            SELECT at, broker_id, actor, action, object, detail, outcome, request_id, address FROM audit
            \(filter) ORDER BY at DESC, id DESC LIMIT \(limit)
            """
        ) { row in
            let detail: JSONColumn<[String: String]> = try row[5]
            return try (
                at: row[0],
                line: AuditLine(
                    brokerID: row[1], actor: row[2], action: row[3], object: row[4], detail: detail.value,
                    outcome: row[6], requestID: row[7], address: row[8])
            )
        }
    }
}
