import ArgumentParser
import HTTPTypes
import Logging
import PortalCore

struct Routes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every route, with the permission that it needs.")

    @Flag(help: "As JSON.")
    var json = false

    private struct Line: Encodable {
        let method: String
        let path: String
        let permission: String
    }

    func run() async throws {
        let portal = try Startup.portal(try Startup.configuration(), NoUpstream(), Startup.logger(.warning))
        let lines = portal.routes.map { Line(method: $0.method.rawValue, path: $0.path, permission: $0.access) }
        if json { return print(try Output.json(lines)) }
        for line in lines { print("\(line.method)\t\(line.path)\t\(line.permission)") }
    }
}
