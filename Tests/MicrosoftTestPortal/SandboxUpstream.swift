package import Foundation
package import HTTPTypes
import Logging
package import MicrosoftSandbox
package import PortalCore
import Synchronization
package import TestPortal

/// The sandbox in memory, as the portal's way out, with the real one's limit on answers.
package final class SandboxUpstream: Upstream {
    private let sandbox: MicrosoftSandbox
    private let hosts = Mutex<Set<String>>([])

    package init(sandbox: MicrosoftSandbox) {
        self.sandbox = sandbox
    }

    /// Whom the portal has asked, whoever answered.
    package var hostsAsked: Set<String> { hosts.withLock { $0 } }

    package func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        hosts.withLock { _ = $0.insert(request.authority ?? "") }
        let answer = try await sandbox.respond(to: request, body: body)
        guard answer.1.count <= 16 << 20 else { throw UpstreamError.tooLong }
        return answer
    }
}

extension MicrosoftSandbox {
    /// Beside a portal in memory, on its clock.
    package static func beside(_ clock: TestClock) async throws -> MicrosoftSandbox {
        try await MicrosoftSandbox(
            configuration: SandboxConfiguration(
                redirectURIs: [
                    "http://eu.gatehouse.localhost:8080/connections/return",
                    "http://us.gatehouse.localhost:8080/connections/return",
                ],
                largestPage: 25),
            logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }, clock: { clock.now })
    }
}

/// The settings of every Microsoft plugin in practice mode.
package let practiceApplication = [
    "cloud": "http://127.0.0.1:8090", "application-id": "aaaaaaaa-0000-4000-8000-0000000000a1",
    "application-secret": "practice-secret",
]
