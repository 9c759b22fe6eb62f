import ArgumentParser
import Foundation

@main
struct Gatehouse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatehouse", abstract: "A web portal for cloud partners.",
        subcommands: [
            Serve.self, Migrate.self, Doctor.self, Users.self, Brokers.self, SingleSignOn.self, PluginList.self,
            Jobs.self, Audit.self,
            MailCommands.self,
            Backup.self, RestoreBackup.self, Metrics.self, Routes.self, Version.self,
        ])

    /// A web server that runs this as plain CGI gives no arguments, but says how it was called.
    static func main() async {
        let isCGI = CommandLine.arguments.count == 1 && ProcessInfo.processInfo.environment["GATEWAY_INTERFACE"] != nil
        await main(isCGI ? ["serve"] : nil)
    }
}
