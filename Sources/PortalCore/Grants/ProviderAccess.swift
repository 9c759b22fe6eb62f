import Foundation
import HTTPTypes
import Logging
import PortalKit

/// What a plugin gets for one step of a job: its gate, its endpoints, its connection's grants.
struct ProviderAccess: Access {
    let portal: Portal
    let plugin: any ProviderPlugin
    let broker: Broker
    let connection: Key<StoredConnection>

    var now: Date { portal.now }
    private var pluginID: Key<PluginManifest> { type(of: plugin).manifest.id }

    func grant(_ name: GrantName) throws -> any Grant {
        guard let stored = try portal.database.read({ try $0.currentGrant(name, of: connection) }) else {
            throw Problem(
                title: "Not connected",
                explanation: "There is no valid sign-in at \(type(of: plugin).manifest.provider).",
                nextStep: "Sign in on the authentication page of the service.", actor: .broker, remedy: .signInAgain)
        }
        return HeldGrantSender(access: self, stored: stored)
    }

    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        guard let endpoint = plugin.endpoints.first(where: { request.isUnder($0) }) else {
            throw refusal(of: request)
        }
        return try await send(request, body, realm: "", resource: endpoint)
    }

    /// Through the gate, and not before a time that the provider has asked us to wait for.
    func send(
        _ request: HTTPRequest, _ body: [UInt8], realm: String, resource: String
    ) async throws -> (HTTPResponse, [UInt8]) {
        let throttle = Throttle(connectionID: connection, realm: realm, resource: resource)
        let hadFailed = try throttle.check(portal)
        let (response, content) = try await portal.gates.pass(pluginID) {
            if try portal.database.read({ try $0.isDisabled(broker.id) }) { throw BrokerDisabled() }
            do {
                return try await portal.upstream.send(request, body)
            } catch {
                try Task.checkCancellation()
                try throttle.noteFailure(portal)
                portal.meters.countCall(of: pluginID, .noAnswer)
                portal.logger.warning(
                    "no answer from a provider", metadata: ["plugin": "\(pluginID)", "error": "\(error)"])
                throw noAnswer(error)
            }
        }
        portal.meters.countCall(of: pluginID, CallOutcome(response.status))
        portal.providerClocks.note(response, of: pluginID, portal)
        try throttle.note(response, hadFailed: hadFailed, portal)
        return (response, content)
    }

    private func noAnswer(_ error: any Error) -> Problem {
        let provider = type(of: plugin).manifest.provider
        guard case UpstreamError.tooLong = error else {
            return Problem(
                title: "\(provider) did not answer",
                explanation: "The request got no answer in time, or the connection broke.",
                nextStep: "Nothing to do: the portal tries again.", actor: .portal, remedy: .retry)
        }
        return Problem(
            title: "\(provider) did not answer as documented", explanation: "Its answer is longer than any should be.",
            nextStep: "Nothing to do: the portal tries again.", actor: .provider, remedy: .retry)
    }

    /// The plugin as what can turn a credential into a token.
    var connectable: (any Connectable)? { portal.plugins[pluginID]?.connectable }

    func refusal(of request: HTTPRequest) -> Problem {
        portal.logger.error(
            "a plugin called outside its endpoints",
            metadata: ["plugin": "\(pluginID)", "host": "\(request.authority ?? "")"])
        return Problem(
            title: "A call was refused",
            explanation: "The plugin \(pluginID) tried to reach an address that is not one of its own.",
            nextStep: "Tell your portal administrator.", actor: .portalAdministrator)
    }
}

extension HTTPRequest {
    /// Whether the request goes to `baseURL` or below it. Paths that climb are under nothing.
    func isUnder(_ baseURL: String) -> Bool {
        guard let scheme, let authority, let path, !path.contains("/.."), !path.contains("\\"), !authority.contains("@")
        else {
            return false
        }
        let base = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        let full = "\(scheme)://\(authority)\(path)"
        return full == base || full.hasPrefix(base + "/") || full.hasPrefix(base + "?")
    }
}
