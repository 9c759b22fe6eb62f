import ArgumentParser
import Foundation
import PortalCore

struct Users: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "People who sign in.",
        subcommands: [
            Create.self, List.self, SignInLink.self, Disable.self, Enable.self, EndSessions.self,
            ResetSecondFactor.self,
        ])

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
            try await Console.run(.createAdministrator(email: email, name: name ?? email, password: password))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All users.")

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws { try await Console.run(.users, json: json) }
    }

    struct SignInLink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign-in-link",
            abstract: "Break-glass: a link that signs somebody in once, within ten minutes.",
            discussion: "It works also where single sign-on is required and its provider is down. It is audited.")

        @Argument(help: "The e-mail address of whom it signs in.")
        var email: String

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws { try await Console.run(.makeSignInLink(email: email), json: json) }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody in no more; every session ends.")

        @Argument(help: "The e-mail address.")
        var email: String

        func run() async throws { try await Console.run(.setUser(email: email, enabled: false)) }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody in again.")

        @Argument(help: "The e-mail address.")
        var email: String

        func run() async throws { try await Console.run(.setUser(email: email, enabled: true)) }
    }

    struct EndSessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end-sessions", abstract: "End every session of one person, or of everybody.")

        @Argument(help: "The e-mail address.")
        var email: String?

        @Flag(help: "Of everybody.")
        var all = false

        func validate() throws {
            guard (email == nil) == all else { throw ValidationError("Name one e-mail address, or --all.") }
        }

        func run() async throws { try await Console.run(.endSessions(email: email)) }
    }

    struct ResetSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-second-factor",
            abstract: "Forget somebody's second step and recovery codes; every session ends.")

        @Argument(help: "The e-mail address.")
        var email: String

        func run() async throws { try await Console.run(.resetSecondFactor(email: email)) }
    }
}

struct Brokers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker", abstract: "The brokers.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All brokers, with their regions and hosts.")

        @Flag(help: "As JSON.")
        var json = false

        func run() async throws { try await Console.run(.brokers, json: json) }
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
