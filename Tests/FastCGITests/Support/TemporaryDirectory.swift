import Foundation

/// Removed with its last reference.
final class TemporaryDirectory: Sendable {
    let path: String
    var socket: String { path + "/socket" }

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/fastcgi-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
