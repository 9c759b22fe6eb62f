import CSQLite

/// One connection to the database file. Statements are prepared once and kept by text.
///
/// `@unchecked Sendable`: SQLite takes a handle from any thread, one at a time. A value that can't be copied and is only
/// reached through a mutex is used just so.
struct DatabaseConnection: ~Copyable, @unchecked Sendable {
    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]
    /// What audit lines are chained with; the portal sets it once it has its vault.
    var auditKey: AuditKey?

    init(path: String, readOnly: Bool) throws {
        var opened: OpaquePointer?
        let flags = (readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw DatabaseError.engine(code: code, message: "\(path): \(message)")
        }
        self.handle = opened
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 5_000)
    }

    /// All rows, each as `decode` reads it.
    mutating func query<T>(_ sql: SQL, _ decode: (Row) throws -> T) throws -> [T] {
        let statement = try prepare(sql)
        defer { reset(statement) }
        var rows: [T] = []
        while try step(statement) { rows.append(try decode(Row(statement: statement))) }
        return rows
    }

    /// The first row, if there is one.
    mutating func first<T>(_ sql: SQL, _ decode: (Row) throws -> T) throws -> T? {
        let statement = try prepare(sql)
        defer { reset(statement) }
        return try step(statement) ? try decode(Row(statement: statement)) : nil
    }

    /// The first column of the only row of `SELECT COUNT(*) …`.
    mutating func count(_ sql: SQL) throws -> Int {
        try first(sql) { try $0[0] } ?? 0
    }

    /// Runs a statement and tells how many rows it changed.
    @discardableResult
    mutating func execute(_ sql: SQL) throws -> Int {
        let statement = try prepare(sql)
        defer { reset(statement) }
        while try step(statement) {}
        return Int(sqlite3_changes(handle))
    }

    /// Runs `body` as a whole or not at all.
    mutating func transaction<T>(_ begin: SQL, _ body: (inout DatabaseConnection) throws -> T) throws -> T {
        try execute(begin)
        do {
            let value = try body(&self)
            try execute("COMMIT")
            return value
        } catch {
            // A failed commit may have rolled back already; the first error is the one that counts.
            if sqlite3_get_autocommit(handle) == 0 { _ = try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Several statements without values: the schema and the pragmas.
    mutating func run(script: String) throws {
        guard sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK else { throw error() }
    }

    var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    private mutating func prepare(_ sql: SQL) throws -> OpaquePointer {
        let statement: OpaquePointer
        if let kept = statements[sql.text] {
            statement = kept
        } else {
            var prepared: OpaquePointer?
            guard
                sqlite3_prepare_v3(handle, sql.text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
                    == SQLITE_OK,
                let prepared
            else { throw error() }
            statements[sql.text] = prepared
            statement = prepared
        }
        for (index, value) in sql.values.enumerated() {
            guard bind(value, to: Int32(index + 1), of: statement) == SQLITE_OK else { throw error() }
        }
        return statement
    }

    private func bind(_ value: SQLValue, to index: Int32, of statement: OpaquePointer) -> Int32 {
        let transient = gatehouse_sqlite_transient()
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .text(let text):
            return sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), transient)
        case .bytes(let bytes):
            return bytes.isEmpty
                ? sqlite3_bind_zeroblob(statement, index, 0)
                : sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), transient)
        }
    }

    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw error()
        }
    }

    private func reset(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    private func error() -> DatabaseError {
        let code = sqlite3_extended_errcode(handle)
        let message = String(cString: sqlite3_errmsg(handle))
        return switch code & 0xff {
        case SQLITE_CONSTRAINT: .violation(message)
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_FULL: .full
        default: .engine(code: code, message: message)
        }
    }
}
