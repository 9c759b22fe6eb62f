import Foundation
import HTTPTypes
import MicrosoftSandbox
import PortalCore
import TestPortal

/// The sandbox in memory, as the portal's way out, with the real one's limit on answers.
struct SandboxUpstream: Upstream {
    let sandbox: MicrosoftSandbox

    private struct TooLong: Error {}

    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        let answer = try await sandbox.respond(to: request, body: body)
        guard answer.1.count <= 16 << 20 else { throw TooLong() }
        return answer
    }
}
