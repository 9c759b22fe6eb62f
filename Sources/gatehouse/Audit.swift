import ArgumentParser
import Foundation
import PortalCore

struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Who did what, when.", subcommands: [Export.self])

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every line, oldest first, one JSON object a line on standard output.")

        func run() async throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var cursor: AuditCursor?
            repeat {
                let page = try await Console.perform(.auditPage(after: cursor)).decode(Portal.AuditPage.self)
                for row in page.rows {
                    FileHandle.standardOutput.write(try encoder.encode(row) + Data("\n".utf8))
                }
                cursor = page.next
            } while cursor != nil
        }
    }
}
