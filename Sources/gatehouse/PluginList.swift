import ArgumentParser
import PortalCore

struct PluginList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin", abstract: "What is compiled in.", subcommands: [List.self, Enable.self, Disable.self])

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
}
