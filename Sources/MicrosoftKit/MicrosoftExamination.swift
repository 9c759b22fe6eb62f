import Foundation
public import HTTPTypes
import OpenIDConnect
public import PortalKit

/// The test of the settings that all Microsoft plugins share: what can be known before any broker has signed in. It asks
/// for documents that anybody may read and for a token that is thrown away, and changes nothing.
public struct MicrosoftExamination: Sendable {
    private let settings: MicrosoftSettings

    public init(_ settings: MicrosoftSettings) {
        self.settings = settings
    }

    public func lines(_ send: PortalKit.Send) async throws -> [SelfTestLine] {
        let endpoints = settings.endpoints
        return [
            SelfTestLine(
                "Settings",
                .passed("Complete: application \(settings.applicationID), signing in at \(endpoints.authority).")),
            SelfTestLine("Microsoft Entra ID", try await verdict { try await signIn(send) }),
            SelfTestLine(
                "Partner Center",
                try await verdict {
                    try await service(
                        "Partner Center", "\(endpoints.partnerCenter)/v1/profiles/legalbusiness", send)
                }),
            SelfTestLine(
                "Microsoft Graph",
                try await verdict {
                    try await service("Microsoft Graph", "\(endpoints.graph)/v1.0/organization", send)
                }),
            SelfTestLine("Application and secret", try await verdict { try await application(send) }),
        ]
    }

    /// A refusal is a finding like any other.
    private func verdict(_ look: () async throws -> Verdict) async throws -> Verdict {
        do {
            return try await look()
        } catch var problem as Problem {
            // The portal does not look again by itself.
            problem.nextStep = "Check this machine's way out and the setting of the cloud, and test again."
            return .failed(problem)
        }
    }

    /// The discovery document names its issuer with the literal `{tenantid}` where the account decides about the tenant
    /// (Microsoft Learn: "OpenID Connect on the Microsoft identity platform", 2026-11).
    private func signIn(_ send: PortalKit.Send) async throws -> Verdict {
        struct Metadata: Decodable {
            let issuer: String
        }
        let base = "\(settings.endpoints.authority)/organizations/v2.0"
        let (response, body) = try await send(Self.get("\(base)/.well-known/openid-configuration"), [])
        guard response.status == .ok, let found = try? JSONDecoder().decode(Metadata.self, from: Data(body)) else {
            return .failed(Self.notMicrosoft("Microsoft Entra ID", status: response.status.code))
        }
        guard found.issuer == settings.endpoints.issuer(of: "{tenantid}") else {
            return .failed(
                Problem(
                    title: "Another issuer answers there",
                    explanation: "The sign-in service names itself differently from its address.",
                    nextStep: "Check the setting of the cloud, and test again.", actor: .portalAdministrator,
                    facts: [Problem.Fact("Issuer", String(found.issuer.prefix(200)))]))
        }
        return .passed("The sign-in service answers, and names itself as it should.")
    }

    /// Asked without a token, a service answers 401 (Microsoft Learn: "Partner Center REST error codes", "Microsoft Graph
    /// error responses and resource types", 2026-11).
    private func service(_ name: String, _ address: String, _ send: PortalKit.Send) async throws -> Verdict {
        let (response, _) = try await send(Self.get(address), [])
        guard response.status == .unauthorized else {
            return .failed(Self.notMicrosoft(name, status: response.status.code))
        }
        return .passed("It answers, and asks for a sign-in as it should.")
    }

    /// A token for the application itself is had in a tenant that is named, never at `organizations` (Microsoft Learn:
    /// "OAuth 2.0 client credentials flow on the Microsoft identity platform", 2026-11).
    private func application(_ send: PortalKit.Send) async throws -> Verdict {
        guard !settings.applicationTenant.isEmpty else {
            return .unknown(
                "Not known until a broker signs in: Microsoft proves a secret only in a tenant, and the tenant of the application is not set."
            )
        }
        let tokens = TokenEndpoint(
            address: settings.endpoints.tokenEndpoint(of: settings.applicationTenant),
            clientID: settings.applicationID, clientSecret: settings.applicationSecret)
        do {
            _ = try await tokens.clientCredentials(scope: "\(settings.endpoints.graphResource)/.default", send: send)
        } catch let error as OAuthError {
            return .failed(EntraHelp.problem(error))
        }
        return .passed("Microsoft accepts the application and its secret.")
    }

    private static func notMicrosoft(_ name: String, status: Int) -> Problem {
        Problem(
            title: "\(name) does not answer as documented", explanation: "The answer was HTTP \(status).",
            nextStep:
                "Check the setting of the cloud, and whether something stands between this machine and Microsoft.",
            actor: .portalAdministrator, facts: [Problem.Fact("Status", "\(status)")])
    }

    private static func get(_ url: String) -> HTTPRequest {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return HTTPRequest(
            method: .get, scheme: parts[0].hasPrefix("https") ? "https" : "http", authority: String(parts[2]),
            path: "/\(parts[3])", headerFields: [.accept: "application/json"])
    }
}
