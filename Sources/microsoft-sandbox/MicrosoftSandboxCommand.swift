public import ArgumentParser
import Foundation
import Logging
public import MicrosoftSandbox

extension WorldNames: ExpressibleByArgument {}

@main
struct MicrosoftSandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "microsoft-sandbox",
        abstract: "Microsoft for practice: what a cloud partner's software calls, with an invented world behind it.",
        discussion: """
            On loopback, each service below an address of its own:
              /entra          sign-in, consent, tokens (authority: BASE/entra/TENANT/v2.0)
              /partnercenter  the Partner Center API
              /graph          Microsoft Graph (BASE/graph/v1.0)
              /azure          Azure Resource Manager: billing, subscription aliases
              /admin          where a customer's administrator answers a partner
              /               the control page: people, clock, faults, request log
              /control        the same for programs; GET lists every control

            Everybody's password is \(MicrosoftSandbox.password), every MFA code \(MicrosoftSandbox.mfaCode). \
            admin@acmecloud.example administers the partner Acme Cloud, admin@libertyit.example the partner Liberty IT, \
            admin@northgate.example a customer. The application has the client id
            \(MicrosoftSandbox.clientID) and the secret \(MicrosoftSandbox.clientSecret).

            Examples:
              microsoft-sandbox --redirect-uri http://localhost:5000/signed-in
              microsoft-sandbox --customers 100000 --names hostile --page-limit 25
              microsoft-sandbox --state practice.json --public-base https://127.0.0.1:8443

            It runs until Ctrl-C or SIGTERM and answers first what is under way. More: docs/sandbox.md.
            """
    )

    @Option(help: ArgumentHelp("The port to listen on.", valueName: "number"))
    var port = 8090

    @Option(help: ArgumentHelp("The address to listen on: 127.0.0.1, ::1 or localhost.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(
        name: .customLong("redirect-uri"),
        help: ArgumentHelp(
            "A redirect URI of the application, compared character by character; may be repeated.", valueName: "uri"))
    var redirectURIs: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file for all that changes, keys included, so that connections outlive a restart; else in memory.",
            valueName: "file"))
    var state: String?

    @Option(help: ArgumentHelp("How many customers Liberty IT has, 0 to 100000.", valueName: "count"))
    var customers = 1200

    @Option(help: ArgumentHelp("The world's seed: the same one makes the same world.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "What Liberty IT's customers are called: English companies, many scripts and twins, or names that hurt.",
            valueName: "kind"))
    var names = WorldNames.plain

    @Option(help: ArgumentHelp("The most customers on one page of Partner Center's list.", valueName: "count"))
    var pageLimit = 500

    @Option(
        help: ArgumentHelp(
            "The origin in issuers and links, when others reach the sandbox under another one: https://127.0.0.1:8443.",
            valueName: "origin"))
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
