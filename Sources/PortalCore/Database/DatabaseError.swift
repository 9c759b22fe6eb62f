/// What the database refused, and why.
package enum DatabaseError: Error, Equatable {
    /// A rule of the schema: a uniqueness, a reference, a check.
    case violation(String)
    /// Somebody else holds the file.
    case busy
    /// No room on the disk.
    case full
    case unreadable(column: Int)
    /// The file was written by a newer release, or by another program.
    case unknownMigration(String)
    /// SQLite's own extended code and words.
    case engine(code: Int32, message: String)
}

extension DatabaseError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .violation(let rule): "A rule of the database was broken: \(rule)"
        case .busy: "The database is in use."
        case .full: "There is no room left on the disk."
        case .unreadable(let column): "Column \(column) holds something that this release does not know."
        case .unknownMigration(let name): "The database was written by a newer release (\(name))."
        case .engine(let code, let message): "\(message) (SQLite \(code))"
        }
    }
}
