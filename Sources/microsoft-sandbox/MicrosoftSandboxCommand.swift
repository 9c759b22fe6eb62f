public import ArgumentParser
import Foundation
import Logging
public import MicrosoftSandbox

extension WorldNames: ExpressibleByArgument {}

@main
struct MicrosoftSandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "microsoft-sandbox",
        abstract: "Microsoft for practice: sign-in, tokens and Partner Center of an invented world, on loopback.",
        discussion: """
            Its control page, at the root of the address, lists accounts and passwords, turns faults on and shows what \
            was called. Stop it with Ctrl-C or SIGTERM.
            """
    )

    @Option(help: "The port to listen on.")
    var port = 8090

    @Option(help: "The address to listen on; loopback only.")
    var host = "127.0.0.1"

    @Option(name: .customLong("redirect-uri"), help: "A redirect URI of the application; may be repeated.")
    var redirectURIs: [String] = []

    @Option(help: "A file for keys, consents and used codes, so that connections outlive a restart.")
    var state: String?

    @Option(help: "How many customers Liberty IT has, up to 100000.")
    var customers = 1200

    @Option(help: "The world's seed: the same one makes the same world.")
    var seed: UInt64 = 1

    @Option(help: "What Liberty IT's customers are called: plain, mixed (many scripts, twins) or hostile.")
    var names = WorldNames.plain

    @Option(help: "The most customers on one page of Partner Center's list.")
    var pageLimit = 500

    @Option(help: "The origin in issuers and endpoint addresses, when others reach the sandbox under another one.")
    var publicBase: String?

    func run() async throws {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .warning
            return handler
        }
        do {
            let sandbox = try await MicrosoftSandbox(
                configuration: SandboxConfiguration(
                    host: host, port: port, redirectURIs: redirectURIs, publicBase: publicBase, stateFile: state,
                    world: WorldSettings(seed: seed, customers: customers, names: names), largestPage: max(1, pageLimit)
                ))
            try await sandbox.run { address in
                // Not `print`: its buffer would keep the line when the output goes to a file or a pipe.
                FileHandle.standardOutput.write(Data("The Microsoft sandbox listens on \(address)/\n".utf8))
            }
        } catch let error as SandboxError {
            FileHandle.standardError.write(Data("microsoft-sandbox: \(error)\n".utf8))
            throw ExitCode.failure
        }
    }
}
