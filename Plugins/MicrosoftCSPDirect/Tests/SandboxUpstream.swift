import Foundation
import HTTPTypes
import MicrosoftSandbox
import PortalCore
import Synchronization
import TestPortal

/// The sandbox in memory, as the portal's way out, with the real one's limit on answers.
final class SandboxUpstream: Upstream {
    private let sandbox: MicrosoftSandbox
    private let hosts = Mutex<Set<String>>([])

    init(sandbox: MicrosoftSandbox) {
        self.sandbox = sandbox
    }

    /// Whom the portal has asked, whoever answered.
    var hostsAsked: Set<String> { hosts.withLock { $0 } }

    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        hosts.withLock { _ = $0.insert(request.authority ?? "") }
        let answer = try await sandbox.respond(to: request, body: body)
        guard answer.1.count <= 16 << 20 else { throw UpstreamError.tooLong }
        return answer
    }
}
