package import Foundation

/// What a backup says of itself: its first line, as JSON. The rest of the file is the database as it is.
package struct BackupManifest: Codable, Sendable {
    package var format = BackupManifest.presentFormat
    package var release: String
    package var createdAt: Date
    package var isPractice: Bool
    /// In the order in which they were applied.
    package var migrations: [String]
    /// Which key its secrets are sealed with. The key itself is not in a backup.
    package var key: String
    package var databaseBytes: Int
    /// Of the database, in hexadecimal digits.
    package var sha256: String
    package var auditLines: Int
    /// Jobs that had not ended.
    package var openJobs: Int

    package static let presentFormat = 1
}

/// A copy of the database that the portal has made and looked through.
package struct DatabaseCopy: Codable, Sendable {
    package let path: String
    package let manifest: BackupManifest
}
