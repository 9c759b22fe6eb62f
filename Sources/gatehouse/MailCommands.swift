import ArgumentParser
import Foundation
import PortalCore

struct MailCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "What the mail system tells the portal.", subcommands: [Bounce.self])

    struct Bounce: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Record that a message did not arrive: a delivery status notification is read from standard input.",
            discussion:
                "Messages leave with the envelope sender bounce+ID@DOMAIN; deliver what comes back there to this.")

        private static let longest = 1 << 20

        func run() async throws {
            let message = try FileHandle.standardInput.read(upToCount: Self.longest) ?? Data()
            try await Console.run(.recordBounce(message: String(decoding: message, as: UTF8.self)))
        }
    }
}
