import CSQLite
import TestPortal

/// Reads tables by names that are known at run time only, which the portal's own statements can't.
final class RawRows {
    private var handle: OpaquePointer?

    init(_ path: String) throws {
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else {
            throw TestFailure("\(path) could not be opened")
        }
    }

    deinit { sqlite3_close_v2(handle) }

    func count(in table: String, where column: String, is value: String) throws -> Int {
        var statement: OpaquePointer?
        let sql = "SELECT COUNT(*) FROM \"\(table)\" WHERE \"\(column)\" = '\(value)'"
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK,
            sqlite3_step(statement) == SQLITE_ROW
        else { throw TestFailure("\(table).\(column) could not be read") }
        defer { sqlite3_finalize(statement) }
        return Int(sqlite3_column_int64(statement, 0))
    }
}
