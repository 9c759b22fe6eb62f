import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import Logging
package import PortalCore
package import PortalKit

/// The real application on a fresh database with the demo world, a clock that the test moves, and an upstream of the test's.
package final class TestPortal: Sendable {
    package let portal: Portal
    package let clock: TestClock
    package let folder: String
    private let answer: @Sendable (Request, PortalContext) async throws -> Response

    package static let eu = "eu.gatehouse.localhost"
    package static let us = "us.gatehouse.localhost"
    package static let shop = "shop.acme.localhost"

    /// - Parameters:
    ///   - folder: the state folder of an earlier one, to go on with its rows.
    ///   - configure: sets what a test wants otherwise than practice mode has it.
    package init(
        plugins: [any ProviderPlugin.Type] = [ToyCloud.self], upstream: any Upstream = ToyUpstream(),
        clock: TestClock = TestClock(),
        folder: String? = nil, settings: [String: [String: String]] = [:], defaults: [String: [String: String]] = [:],
        passwordCost: PasswordCost = PasswordCost(rounds: 2, blockSize: 1, parallelism: 1),
        configure: (inout PortalConfiguration) -> Void = { _ in }
    ) throws {
        self.folder = folder ?? NSTemporaryDirectory() + "gatehouse-test-\(UUID().uuidString)"
        self.clock = clock
        var configuration = try PortalConfiguration(environment: [
            "GATEHOUSE_PRACTICE": "1", "GATEHOUSE_STATE": self.folder,
        ])
        configuration.pluginSettings = settings
        configuration.pluginDefaults = defaults
        configure(&configuration)
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        portal = try Portal(
            configuration: configuration, plugins: plugins, upstream: upstream,
            passwordCost: passwordCost, logger: logger, clock: { clock.now })
        try DemoWorld.seed(portal)
        let responder = portal.responder()
        answer = { try await responder.respond(to: $0, context: $1) }
    }

    /// A browser without a session.
    package func client(at host: String = eu, from address: String = "192.0.2.1", agent: String? = nil) -> TestClient {
        TestClient(host: host) { [answer] request, host in
            var head = request.head
            head.headerFields[.userAgent] = agent
            let request = Request(head: head, body: request.body)
            let source = FastCGIRequestContextSource(
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                variables: CGIVariables(serverName: host, remoteAddress: address, isHTTPS: false))
            return try await answer(request, PortalContext(source: source))
        }
    }

    /// A browser that has signed in through the form.
    package func client(signedInAs email: String, at host: String = eu) async throws -> TestClient {
        let client = client(at: host)
        _ = try await client.get("/sign-in")
        let page = try await client.post("/sign-in", ["email": email, "password": DemoWorld.password, "next": "/"])
        guard page.status == .seeOther else { throw TestFailure("\(email) could not sign in: \(page.text)") }
        return client
    }

    /// Performs all that is due, step by step, at most `limit` steps.
    ///
    /// - Returns: how many steps there were.
    @discardableResult
    package func runJobs(limit: Int = 1_000) async -> Int {
        let runner = JobRunner(portal: portal)
        var steps = 0
        while steps < limit, await runner.runNext() { steps += 1 }
        return steps
    }

    /// What the portal looks for all the time: whether a night's work is due.
    package func startDueNightlyWork() throws { try JobRunner(portal: portal).startDueNightlyWork() }

    /// What the portal looks for all the time: pauses whose time has run out.
    package func watchSingleSignOn() throws { try JobRunner(portal: portal).watchSingleSignOnOnce() }

    /// What a process that is killed leaves: its leases are found again at the next start.
    package func restarted(
        plugins: [any ProviderPlugin.Type] = [ToyCloud.self], upstream: any Upstream,
        settings: [String: [String: String]] = [:]
    ) throws -> TestPortal {
        let copy = NSTemporaryDirectory() + "gatehouse-test-\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: folder, toPath: copy)
        let next = try TestPortal(plugins: plugins, upstream: upstream, clock: clock, folder: copy, settings: settings)
        try JobRunner(portal: next.portal).recover()
        return next
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }
}

package struct TestFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
