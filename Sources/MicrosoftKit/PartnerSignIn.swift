import Foundation
public import HTTPTypes
public import Microsoft
import OpenIDConnect
public import PortalKit

/// The broker's sign-in at its own Microsoft tenant, the *secure application model*: one sign-in of a partner user with
/// MFA, whose refresh token is kept and used for Partner Center and for every customer tenant (Microsoft Learn: "Enabling
/// the Secure Application Model framework").
public struct PartnerSignIn: Sendable {
    public static let grant: GrantName = "microsoft.partner"
    private static let scopes = [
        "\(MicrosoftEndpoints.partnerCenterResource)/user_impersonation", "offline_access", "openid", "profile",
    ]

    private let settings: MicrosoftSettings

    public init(_ settings: MicrosoftSettings) {
        self.settings = settings
    }

    /// Asks for consent anew each time, so that what the portal needs today is what is granted.
    public func request(tenant: String) -> AuthorizationRequest {
        AuthorizationRequest(
            endpoint: settings.endpoints.authorizationEndpoint(of: tenant), clientID: settings.applicationID,
            scopes: Self.scopes,
            parameters: ["prompt": "consent"])
    }

    /// Exchanges the code and checks whose it is.
    ///
    /// - Throws: ``Problem``: refused, not the tenant that was typed, not for us.
    public func complete(_ answer: SignInAnswer, tenant: String, _ access: any Access) async throws -> Authorization {
        switch answer {
        case .refused(let error, let description):
            throw EntraHelp.problem(OAuthError(error: error, description: description))
        case .form:
            throw Problem(
                title: "There was no answer from Microsoft", explanation: "The sign-in ended without a code.",
                nextStep: "Sign in again.",
                actor: .broker)
        case .code(let code, let redirectURI, let codeVerifier, let nonce):
            return try await exchange(code, redirectURI, codeVerifier, nonce, tenant, access)
        }
    }

    private func exchange(
        _ code: String, _ redirectURI: String, _ codeVerifier: String, _ nonce: String, _ tenant: String,
        _ access: any Access
    ) async throws -> Authorization {
        let issuer = settings.endpoints.issuer(of: tenant)
        do {
            let metadata = try await ProviderMetadata.discover(issuer: issuer, send: access.send)
            let keys = try await metadata.keys(send: access.send)
            let answer = try await tokens(of: tenant).exchange(
                code: code, redirectURI: redirectURI, codeVerifier: codeVerifier,
                scope: Self.scopes.joined(separator: " "),
                send: access.send)
            guard let idToken = answer.idToken, let refreshToken = answer.refreshToken else {
                throw EntraHelp.incomplete
            }
            let token = try await keys.verify(
                idToken, issuer: issuer, audience: settings.applicationID, nonce: nonce, now: access.now)
            let person = try token.claims(as: Person.self)
            guard person.tid.lowercased() == tenant else {
                throw EntraHelp.otherTenant(typed: tenant, found: person.tid)
            }
            return Authorization(
                name: Self.grant,
                account: Account(
                    realm: person.tid.lowercased(), id: person.oid,
                    name: person.preferred_username ?? person.name ?? person.oid),
                credential: refreshToken)
        } catch let error as OAuthError {
            throw EntraHelp.exchangeProblem(error, tenant: tenant)
        } catch let error as DiscoveryError {
            throw EntraHelp.problem(error, tenant: tenant)
        } catch IDTokenError.otherIssuer(let found) {
            throw EntraHelp.otherTenant(typed: tenant, found: found)
        } catch let error as IDTokenError {
            throw EntraHelp.notGenuine(error)
        }
    }

    /// A token for `audience`, from the refresh token. The same one works in every customer's tenant.
    ///
    /// - Throws: ``Problem``.
    public func mint(_ held: Authorization, for audience: TokenAudience, _ send: PortalKit.Send) async throws -> Renewal
    {
        do {
            let answer = try await tokens(of: audience.realm).refresh(
                held.credential, scope: "\(audience.scope) offline_access openid", send: send)
            let checked = RefreshAnswer(answer)
            try checked.require(realm: audience.realm, scope: audience.scope)
            return Renewal(token: answer.accessToken, lifetime: answer.lifetime, credential: checked.credential)
        } catch let error as OAuthError {
            throw EntraHelp.problem(error)
        }
    }

    /// Whether the grant is of the tenant that was typed.
    public func checkTenant(_ typed: String, _ grant: any Grant) -> Verdict {
        guard grant.account.realm == typed else {
            return .failed(EntraHelp.otherTenant(typed: typed, found: grant.account.realm))
        }
        return .passed("\(grant.account.name) belongs to that tenant.")
    }

    /// Partner Center, as the account of the grant.
    public func partnerCenter(_ grant: any Grant) -> PartnerCenter {
        let audience = TokenAudience(
            baseURL: settings.endpoints.partnerCenter, realm: grant.account.realm,
            scope: "\(MicrosoftEndpoints.partnerCenterResource)/user_impersonation")
        return PartnerCenter(baseURL: settings.endpoints.partnerCenter) { request, body in
            try await grant.send(request, body, for: audience)
        }
    }

    public var endpoints: [String] {
        let endpoints = settings.endpoints
        return [endpoints.authority, endpoints.partnerCenter, endpoints.graph, endpoints.azureManagement]
    }

    private func tokens(of tenant: String) -> TokenEndpoint {
        TokenEndpoint(
            address: settings.endpoints.tokenEndpoint(of: tenant), clientID: settings.applicationID,
            clientSecret: settings.applicationSecret)
    }

    /// Of an id token (Microsoft Learn: "ID token claims reference"). (tid, oid) is the identity; the names are for reading.
    private struct Person: Decodable {
        let tid: String
        let oid: String
        let preferred_username: String?
        let name: String?
    }
}
