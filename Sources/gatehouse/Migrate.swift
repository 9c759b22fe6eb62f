import ArgumentParser
import Logging
import PortalCore

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database up to date.", discussion: "In practice mode it also makes the demo world, once.")

    func run() async throws {
        let configuration = try Startup.configuration()
        _ = try Startup.portal(configuration, NoUpstream(), Startup.logger(.warning))
        print("The database in \(configuration.stateFolder) is up to date.")
    }
}
