import CSQLite

/// One row of an answer, valid inside the closure that reads it.
struct Row {
    let statement: OpaquePointer

    /// The column's value, in the order of the SELECT, counted from 0.
    subscript<Value: SQLConvertible>(_ column: Int) -> Value {
        get throws { try Value(value(column), column: column) }
    }

    private func value(_ column: Int) -> SQLValue {
        let index = Int32(column)
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(statement, index) else { return .text("") }
            let count = Int(sqlite3_column_bytes(statement, index))
            return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let bytes = sqlite3_column_blob(statement, index) else { return .bytes([]) }
            return .bytes(
                Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, index)))))
        default:
            return .null
        }
    }
}
