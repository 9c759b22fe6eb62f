import ArgumentParser
import Logging
import PortalCore
import PortalKit

struct PluginList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin", abstract: "What is compiled in.", subcommands: [List.self, Enable.self, Disable.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All plugins, with the abilities that the core sees.")

        @Flag(help: "As JSON.")
        var json = false

        private struct Line: Encodable {
            let id: String
            let name: String
            let version: String
            let provider: String
            let enabled: Bool
            let abilities: [String]
        }

        func run() async throws {
            let portal = try Startup.portal(try Startup.configuration(), NoUpstream(), Startup.logger(.warning))
            let lines = try portal.plugins.entries.map { entry in
                Line(
                    id: entry.manifest.id.rawValue, name: entry.manifest.listing.name, version: entry.manifest.version,
                    provider: entry.manifest.provider, enabled: try portal.isPluginEnabled(entry.manifest.id),
                    abilities: entry.abilities)
            }
            if json { return print(try Output.json(lines)) }
            if lines.isEmpty { print("No plugins are compiled in.") }
            for line in lines {
                print(
                    "\(line.id)\t\(line.version)\t\(line.enabled ? "enabled" : "disabled")\t\(line.abilities.joined(separator: ", "))"
                )
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switch a plugin on.")

        @Argument(help: "The plugin's id.")
        var id: String

        func run() async throws { try PluginList.set(id, enabled: true) }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switch a plugin off; its data stays.")

        @Argument(help: "The plugin's id.")
        var id: String

        func run() async throws { try PluginList.set(id, enabled: false) }
    }

    private static func set(_ id: String, enabled: Bool) throws {
        let portal = try Startup.portal(try Startup.configuration(), NoUpstream(), Startup.logger(.warning))
        guard portal.plugins[Key(id)] != nil else {
            throw Startup.failure("There is no plugin \"\(id)\". `gatehouse plugin list` names them.")
        }
        try portal.setPlugin(Key(id), enabled: enabled)
        print("\(id) is \(enabled ? "enabled" : "disabled").")
    }
}
