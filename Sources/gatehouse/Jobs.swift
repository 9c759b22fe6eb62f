import ArgumentParser
import PortalCore

struct Jobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job", abstract: "The work of all brokers.",
        subcommands: [List.self, Retry.self, Cancel.self, Release.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The jobs that have not ended, newest first.")

        @Option(help: "Those in this state: queued, running, waiting, parked, succeeded, failed, cancelled.")
        var state: String?

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws { try await Console.run(.jobs(state: state), json: json) }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Start a job again at the step where it stands.")

        @Argument(help: "The job's id.")
        var id: String

        func run() async throws { try await Console.run(.retryJob(id: id)) }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a job; what was done stays done.")

        @Argument(help: "The job's id.")
        var id: String

        func run() async throws { try await Console.run(.cancelJob(id: id)) }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let jobs go on that a restore has parked: one, or all of them.")

        @Argument(help: "The job's id.")
        var id: String?

        @Flag(help: "All that a restore has parked.")
        var all = false

        func validate() throws {
            guard (id == nil) == all else { throw ValidationError("Name one job, or --all.") }
        }

        func run() async throws { try await Console.run(.releaseJobs(id: id)) }
    }
}
