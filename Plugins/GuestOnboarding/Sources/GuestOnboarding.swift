public import HTTPTypes
import Microsoft
import MicrosoftKit
public import PortalKit

/// Customers without a CSP agreement: a customer's administrator consents, a guest account of the broker's is invited there,
/// signs in, and the tenant can be looked after.
public struct GuestOnboarding: ProviderPlugin {
    let settings: MicrosoftSettings
    let partner: MicrosoftSignIn

    public static func practiceSettings(sandbox: String) -> [String: String] {
        MicrosoftSettings.practice(sandbox: sandbox)
    }

    public init(_ environment: PluginEnvironment) throws {
        settings = try MicrosoftSettings(environment.settings)
        partner = MicrosoftSignIn(
            settings, grant: Self.partnerGrant,
            scopes: ["CrossTenantInformation.ReadBasic.All", "Organization.Read.All"].map(settings.graphScope))
    }

    static let partnerGrant: GrantName = "microsoft.directory"

    public var endpoints: [String] { settings.baseURLs }
}

extension GuestOnboarding: SelfTesting {
    public func examine(_ send: PortalKit.Send) async throws -> [SelfTestLine] {
        try await MicrosoftExamination(settings).lines(send)
    }
}

extension GuestOnboarding: Connectable {
    public func signIn(_ form: Values, _ broker: Broker) throws -> SignIn {
        .redirect(partner.request(tenant: form[Self.microsoftID], parameters: ["prompt": "consent"]))
    }

    public func complete(_ answer: SignInAnswer, _ form: Values, _ access: any Access) async throws -> Authorization {
        try await partner.complete(answer, tenant: form[Self.microsoftID], access)
    }

    public func check(
        _ requirement: Key<Requirement>, _ form: Values, _ candidate: any Grant, _ access: any Access
    ) async throws -> Verdict {
        switch requirement {
        case Self.tenant: return partner.checkTenant(form[Self.microsoftID], candidate)
        case Self.directory:
            let domains = try await ownDomains(candidate)
            return .passed("Your verified domains are \(domains.joined(separator: ", ")).")
        case Self.lookUp:
            let found = try await GraphHelp.explaining {
                try await partner.graph(candidate).tenantInformation(tenantID: form[Self.microsoftID])
            }
            return .passed("Microsoft tells the names of tenants, as that of \(found.displayName ?? found.tenantId).")
        default: return .unknown("This release does not check it.")
        }
    }

    /// The one place that sees a credential; which sign-in it is of, its name tells.
    public func mint(_ held: Authorization, for audience: TokenAudience, _ send: PortalKit.Send) async throws -> Renewal
    {
        switch held.name {
        case CustomerApplication.grant: try await CustomerApplication(settings).mint(held, for: audience, send)
        case GuestWorkflow.guestGrant: try await GuestWorkflow(settings).guestSignIn.mint(held, for: audience, send)
        default: try await partner.mint(held, for: audience, send)
        }
    }

    func ownDomains(_ grant: any Grant) async throws -> [String] {
        let own = try await GraphHelp.explaining { try await partner.graph(grant).organization() }
        return (own.verifiedDomains ?? []).map { $0.name.lowercased() }.sorted()
    }
}

extension GuestOnboarding: TenantSetup {
    public var setup: any Workflow { GuestWorkflow(settings) }

    public func leftovers(of tenant: SetupTenant) -> [String] {
        [
            "The enterprise application of this portal, with the consent: an administrator of \(tenant.name) deletes it at entra.microsoft.com, under Enterprise applications.",
            "The guest account \(tenant.intake[Self.guest]): an administrator of \(tenant.name) deletes it there under Users, or its person leaves the organization at myaccount.microsoft.com.",
        ]
    }
}
