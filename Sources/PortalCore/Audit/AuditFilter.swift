import Foundation
import PortalKit

/// Which lines one wants to see, as it stands in the address.
struct AuditFilter: Sendable {
    /// `nil` for those who see every broker's.
    var broker: Key<Broker>?
    var actor = ""
    var action = ""
    var outcome: AuditLine.Outcome?
    /// `kind:id`.
    var object = ""
    /// Days in UTC, both inclusive: 2026-11-21.
    var from = ""
    var to = ""
    var text = ""

    /// By name, in the order of the form; what is not set is left out.
    var fields: [(name: String, value: String)] {
        [
            ("q", text), ("actor", actor), ("action", action), ("outcome", outcome?.rawValue ?? ""), ("object", object),
            ("from", from), ("to", to),
        ].filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
    }

    var query: String { fields.map { "\($0.name)=\($0.value.queryEncoded)" }.joined(separator: "&") }

    /// What bounds the lines that have to be looked at.
    fileprivate var bounds: SQL {
        var sql: SQL = "1 = 1"
        if let broker { sql = "broker_id = \(broker)" }
        if !object.isEmpty { sql = "\(sql) AND object = \(object)" }
        if let start = Self.day(from) { sql = "\(sql) AND at >= \(start)" }
        if let end = Self.day(to) { sql = "\(sql) AND at < \(end + 86_400)" }
        return sql
    }

    /// What each of them is asked.
    fileprivate var conditions: SQL {
        var sql: SQL = "1 = 1"
        if !actor.isEmpty { sql = "\(sql) AND LOWER(actor) LIKE \(actor.lowercasedPattern) ESCAPE '\\'" }
        if !action.isEmpty { sql = "\(sql) AND action = \(action)" }
        if let outcome { sql = "\(sql) AND outcome = \(outcome)" }
        guard !text.isEmpty else { return sql }
        let pattern = text.lowercasedPattern
        // The words on the page stand in no column.
        let named = AuditWords.actions(like: text)
        var actions = named.any.reduce("FALSE" as SQL) { "\($0) OR action = \($1)" }
        actions = named.refused.reduce(actions) {
            "\($0) OR (action = \($1) AND outcome = \(AuditLine.Outcome.refused))"
        }
        return """
            \(sql) AND (\(actions) OR LOWER(action) LIKE \(pattern) ESCAPE '\\' OR LOWER(detail) LIKE \(pattern) ESCAPE '\\' OR LOWER(object) LIKE \(pattern) ESCAPE '\\'
                OR LOWER(actor) LIKE \(pattern) ESCAPE '\\' OR LOWER(COALESCE(value_before, '')) LIKE \(pattern) ESCAPE '\\'
                OR LOWER(COALESCE(value_after, '')) LIKE \(pattern) ESCAPE '\\' OR request_id = \(text) OR address = \(text))
            """
    }

    /// 0:00 UTC of a day written as 2026-11-21.
    private static func day(_ text: String) -> Date? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard text.utf8.count == 10, parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else {
            return nil
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(from: DateComponents(year: parts[0], month: parts[1], day: parts[2]))
    }
}

extension String {
    fileprivate var lowercasedPattern: String {
        let escaped = lowercased().map { "\\%_".contains($0) ? "\\\($0)" : String($0) }.joined()
        return "%\(escaped)%"
    }
}

/// A line as it is shown.
struct StoredAuditLine: Sendable {
    let id: String
    let at: Date
    let line: AuditLine
    let seq: Int?

    static let columns: SQL = """
        id, at, broker_id, actor, action, object, detail, value_before, value_after, outcome, request_id, address, seq
        """

    init(row: Row) throws {
        typealias Fields = JSONColumn<[String: String]>
        id = try row[0]
        at = try row[1]
        line = try AuditLine(
            brokerID: row[2], actor: row[3], action: row[4], object: row[5], detail: (row[6] as Fields).value,
            before: (row[7] as Fields?)?.value ?? [:], after: (row[8] as Fields?)?.value ?? [:], outcome: row[9],
            requestID: row[10], address: row[11])
        seq = try row[12]
    }

    var place: ListPlace { ListPlace(date: at, id: id) }
}

/// Some lines, and where the next ones are looked for.
struct AuditPage: Sendable {
    var lines: [StoredAuditLine]
    var next: ListPlace?
    /// Back to when was looked, when the looking ended before the page was full.
    var lookedBackTo: Date?

    /// So many lines are looked at for one page, however few fit: a page takes the same time with ten million lines.
    static let lookedAt = 20_000
}

extension DatabaseConnection {
    /// Newest first.
    mutating func auditPage(_ filter: AuditFilter, after place: ListPlace?, limit: Int) throws -> AuditPage {
        var bounds = filter.bounds
        if let place { bounds = "\(bounds) AND (at, id) < (\(place.date), \(place.id))" }
        let found = try query(
            """
            SELECT \(StoredAuditLine.columns) FROM (
                SELECT \(StoredAuditLine.columns) FROM audit WHERE \(bounds) ORDER BY at DESC, id DESC LIMIT \(AuditPage.lookedAt)
            ) AS looked WHERE \(filter.conditions) ORDER BY at DESC, id DESC LIMIT \(limit + 1)
            """, StoredAuditLine.init(row:))
        let lines = Array(found.prefix(limit))
        if found.count > limit { return AuditPage(lines: lines, next: lines.last?.place) }
        let end = try first(
            "SELECT at, id FROM audit WHERE \(bounds) ORDER BY at DESC, id DESC LIMIT 1 OFFSET \(AuditPage.lookedAt - 1)"
        ) { try ListPlace(date: $0[0], id: $0[1]) }
        return AuditPage(lines: lines, next: end, lookedBackTo: end?.date)
    }

    mutating func auditLine(_ id: String, of broker: Key<Broker>?) throws -> StoredAuditLine? {
        let filter: SQL = if let broker { "AND broker_id = \(broker)" } else { "" }
        return try first(
            "SELECT \(StoredAuditLine.columns) FROM audit WHERE id = \(id) \(filter)", StoredAuditLine.init(row:))
    }
}
