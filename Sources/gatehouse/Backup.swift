import ArgumentParser
import Foundation
import PortalCore

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the database into one file, while the portal serves, and verify it.",
        discussion: """
            The key file (vault.key) is not in it: keep a copy of that elsewhere. Without the key the backup's secrets are \
            worth nothing, and without the backup the key is.
            """)

    @Argument(help: "The file to write.")
    var file: String

    @Flag(help: "Take the place of a file that is there.")
    var replace = false

    @Flag(help: "As JSON.")
    var json = false

    func run() async throws {
        let copy = try await Console.perform(.copyDatabase).decode(DatabaseCopy.self)
        defer { unlink(copy.path) }
        let path = URL(fileURLWithPath: file).path
        do {
            try BackupFile(path: path).write(copy, replacing: replace)
        } catch {
            throw Startup.failure("\(error)")
        }
        _ = try await Console.perform(.noteBackup(file: path))
        if json { return print(try Output.json(copy.manifest)) }
        let manifest = copy.manifest
        print(
            "\(path): \(manifest.databaseBytes) bytes, \(manifest.auditLines) audit lines, \(manifest.openJobs) open jobs; verified."
        )
        print("Its secrets are sealed with the key \(manifest.key), which is not in it.")
    }
}

struct RestoreBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup in the place of the database. The portal must not run.",
        discussion: """
            Unfinished jobs wait until `gatehouse job release`; everybody signs in again. The key file must be in the state \
            folder already.
            """)

    @Argument(help: "The backup's file.")
    var file: String

    @Flag(help: "Put a database aside that is there.")
    var replace = false

    func run() async throws {
        do {
            let restore = Restore(file, try Startup.configuration())
            for line in try restore.perform(replacing: replace, by: Console.person) { print(line) }
        } catch let exit as ExitCode {
            throw exit
        } catch {
            throw Startup.failure("\(error)")
        }
    }
}
