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
        try append(
            AuditRow(
                id: newID(), brokerID: line.brokerID?.rawValue,
                at: Int((now.timeIntervalSince1970 * 1_000_000).rounded()),
                actor: line.actor, action: line.action, object: line.object, detail: Self.text(line.detail),
                before: line.before.isEmpty ? nil : Self.text(line.before),
                after: line.after.isEmpty ? nil : Self.text(line.after), outcome: line.outcome.rawValue,
                requestID: line.requestID, address: line.address))
    }

    private static func text(_ fields: [String: String]) -> String {
        guard case .text(let text) = JSONColumn(fields).sqlValue else { return "{}" }
        return text
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
