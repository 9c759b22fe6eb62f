import Foundation
public import Microsoft
import OpenIDConnect
public import PortalKit

/// This portal's application in a customer's tenant, acting by itself after an administrator's consent there (Microsoft Learn:
/// "OAuth 2.0 client credentials flow on the Microsoft identity platform", 2026-11).
public struct CustomerApplication: Sendable {
    public static let grant: GrantName = "microsoft.application"
    private let settings: MicrosoftSettings

    public init(_ settings: MicrosoftSettings) {
        self.settings = settings
    }

    /// There is no credential but the application's own, which stands in the settings.
    public func authorization(tenant: String) -> Authorization {
        Authorization(
            name: Self.grant,
            account: Account(realm: tenant, id: settings.applicationID, name: "this portal's application"),
            credential: settings.applicationID)
    }

    /// What an administrator's consent made of the application in a tenant.
    public struct Consent: Sendable, Equatable {
        /// The object id of its service principal there.
        public let principal: String
        public let permissions: Set<String>
    }

    /// `nil` where nobody has consented, or Microsoft does not see it yet.
    ///
    /// - Throws: ``Problem`` where that can't be told.
    public func consent(in tenant: String, _ send: PortalKit.Send) async throws -> Consent? {
        do {
            let claims = Self.claims(of: try await token(tenant, send))
            // Whose token it is, is the proof.
            guard claims.tid?.lowercased() == tenant, let principal = claims.oid else { return nil }
            return Consent(principal: principal, permissions: Set(claims.roles ?? []))
        } catch let error as OAuthError where Self.saysUnknown(error) {
            return nil
        } catch let error as OAuthError {
            throw EntraHelp.problem(error)
        }
    }

    /// - Throws: ``Problem``.
    public func mint(_ held: Authorization, for audience: TokenAudience, _ send: PortalKit.Send) async throws -> Renewal
    {
        do {
            let answer = try await token(audience.realm, send)
            return Renewal(
                token: answer.accessToken, lifetime: answer.lifetime, credential: nil,
                permissions: Set(Self.claims(of: answer).roles ?? []))
        } catch let error as OAuthError where Self.saysUnknown(error) {
            var problem = Self.takenBack
            problem.facts = EntraHelp.problem(error).facts
            throw problem
        } catch let error as OAuthError {
            throw EntraHelp.problem(error)
        }
    }

    /// Microsoft Graph, as the application.
    public func graph(_ grant: any Grant) -> Graph { settings.graph(grant, tenant: grant.account.realm) }

    private func token(_ tenant: String, _ send: PortalKit.Send) async throws -> TokenAnswer {
        try await TokenEndpoint(
            address: settings.endpoints.tokenEndpoint(of: tenant), clientID: settings.applicationID,
            clientSecret: settings.applicationSecret
        ).clientCredentials(scope: "\(settings.endpoints.graphResource)/.default", send: send)
    }

    /// Without a consent there is no service principal: `unauthorized_client`, and where it is being made `invalid_client` or
    /// `invalid_grant`. A wrong secret is `invalid_client` too, so that one is told by its number.
    private static func saysUnknown(_ error: OAuthError) -> Bool {
        switch error.error {
        case "unauthorized_client": true
        case "invalid_client", "invalid_grant", "invalid_request":
            error.codes.contains { [650_051, 650_052, 700_016, 7_000_229].contains($0) }
        default: false
        }
    }

    private struct Claims: Decodable {
        var tid: String?
        var oid: String?
        var roles: [String]?
    }

    /// Of the access token (Microsoft Learn: "Access token claims reference"). Nothing else tells what was consented to: the
    /// answer to client credentials has no scope. It came from the token endpoint itself, over TLS.
    private static func claims(of answer: TokenAnswer) -> Claims {
        let parts = answer.accessToken.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return Claims() }
        var text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: text).flatMap { try? JSONDecoder().decode(Claims.self, from: $0) } ?? Claims()
    }

    static let takenBack = Problem(
        title: "The customer's consent is gone",
        explanation:
            "Microsoft does not know this portal's application in the customer's tenant any more: it was removed there.",
        nextStep: "Ask the customer, and set the tenant up again.", actor: .customer)
}
