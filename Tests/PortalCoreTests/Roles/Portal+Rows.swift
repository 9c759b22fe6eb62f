import Foundation

@testable import PortalCore

extension Portal {
    /// What any request leaves behind, whoever sends it and whatever comes of it.
    private static let passing: Set<String> = [
        "session", "handover", "held_form", "audit", "audit_chain", "sign_in_failure", "counted_try", "known_device",
    ]
    private static let passingColumns: Set<String> = ["signed_in_at"]

    /// How a table's rows are known to be a broker's: the column, and where it leads.
    private static let owners: [(column: String, condition: String)] = [
        ("broker_id", "= ?1"), ("chain", "= ?1"), ("scope", "= ?1"),
        ("tenant_id", "IN (SELECT id FROM tenant WHERE broker_id = ?1)"),
        ("job_id", "IN (SELECT id FROM job WHERE broker_id = ?1)"),
        ("connection_id", "IN (SELECT id FROM connection WHERE broker_id = ?1)"),
        ("user_id", "IN (SELECT id FROM portal_user WHERE broker_id = ?1)"),
    ]

    /// Every row that stays, table by table, as text.
    ///
    /// - Parameter broker: for only what is this broker's, passing rows included, and what is nobody's.
    func rows(of broker: String? = nil) throws -> [String: [String]] {
        try database.read { db in
            let tables = try db.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ) {
                try $0[0] as String
            }
            var all: [String: [String]] = [:]
            for table in tables {
                let columns = try db.query(SQL(text: "SELECT name FROM pragma_table_info('\(table)')", values: [])) {
                    try $0[0] as String
                }
                let owner = broker.flatMap { _ in Self.owners.first { columns.contains($0.column) } }
                if owner == nil && Self.passing.contains(table) { continue }
                let shown = columns.filter { broker != nil || !Self.passingColumns.contains($0) }
                let text = shown.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
                let condition = owner.map { " WHERE \"\($0.column)\" \($0.condition)" } ?? ""
                all[table] = try db.query(
                    SQL(
                        text: "SELECT \(text) FROM \(table)\(condition) ORDER BY 1",
                        values: owner == nil ? [] : [.text(broker ?? "")])
                ) { try $0[0] as String }
            }
            return all
        }
    }
}
