import HTTPTypes
import Logging
import PortalKit

/// How a plugin's calls leave: under its own endpoints only, through its gate, and not before a time that the provider has
/// asked us to wait for.
struct ProviderCalls: Sendable {
    let portal: Portal
    let plugin: any ProviderPlugin
    /// For whom they are made; `nil` for the portal itself.
    var broker: Key<Broker>?
    /// Whose waits these calls keep.
    let connection: Key<StoredConnection>

    private var manifest: PluginManifest { type(of: plugin).manifest }

    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        guard let endpoint = plugin.endpoints.first(where: { request.isUnder($0) }) else {
            throw refusal(of: request)
        }
        return try await send(request, body, realm: "", resource: endpoint)
    }

    func send(
        _ request: HTTPRequest, _ body: [UInt8], realm: String, resource: String
    ) async throws -> (HTTPResponse, [UInt8]) {
        let throttle = Throttle(connectionID: connection, realm: realm, resource: resource)
        let hadFailed = try throttle.check(portal)
        let (response, content) = try await portal.gates.pass(manifest.id) {
            if let broker, try portal.database.read({ try $0.isDisabled(broker) }) { throw BrokerDisabled() }
            do {
                return try await portal.upstream.send(request, body)
            } catch {
                try Task.checkCancellation()
                try throttle.noteFailure(portal)
                portal.meters.countCall(of: manifest.id, .noAnswer)
                portal.logger.warning(
                    "no answer from a provider", metadata: ["plugin": "\(manifest.id)", "error": "\(error)"])
                throw noAnswer(error)
            }
        }
        portal.meters.countCall(of: manifest.id, CallOutcome(response.status))
        portal.providerClocks.note(response, of: manifest.id, portal)
        try throttle.note(response, hadFailed: hadFailed, portal)
        return (response, content)
    }

    private func noAnswer(_ error: any Error) -> Problem {
        guard case UpstreamError.tooLong = error else {
            return Problem(
                title: "\(manifest.provider) did not answer",
                explanation: "The request got no answer in time, or the connection broke.",
                nextStep: "Nothing to do: the portal tries again.", actor: .portal, remedy: .retry)
        }
        return Problem(
            title: "\(manifest.provider) did not answer as documented",
            explanation: "Its answer is longer than any should be.",
            nextStep: "Nothing to do: the portal tries again.", actor: .provider, remedy: .retry)
    }

    func refusal(of request: HTTPRequest) -> Problem {
        portal.logger.error(
            "a plugin called outside its endpoints",
            metadata: ["plugin": "\(manifest.id)", "host": "\(request.authority ?? "")"])
        return Problem(
            title: "A call was refused",
            explanation: "The plugin \(manifest.id) tried to reach an address that is not one of its own.",
            nextStep: "Tell your portal administrator.", actor: .portalAdministrator)
    }
}
