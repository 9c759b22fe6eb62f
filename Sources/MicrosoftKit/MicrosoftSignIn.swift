import Foundation
public import HTTPTypes
public import Microsoft
import OpenIDConnect
public import PortalKit

/// The sign-in of a person in one Microsoft tenant, by an authorization code, whose refresh token is kept.
///
/// At the broker's own tenant it is the *secure application model*: one sign-in of a partner user with MFA, which serves
/// Partner Center and every customer tenant (Microsoft Learn: "Enabling the Secure Application Model framework").
public struct MicrosoftSignIn: Sendable {
    private let settings: MicrosoftSettings
    private let grant: GrantName
    private let scopes: [String]

    /// - Parameters:
    ///   - grant: by which the authorization is kept.
    ///   - scopes: of one API; what a lasting authorization with an identity needs is added.
    public init(_ settings: MicrosoftSettings, grant: GrantName, scopes: [String]) {
        self.settings = settings
        self.grant = grant
        self.scopes = scopes + ["offline_access", "openid", "profile"]
    }

    /// A partner user's, for Partner Center.
    public static func partner(_ settings: MicrosoftSettings) -> MicrosoftSignIn {
        MicrosoftSignIn(
            settings, grant: "microsoft.partner",
            scopes: ["\(MicrosoftEndpoints.partnerCenterResource)/user_impersonation"])
    }

    /// - Parameter parameters: `prompt` and the like.
    public func request(tenant: String, parameters: [String: String]) -> AuthorizationRequest {
        AuthorizationRequest(
            endpoint: settings.endpoints.authorizationEndpoint(of: tenant), clientID: settings.applicationID,
            scopes: scopes, parameters: parameters)
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
                scope: scopes.joined(separator: " "),
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
                name: grant,
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
            return Renewal(
                token: answer.accessToken, lifetime: answer.lifetime, credential: checked.credential,
                permissions: checked.permissions)
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

    /// Microsoft Graph, as the account of the grant.
    ///
    /// - Parameter tenant: where it acts; its home without.
    public func graph(_ grant: any Grant, tenant: String? = nil) -> Graph {
        settings.graph(grant, tenant: tenant ?? grant.account.realm)
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
