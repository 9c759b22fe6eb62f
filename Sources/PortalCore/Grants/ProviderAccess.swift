import Foundation
import HTTPTypes
import PortalKit

/// What a plugin gets for one step of a job: its gate, its endpoints, the grants of its connection and of one tenant.
struct ProviderAccess: Access {
    let portal: Portal
    let plugin: any ProviderPlugin
    let broker: Broker
    let connection: Key<StoredConnection>
    /// What the step is about, where it is about one.
    var tenant: Key<StoredTenant>?

    var now: Date { portal.now }
    var pluginID: Key<PluginManifest> { type(of: plugin).manifest.id }

    func grant(_ name: GrantName) throws -> any Grant {
        let stored = try portal.database.read { db in
            try tenant.flatMap { try db.currentGrant(name, of: connection, tenant: $0) }
                ?? db.currentGrant(name, of: connection)
        }
        guard let stored else {
            throw Problem(
                title: "Not connected",
                explanation: "There is no valid sign-in at \(type(of: plugin).manifest.provider).",
                nextStep: "Sign in on the authentication page of the service.", actor: .broker, remedy: .signInAgain)
        }
        return HeldGrantSender(access: self, stored: stored)
    }

    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        try await calls.send(request, body)
    }

    var calls: ProviderCalls {
        ProviderCalls(portal: portal, plugin: plugin, broker: broker.id, connection: connection)
    }

    /// The plugin as what can turn a credential into a token.
    var connectable: (any Connectable)? { PluginRegistry.connectable(plugin) }
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
