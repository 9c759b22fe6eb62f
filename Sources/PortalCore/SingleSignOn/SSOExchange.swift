import Foundation
import OpenIDConnect
import PortalKit

/// Exchanges the code of a provider's answer, and finds out whose it is.
struct SSOExchange: Sendable {
    let portal: Portal
    let provider: SSOProvider
    let metadata: ProviderMetadata
    let secrets: SSOSignIn.Secrets
    let redirectAddress: String

    /// - Throws: ``SSOFailure``.
    func account(code: String) async throws -> SSOAccount {
        do {
            let sender = SSOSender(portal)
            guard let authentication = metadata.clientAuthentication else { throw SSOFailure.malformed }
            let secret = try portal.vault.open(provider.secret, for: SSOProvider.sealIdentity(provider.brokerID))
            let endpoint = TokenEndpoint(
                address: metadata.tokenEndpoint, clientID: provider.clientID, clientSecret: secret,
                authentication: authentication)
            let answer = try await endpoint.exchange(
                code: code, redirectURI: redirectAddress, codeVerifier: secrets.codeVerifier,
                send: sender.send)
            guard let text = answer.idToken else { throw SSOFailure.malformed }
            let token = try await portal.providerKeys.verify(
                text, of: metadata, audience: provider.clientID, nonce: secrets.nonce, now: portal.now,
                send: sender.send)
            return try SSOAccount(token, issuer: provider.issuer)
        } catch {
            guard let failure = SSOFailure(error) else { throw error }
            throw failure
        }
    }

    static let scope = "openid email profile"
}
