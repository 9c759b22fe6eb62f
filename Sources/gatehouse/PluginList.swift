import ArgumentParser
import PortalCore
import PortalKit

struct PluginList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin", abstract: "What is compiled in.",
        subcommands: [List.self, Enable.self, Disable.self, Test.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All plugins, with the abilities that the core sees.")

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws { try await Console.run(.plugins, json: json) }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switch a plugin on.")

        @Argument(help: "The plugin's id.")
        var id: String

        func run() async throws { try await Console.run(.setPlugin(id: id, enabled: true)) }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Switch a plugin off; its data stays.",
            discussion: "It returns when no call to the provider is under way any more.")

        @Argument(help: "The plugin's id.")
        var id: String

        func run() async throws { try await Console.run(.setPlugin(id: id, enabled: false)) }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask a plugin's provider whether the settings are good.",
            discussion:
                "The portal must serve: only then does it call providers. The exit code is 1 when a check failed.")

        @Argument(help: "The plugin's id.")
        var id: String

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws {
            let answer = try await Console.perform(.testPlugin(id: id))
            if json { print(answer.json) } else { for line in answer.lines { print(line) } }
            let failed = try answer.decode([SelfTestLine].self).contains { line in
                if case .failed = line.verdict { true } else { false }
            }
            if failed { throw ExitCode(1) }
        }
    }
}
