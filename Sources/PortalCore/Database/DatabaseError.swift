/// What the database refused, and why.
public enum DatabaseError: Error, Equatable {
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
