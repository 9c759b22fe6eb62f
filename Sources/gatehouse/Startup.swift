import ArgumentParser
import Foundation
import HTTPTypes
import Logging
import PortalCore

/// How every command gets at the portal.
enum Startup {
    static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "gatehouse") { _ in JSONLogHandler() }
        logger.logLevel = level
        return logger
    }

    /// The configuration, or every problem with it, a line each.
    static func configuration() throws -> PortalConfiguration {
        do {
            var configuration = try PortalConfiguration(environment: ProcessInfo.processInfo.environment)
            configuration.release = Version.number
            return configuration.withPracticeSettings()
        } catch {
            throw failure("\(error)")
        }
    }

    /// Opens the state folder. In practice mode the demo world is there afterwards.
    static func portal(_ configuration: PortalConfiguration, _ upstream: any Upstream, _ logger: Logger) throws
        -> Portal
    {
        do {
            return try open(configuration, upstream, logger)
        } catch DatabaseError.busy {
            throw failure(
                "The state folder \(configuration.stateFolder) is in use by another gatehouse process. Stop that one first."
            )
        }
    }

    /// - Throws: ``DatabaseError/busy`` when another process has the folder; else what is told on standard error already.
    static func open(_ configuration: PortalConfiguration, _ upstream: any Upstream, _ logger: Logger) throws -> Portal
    {
        do {
            let portal = try Portal(
                configuration: configuration, plugins: plugins, upstream: upstream,
                passwordCost: configuration.isPractice ? .practice : .standard, logger: logger)
            if configuration.isPractice { try DemoWorld.seed(portal) }
            return portal
        } catch DatabaseError.busy {
            throw DatabaseError.busy
        } catch DatabaseError.unknownMigration(let name) {
            throw failure(
                "The database in \(configuration.stateFolder) was written by a newer release (\"\(name)\"). Run that release."
            )
        } catch {
            throw failure("\(error)")
        }
    }

    /// One clear message on standard error, exit code 1.
    static func failure(_ text: String) -> any Error {
        FileHandle.standardError.write(Data("gatehouse: \(text.replacing("\n", with: "\ngatehouse: "))\n".utf8))
        return ExitCode(1)
    }
}

/// For commands that call no provider.
struct NoUpstream: Upstream {
    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        throw Startup.failure("This command calls no provider.")
    }
}
