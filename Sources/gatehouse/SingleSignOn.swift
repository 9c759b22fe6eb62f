import ArgumentParser
import PortalCore

struct SingleSignOn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sso", abstract: "Brokers' single sign-on, and the way in when its provider lets nobody in.",
        subcommands: [Show.self, Suspend.self, RestoreRequirement.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "How it stands at each broker.")

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws { try await Console.run(.singleSignOn, json: json) }
    }

    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Break-glass: let a broker's people sign in with a password for a while.",
            discussion: "It ends by itself, is audited, told to the owners, and shown on every page of the broker.")

        @Option(help: "The broker's id or name.")
        var broker: String

        @Option(help: "For how long, 1 to 1440.")
        var minutes = 30

        @Option(help: "Why; the owners read it.")
        var reason: String

        func run() async throws {
            try await Console.run(.suspendSSO(broker: broker, minutes: minutes, reason: reason))
        }
    }

    struct RestoreRequirement: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore", abstract: "End a suspension before its time.")

        @Option(help: "The broker's id or name.")
        var broker: String

        func run() async throws { try await Console.run(.restoreSSO(broker: broker)) }
    }
}
