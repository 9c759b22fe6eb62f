import Foundation
import HTTPTypes
import PortalKit

/// The only way out with a token.
struct HeldGrantSender: Grant {
    let access: ProviderAccess
    let stored: StoredGrant

    var account: Account { stored.account }

    func send(
        _ request: HTTPRequest, _ body: [UInt8], for audience: TokenAudience
    ) async throws -> (HTTPResponse, [UInt8]) {
        guard request.isUnder(audience.baseURL), access.plugin.endpoints.contains(where: { request.isUnder($0) }) else {
            throw access.calls.refusal(of: request)
        }
        let token = try await token(for: audience).token
        let answer = try await send(request, body, audience, token)
        guard answer.0.status == .unauthorized else { return answer }
        // A 401 says that nothing was done; once more with a fresh token, which tells a stale one from a refusal.
        return try await send(request, body, audience, try await self.token(for: audience, rejected: token).token)
    }

    func permissions(for audience: TokenAudience) async throws -> Set<String>? {
        try await token(for: audience).permissions
    }

    private func send(
        _ request: HTTPRequest, _ body: [UInt8], _ audience: TokenAudience, _ token: String
    ) async throws -> (HTTPResponse, [UInt8]) {
        var request = request
        request.headerFields[.authorization] = "Bearer \(token)"
        return try await access.calls.send(request, body, realm: audience.realm, resource: audience.baseURL)
    }

    private func token(for audience: TokenAudience, rejected: String? = nil) async throws -> TokenCache.Minted {
        let purpose = TokenCache.Purpose(grant: stored.id, audience: audience)
        return try await access.portal.tokens.token(for: purpose, rejected: rejected) { try await mint(audience) }
    }

    /// A new token; a new credential is stored before the token is used.
    private func mint(_ audience: TokenAudience) async throws -> Renewal {
        let portal = access.portal
        guard let plugin = access.connectable, let held = try portal.database.read({ try $0.grant(stored.id) }) else {
            throw Problem(
                title: "The sign-in was replaced",
                explanation: "A newer sign-in has taken the place of the one that this work used.",
                nextStep: "Start the work again.", actor: .broker)
        }
        let identity = StoredGrant.sealIdentity(held.id)
        let credential = try portal.vault.open(held.credential, for: identity)
        let authorization = Authorization(name: held.name, account: held.account, credential: credential)
        let renewal = try await portal.asking(access.pluginID) {
            try await plugin.mint(authorization, for: audience, access.send)
        }
        if let replacement = renewal.credential, audience.realm == held.account.realm {
            let sealed = try portal.vault.seal(replacement, for: identity)
            let now = portal.now
            try portal.database.write { try $0.replaceCredential(of: held, sealed: sealed, at: now) }
        }
        return renewal
    }
}
