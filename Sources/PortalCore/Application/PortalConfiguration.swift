import Foundation
package import Logging

/// How an installation is set up: one file plus the environment, which wins.
package struct PortalConfiguration: Sendable {
    /// The folder of the database, the key file and the sockets.
    package var stateFolder: String
    package var isPractice: Bool
    package var regions: [Region]
    /// Where `serve` listens when it inherits no socket.
    package var socket: String?
    package var workers: Int
    package var logLevel: Logger.Level
    /// By plugin id, then by the name of a field of its settings form.
    package var pluginSettings: [String: [String: String]]
    /// The same where nobody has set anything: practice mode's.
    package var pluginDefaults: [String: [String: String]] = [:]
    package var sandboxPort: Int
    package var sessionLimits: SessionLimits
    /// The sender of the portal's mail; `nil` where none can be sent.
    package var mailFrom: String?
    /// The program that takes mail as sendmail does.
    package var sendmail: String
    /// How long lines of the audit and ended jobs are kept; `nil` for ever.
    package var retention: Retention
    /// The folder of `gatehouse backup`, whose age is watched.
    package var backupFolder: String?
    /// Who has it may read `/metrics`.
    package var metricsToken: String?

    package struct Retention: Sendable {
        package var auditDays: Int?
        package var jobDays: Int?
    }

    /// Everything that is wrong, at once.
    package struct Problems: Error, CustomStringConvertible {
        package let lines: [String]
        package var description: String { lines.joined(separator: "\n") }
    }

    /// Names that the scripts, the tests and the reading itself use.
    private static let otherKeys: Set = ["BUILD", "SCREENSHOTS", "CONFIG"]

    /// - Parameter environment: all variables; those that begin with `GATEHOUSE_` are read.
    package init(environment: [String: String]) throws {
        var values = environment
        var problems: [String] = []
        if let path = environment["GATEHOUSE_CONFIG"] {
            do {
                for (key, value) in try Self.read(file: path) where values[key] == nil { values[key] = value }
            } catch {
                problems.append("GATEHOUSE_CONFIG: \(path) could not be read.")
            }
        }
        var reader = SettingsReader(values: values, problems: problems)
        stateFolder = reader.text("STATE") ?? ".gatehouse"
        isPractice = reader.flag("PRACTICE")
        workers = reader.number("WORKERS", 1...64) ?? 4
        socket = reader.text("SOCKET")
        logLevel = reader.choice("LOG_LEVEL", Logger.Level.init(rawValue:)) ?? .info
        let port = reader.number("PORT", 1...65_535) ?? 8080
        sandboxPort = reader.number("SANDBOX_PORT", 1...65_535) ?? 8090
        sessionLimits = SessionLimits(
            idle: TimeInterval(60 * (reader.number("SESSION_IDLE_MINUTES", 1...1_440) ?? 30)),
            absolute: TimeInterval(3_600 * (reader.number("SESSION_HOURS", 1...168) ?? 10)))
        mailFrom = reader.choice("MAIL_FROM", or: "an address like Gatehouse <portal@example.com>") { text in
            MailSender(text) == nil ? nil : text
        }
        sendmail = reader.text("SENDMAIL") ?? "/usr/sbin/sendmail"
        retention = Retention(
            auditDays: reader.number("RETENTION_AUDIT_DAYS", 30...36_500),
            jobDays: reader.number("RETENTION_JOB_DAYS", 1...36_500))
        backupFolder = reader.text("BACKUP_FOLDER")
        metricsToken = reader.secret("METRICS_TOKEN")
        regions = reader.texts(prefix: "REGION_").compactMap { name, url in
            guard let base = BaseURL(url) else {
                reader.problems.append(
                    "GATEHOUSE_REGION_\(name): \"\(url)\" is not a base URL like https://eu.example.com.")
                return nil
            }
            return Region(id: name.lowercased(), baseURL: base)
        }
        if regions.isEmpty && isPractice {
            regions = ["eu", "us"].map { id in
                Region(id: id, baseURL: BaseURL(scheme: "http", host: "\(id).gatehouse.localhost", port: port))
            }
        }
        pluginSettings = reader.pluginSettings()
        if regions.isEmpty {
            reader.problems.append(
                "GATEHOUSE_REGION_EU: set the base URL of at least one region, for example https://eu.example.com.")
        }
        if isPractice, let outside = regions.first(where: { !$0.baseURL.isLoopback }) {
            reader.problems.append(
                "GATEHOUSE_PRACTICE: practice mode runs on this machine only, and \(outside.baseURL) is elsewhere.")
        }
        if !isPractice, let plain = regions.first(where: { $0.baseURL.scheme != "https" && !$0.baseURL.isLoopback }) {
            reader.problems.append(
                "GATEHOUSE_REGION_\(plain.id.uppercased()): use https; sessions are never sent over plain http.")
        }
        reader.refuseUnknown(except: Self.otherKeys)
        guard reader.problems.isEmpty else { throw Problems(lines: reader.problems) }
    }

    var databasePath: String { stateFolder + "/gatehouse.sqlite" }
    package var adminSocketPath: String { "\(stateFolder)/\(AdminSocket.fileName)" }
    /// The program's own, as backups tell it.
    package var release = "unknown"
    var keyPath: String { stateFolder + "/vault.key" }

    /// Lines of `KEY=value`; empty lines and lines with `#` in front are left out.
    private static func read(file path: String) throws -> [(String, String)] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return nil }
            return (String(line[..<equals]), String(line[line.index(after: equals)...]))
        }
    }
}
