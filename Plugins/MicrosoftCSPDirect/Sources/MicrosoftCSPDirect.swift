public import HTTPTypes
import Microsoft
import MicrosoftKit
public import PortalKit

/// A partner with a direct CSP agreement: its sign-in at Partner Center, and its customers there.
public struct MicrosoftCSPDirect: ProviderPlugin {
    private let signIn: MicrosoftSignIn
    private let settings: MicrosoftSettings

    public static func practiceSettings(sandbox: String) -> [String: String] {
        MicrosoftSettings.practice(sandbox: sandbox)
    }

    public init(_ environment: PluginEnvironment) throws {
        settings = try MicrosoftSettings(environment.settings)
        signIn = .partner(settings)
    }

    public var endpoints: [String] { settings.baseURLs }
}

extension MicrosoftCSPDirect: SelfTesting {
    public func examine(_ send: PortalKit.Send) async throws -> [SelfTestLine] {
        try await MicrosoftExamination(settings).lines(send)
    }
}

extension MicrosoftCSPDirect: Connectable {
    public func signIn(_ form: Values, _ broker: Broker) throws -> SignIn {
        // Consent is asked for anew each time, so that what the portal needs today is what is granted.
        .redirect(signIn.request(tenant: form[Self.microsoftID], parameters: ["prompt": "consent"]))
    }

    public func complete(_ answer: SignInAnswer, _ form: Values, _ access: any Access) async throws -> Authorization {
        try await signIn.complete(answer, tenant: form[Self.microsoftID], access)
    }

    public func check(
        _ requirement: Key<Requirement>, _ form: Values, _ candidate: any Grant, _ access: any Access
    ) async throws -> Verdict {
        let partnerCenter = signIn.partnerCenter(candidate)
        switch requirement {
        case Self.mfa: return try await checkMFA(partnerCenter)
        case Self.tenant: return signIn.checkTenant(form[Self.microsoftID], candidate)
        case Self.customers: return try await checkCustomers(partnerCenter)
        default: return .unknown("This release does not check it.")
        }
    }

    public func mint(_ held: Authorization, for audience: TokenAudience, _ send: PortalKit.Send) async throws -> Renewal
    {
        try await signIn.mint(held, for: audience, send)
    }

    private func checkMFA(_ partnerCenter: PartnerCenter) async throws -> Verdict {
        do {
            let (profile, compliant) = try await partnerCenter.legalBusinessProfile()
            let name = profile.companyName.map { " for \($0)" } ?? ""
            switch compliant {
            case true?: return .passed("Partner Center confirms the MFA claim\(name).")
            case false?: return .failed(PartnerCenterHelp.missingMFA)
            case nil:
                return .unknown("Partner Center took the sign-in\(name), and did not say whether it had the MFA claim.")
            }
        } catch let fault as MicrosoftFault where PartnerCenterHelp.isMissingRole(fault) {
            return .unknown(
                "Partner Center refused the question because of the account's role, which says nothing about MFA.")
        } catch let fault as MicrosoftFault {
            throw PartnerCenterHelp.problem(fault)
        }
    }

    /// Counts the customers, up to a number that still takes seconds.
    private func checkCustomers(_ partnerCenter: PartnerCenter) async throws -> Verdict {
        var count = 0
        var cursor: String?
        for _ in 0..<Self.pagesToCount {
            let page: MicrosoftPage<PartnerCenter.Customer>
            do {
                page = try await partnerCenter.customers(size: Self.pageSize, after: cursor)
            } catch let fault as MicrosoftFault where PartnerCenterHelp.isMissingMFA(fault) {
                return .unknown("Partner Center shows nothing without multifactor authentication.")
            } catch let fault as MicrosoftFault {
                throw PartnerCenterHelp.problem(fault)
            }
            count += page.items.count
            guard let next = page.next, next != cursor else {
                return .passed("\(count) customers can be read.")
            }
            cursor = next
        }
        return .passed("More than \(count) customers can be read.")
    }

    static let pageSize = 500
    private static let pagesToCount = 20
}

extension MicrosoftCSPDirect: TenantSource {
    public func tenants(after cursor: Cursor?, _ access: any Access) async throws -> Page<DiscoveredTenant> {
        let partnerCenter = signIn.partnerCenter(try access.grant("microsoft.partner"))
        let page = try await PartnerCenterHelp.explaining {
            try await partnerCenter.customers(size: Self.pageSize, after: cursor?.rawValue)
        }
        return Page(items: page.items.map(discovered), next: page.next.map { Cursor($0) })
    }

    public func details(of tenant: TenantKey, _ access: any Access) async throws -> DiscoveredTenant {
        let partnerCenter = signIn.partnerCenter(try access.grant("microsoft.partner"))
        return discovered(try await PartnerCenterHelp.explaining { try await partnerCenter.customer(tenant.id) })
    }

    /// Custom domains are verified at the tenant; the initial one, `….onmicrosoft.com`, names the tenant and proves nothing
    /// of the company.
    private func discovered(_ customer: PartnerCenter.Customer) -> DiscoveredTenant {
        let initial = customer.companyProfile?.domain.map { [$0] } ?? []
        let names = Set((initial + (customer.customDomains ?? [])).map { $0.lowercased() }).sorted()
        return DiscoveredTenant(
            id: customer.id.lowercased(), name: customer.companyProfile?.companyName ?? customer.id,
            domains: names.map { DiscoveredTenant.Domain(name: $0, isVerified: !$0.hasSuffix(".onmicrosoft.com")) })
    }
}
