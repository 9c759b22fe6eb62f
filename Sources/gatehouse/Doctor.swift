import ArgumentParser
import Foundation
import HTTPTypes
import PortalCore

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at settings, key file, database, nginx, clock, plugins, mail and backups.",
        discussion: "Each line says ok, warning or problem, and what to do. The exit code is 1 when there is a problem."
    )

    @Flag(help: "Also what must be so before real people use the portal.")
    var production = false

    @Flag(help: "The settings alone; nothing is opened.")
    var settings = false

    @Option(help: "Note that you have done something of the go-live list: reboot, restore, mail.")
    var tick: String?

    @Flag(help: "As JSON.")
    var json = false

    func run() async throws {
        if let tick { return try await Console.run(.tick(tick)) }
        let configuration = try Startup.configuration()
        var findings = [Finding.ok("Settings", "every one is known and has a value that makes sense")]
        if !settings {
            findings += MachineExamination(configuration).findings()
            findings += try await Console.perform(.examine(isProduction: production)).decode([Finding].self)
            findings += try await webServer(configuration)
        }
        if json {
            print(try Output.json(findings))
        } else {
            for finding in findings { print(finding.line) }
        }
        if findings.contains(where: { $0.verdict == .problem }) { throw ExitCode(1) }
    }

    /// Asks the portal through nginx, once for each region, and looks at what of it arrives.
    private func webServer(_ configuration: PortalConfiguration) async throws -> [Finding] {
        guard try AdminClient.isServing(at: configuration.adminSocketPath) else {
            return [
                .warning("Portal", "does not serve at present, so nginx was not asked", "Start it, and look again.")
            ]
        }
        let upstream = HTTPUpstream(longestExchange: .seconds(10))
        var findings = [Finding.ok("Portal", "serves, and answers commands")]
        for region in configuration.regions {
            let token = try await Console.perform(.beginProbe).decode(String.self)
            let problem = await probe(region, token, upstream)
            let arrived = try await Console.perform(.endProbe(token: token)).decode(ProbeFindings?.self)
            findings += judge(region, problem, arrived)
        }
        try await upstream.shutdown()
        return findings
    }

    /// - Returns: why there was no answer as wished.
    private func probe(_ region: Region, _ token: String, _ upstream: HTTPUpstream) async -> String? {
        let base = region.baseURL
        // Names under .localhost are known to browsers only.
        let authority = base.host.hasSuffix(".localhost") ? "127.0.0.1" : base.host
        var request = HTTPRequest(
            method: .get, scheme: base.scheme, authority: authority + (base.port.map { ":\($0)" } ?? ""),
            path: "/healthz?probe=\(token)")
        if let host = HTTPField.Name("Host") {
            request.headerFields[host] = base.host + (base.port.map { ":\($0)" } ?? "")
        }
        do {
            let (response, _) = try await upstream.send(request, [])
            return response.status == .ok ? nil : "it answers \(response.status.code)"
        } catch {
            return "\(error)"
        }
    }

    private func judge(_ region: Region, _ problem: String?, _ arrived: ProbeFindings?) -> [Finding] {
        let about = "Web server for \(region.baseURL)"
        if let problem {
            return [
                .problem(
                    about, "does not lead here: \(problem)",
                    "Does nginx run, with this name in a server_name, and does the name lead to this machine?")
            ]
        }
        guard let arrived else {
            return [
                .problem(
                    about, "answers, but not from this portal",
                    "The name leads to another machine, or nginx to another socket.")
            ]
        }
        var faults: [String] = []
        if arrived.host.split(separator: ":").first.map(String.init) != region.baseURL.host {
            faults.append("HTTP_HOST is \(arrived.host)")
        }
        if arrived.serverName != region.baseURL.host { faults.append("SERVER_NAME is \(arrived.serverName)") }
        if arrived.isHTTPS != (region.baseURL.scheme == "https") {
            faults.append("HTTPS and REQUEST_SCHEME do not say \(region.baseURL.scheme)")
        }
        if !arrived.hasRemoteAddress { faults.append("REMOTE_ADDR is missing") }
        return faults.isEmpty
            ? [.ok(about, "leads here, with the right parameters")]
            : [
                .problem(
                    about, faults.joined(separator: "; "), "Take the parameters from the nginx.conf of this release.")
            ]
    }
}

struct Metrics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The metrics, as /metrics gives them.")

    func run() async throws {
        try await print(Console.perform(.metrics).lines.joined(), terminator: "")
    }
}
