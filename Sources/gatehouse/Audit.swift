import ArgumentParser
import Foundation
import PortalCore

struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Who did what, when.", subcommands: [Verify.self, Export.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go through the chains of all lines; the exit code is 1 when one is not whole.")

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws {
            let answer = try await Console.perform(.verifyAudit)
            if json { print(answer.json) } else { for line in answer.lines { print(line) } }
            guard try answer.decode([AuditFinding].self).allSatisfy(\.isWhole) else { throw ExitCode(1) }
        }
    }

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
