import Foundation
import PortalKit

/// Where a reading of the whole audit stands: lines come in the order in which they were written.
package struct AuditCursor: Codable, Sendable {
    package var at: Int
    package var id: String
}

/// The audit by the command line, in pages.
extension Portal {
    package struct AuditRow: Codable, Sendable {
        package let id: String
        package let at: String
        package let broker: String?
        package let actor: String
        package let action: String
        package let object: String
        package let detail: [String: String]
        package let before: [String: String]?
        package let after: [String: String]?
        package let outcome: String
        package let request: String?
        package let address: String?
    }

    package struct AuditPage: Codable, Sendable {
        package let rows: [AuditRow]
        /// `nil` at the end.
        package let next: AuditCursor?
    }

    func verifiedAudit() throws -> AdminAnswer {
        try AdminAnswer(verifyAudit(), empty: "There is no line yet.") { [$0.chain, $0.words] }
    }

    func auditPage(after cursor: AuditCursor?) throws -> AdminAnswer {
        let length = 1_000
        let from = cursor ?? AuditCursor(at: 0, id: "")
        let found: [(AuditCursor, AuditRow)] = try database.read { db in
            try db.query(
                """
                SELECT id, at, broker_id, actor, action, object, detail, value_before, value_after, outcome, request_id, address
                FROM audit WHERE (at, id) > (\(from.at), \(from.id)) ORDER BY at, id LIMIT \(length)
                """
            ) { row in
                let outcome: AuditLine.Outcome = try row[9]
                return (
                    AuditCursor(at: try row[1], id: try row[0]),
                    AuditRow(
                        id: try row[0],
                        at: (try row[1] as Date).ISO8601Format(.iso8601WithTimeZone(includingFractionalSeconds: true)),
                        broker: try row[2], actor: try row[3], action: try row[4],
                        object: try row[5], detail: try (row[6] as JSONColumn<[String: String]>).value,
                        before: try (row[7] as JSONColumn<[String: String]>?)?.value,
                        after: try (row[8] as JSONColumn<[String: String]>?)?.value, outcome: outcome.rawValue,
                        request: try row[10], address: try row[11])
                )
            }
        }
        let page = AuditPage(rows: found.map(\.1), next: found.count == length ? found.last?.0 : nil)
        return try AdminAnswer(page, lines: [])
    }
}
