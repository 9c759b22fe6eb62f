import ArgumentParser
import Foundation
import Logging
import PortalCore

struct Users: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "People who sign in.",
        subcommands: [Create.self, List.self, ResetSecondFactor.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a user; the password is read from standard input.")

        @Argument(help: "The e-mail address to sign in with.")
        var email: String

        @Option(help: "The person's name.")
        var name: String?

        @Flag(help: "A portal administrator, who manages plugins and brokers.")
        var admin = false

        func validate() throws {
            guard admin else {
                throw ValidationError("Only portal administrators are made by the command line: add --admin.")
            }
        }

        func run() async throws {
            FileHandle.standardError.write(Data("Password (at least 12 characters): ".utf8))
            let password = readLine() ?? ""
            let portal = try Startup.portal(try Startup.configuration(), NoUpstream(), Startup.logger(.warning))
            do {
                try portal.createAdministrator(email: email, name: name ?? email, password: password)
            } catch {
                throw Startup.failure("\(error)")
            }
            print("Made the portal administrator \(email).")
        }
    }

    struct ResetSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "For a person who has lost the authenticator app and the recovery codes.")

        @Argument(help: "The person's e-mail address.")
        var email: String

        func run() async throws {
            let portal = try Startup.portal(try Startup.configuration(), NoUpstream(), Startup.logger(.warning))
            do {
                let had = try portal.clearSecondFactor(email: email)
                print(
                    had
                        ? "\(email) signs in with the password alone now, and sets the second factor up anew."
                        : "\(email) has no second factor. Nothing was changed.")
            } catch {
                throw Startup.failure("\(error)")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All users.")

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws {
            let rows = try Startup.portal(try Startup.configuration(), NoUpstream(), Startup.logger(.warning))
                .userRows()
            if json { return print(try Output.json(rows)) }
            for row in rows { print("\(row.email)\t\(row.role)\t\(row.broker ?? "-")\t\(row.name)") }
        }
    }
}

/// What commands print for programs.
enum Output {
    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
