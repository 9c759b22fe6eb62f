import Foundation
import HTTPTypes
import MicrosoftSandbox
import PortalCore
import TestPortal

/// The sandbox in memory, as the portal's way out.
struct SandboxUpstream: Upstream {
    let sandbox: MicrosoftSandbox

    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        try await sandbox.respond(to: request, body: body)
    }
}
