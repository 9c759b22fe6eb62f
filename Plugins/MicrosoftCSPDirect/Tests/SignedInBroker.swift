import Foundation
import HTTPTypes
import MicrosoftCSPDirect
import MicrosoftSandbox
import MicrosoftTestPortal
import PortalCore
import TestPortal
import Testing

/// Acme's owner with the service added, beside a sandbox in memory.
final class SignedInBroker: Sendable {
    static let acme = "aaaaaaaa-0000-4000-8000-000000000001"
    static let path = "/services/microsoft-csp-direct"

    private static let settings = ["microsoft-csp-direct": practiceApplication]

    let sandbox: MicrosoftSandbox
    let upstream: SandboxUpstream
    let portal: TestPortal
    let owner: TestClient

    /// - Parameter changes: of the plugin's settings.
    init(settings changes: [String: String] = [:]) async throws {
        let clock = TestClock()
        sandbox = try await .beside(clock)
        upstream = SandboxUpstream(sandbox: sandbox)
        portal = try TestPortal(
            plugins: [MicrosoftCSPDirect.self], upstream: upstream, clock: clock,
            settings: Self.settings.mapValues { $0.merging(changes) { _, mine in mine } })
        owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/marketplace/microsoft-csp-direct/steps")
        _ = try await owner.post("/marketplace/microsoft-csp-direct/additions")
    }

    /// Types the Microsoft ID and goes as far as Microsoft's address.
    ///
    /// - Returns: the attempt's page and the authorization address on it.
    func depart(microsoftID: String = acme) async throws -> (path: String, address: String) {
        _ = try await owner.get("\(Self.path)/authentication")
        let begun = try await owner.post("\(Self.path)/authentication", ["microsoft-id": microsoftID])
        let path = try #require(begun.location)
        let page = try await owner.get(path)
        let link = try #require(page.text.firstMatch(of: /href="(http:\/\/127\.0\.0\.1[^"]*authorize[^"]*)"/)?.output.1)
        return (path, String(link).replacing("&amp;", with: "&"))
    }

    /// The whole way: to Microsoft, its pages, and back; then what the portal does by itself.
    @discardableResult
    func connect(as account: String = "admin@acmecloud.example", consents: Bool = true) async throws -> TestPage {
        let (path, address) = try await depart()
        let back = try await PracticePerson(account, consents: consents).signIn(at: address, in: sandbox)
        _ = try await owner.open(back)
        await portal.runJobs()
        return try await owner.get(path)
    }

    /// What a process that is killed leaves, taken up by a new one.
    func restartedPortal() throws -> TestPortal {
        try portal.restarted(
            plugins: [MicrosoftCSPDirect.self], upstream: upstream, settings: Self.settings)
    }

    /// Starts to read the list of tenants, and goes as far as it goes without moving the clock.
    ///
    /// - Returns: the job's path.
    func discover() async throws -> String {
        // Runs are told apart by the time at which they begin.
        portal.clock.advance(by: 1)
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("\(Self.path)/tenants")
        let started = try await owner.post("\(Self.path)/discoveries")
        await portal.runJobs()
        return try #require(started.location)
    }

    /// A page as the owner sees it at this time, signed in anew: sessions end when the clock moves.
    func words(at path: String) async throws -> String {
        try await portal.client(signedInAs: "owner@acme.example").get(path).words
    }

    /// Moves the clock until the job waits no longer, at most 40 times an hour and a bit.
    ///
    /// - Returns: its page.
    func end(of job: String) async throws -> String {
        for _ in 0..<40 {
            let words = try await words(at: job)
            guard words.contains("The job is waiting") else { return words }
            portal.clock.advance(by: 4_000)
            await portal.runJobs()
        }
        return try await words(at: job)
    }

    /// The calls that Microsoft has seen, oldest first.
    func requests(_ call: ServiceCall) -> [LoggedRequest] { sandbox.loggedRequests.filter { $0.call == call } }

    /// How often tokens were asked for.
    var tokenRequests: Int { sandbox.loggedRequests.filter { $0.path.hasSuffix("/oauth2/v2.0/token") }.count }
}
