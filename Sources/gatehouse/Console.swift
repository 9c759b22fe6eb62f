import ArgumentParser
import Foundation
import Logging
import PortalCore

/// How commands reach the portal: the one that serves, by its admin socket; or, when none does, one that they open
/// themselves.
enum Console {
    static func perform(_ command: AdminCommand) async throws -> AdminAnswer {
        let configuration = try Startup.configuration()
        let answer = try await ask(command, configuration)
        if let problem = answer.problem { throw Startup.failure(problem) }
        return answer
    }

    /// Prints what came of the command.
    static func run(_ command: AdminCommand, json: Bool = false) async throws {
        let answer = try await perform(command)
        if json { return print(answer.json) }
        for line in answer.lines { print(line) }
    }

    /// A portal that restarts has its state folder's lock and no socket for a moment: that moment is waited for.
    private static func ask(_ command: AdminCommand, _ configuration: PortalConfiguration) async throws -> AdminAnswer {
        let request = AdminRequest(command, by: person)
        for _ in 0..<50 {
            do {
                if let answer = try AdminClient.ask(request, at: configuration.adminSocketPath) { return answer }
            } catch let problem as AdminSocketClosed {
                throw Startup.failure(
                    "The portal was reached, and gave no answer: \(problem). Look whether the command was carried out.")
            } catch {
                throw Startup.failure("The portal can't be reached by its admin socket: \(error)")
            }
            if let portal = try open(configuration) {
                if case .testPlugin = command {
                    throw Startup.failure("Start the portal first: only one that serves calls providers.")
                }
                return await portal.perform(request)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Startup.failure(
            "The state folder \(configuration.stateFolder) is in use by another gatehouse process, which answers no commands."
        )
    }

    private static func open(_ configuration: PortalConfiguration) throws -> Portal? {
        do {
            return try Startup.open(configuration, NoUpstream(), Startup.logger(.warning))
        } catch DatabaseError.busy {
            return nil
        }
    }

    /// The account that gave the command, as far as the machine knows: for the audit.
    static var person: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["SUDO_USER"] ?? NSUserName()
    }
}
