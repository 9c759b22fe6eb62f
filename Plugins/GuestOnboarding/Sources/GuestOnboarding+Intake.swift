import Microsoft
import MicrosoftKit
public import PortalKit

extension GuestOnboarding: TenantIntake {
    static let temporaryName = "name"
    static let tenantField = "tenant"
    static let guest = "guest"

    public static var nameField: String { temporaryName }

    public static let intakeForm = Form(
        fields: [
            Field(
                name: temporaryName, label: "Temporary tenant name",
                hint: "What the tenant is called here until its true name is read from Microsoft."),
            Field(
                name: tenantField, label: "Tenant id or domain",
                hint: "The id, or any domain of the customer, such as northgate.example. A pasted address is fine.",
                help: Field.Help(
                    title: "Where does the customer find the id?",
                    steps: [
                        "Sign in at entra.microsoft.com as an administrator.",
                        "On the overview page, copy the line Tenant ID.",
                    ]),
                parse: { try CustomerAddress.parse($0) }),
            Field(
                name: guest, label: "Guest account e-mail",
                hint:
                    "A mailbox of your own tenant. It becomes a guest at the customer, and must be able to receive the invitation.",
                parse: { try CustomerAddress.parseMail($0) }),
        ],
        submit: "Look it up")

    public func look(_ form: Values, _ access: any Access) async throws -> IntakeFinding {
        let grant = try access.grant(Self.partnerGrant)
        let graph = partner.graph(grant)
        let typed = form[Self.tenantField]
        var problems: [String: FieldProblem] = [:]
        let domains = try await ownDomains(grant)
        let mailDomain = form[Self.guest].split(separator: "@").last.map(String.init) ?? ""
        if !domains.contains(mailDomain) {
            problems[Self.guest] = FieldProblem(
                "\(mailDomain) is no verified domain of your own tenant. Use an address of \(domains.joined(separator: " or "))."
            )
        }
        let found: Graph.TenantInformation
        do {
            found =
                CustomerAddress.isID(typed)
                ? try await graph.tenantInformation(tenantID: typed) : try await graph.tenantInformation(domain: typed)
        } catch let fault as MicrosoftFault where fault.reason == .refused && [400, 404].contains(fault.status) {
            problems[Self.tenantField] = FieldProblem(
                "Microsoft knows no tenant with \(typed). Check it with the customer; the tenant id is the surest.")
            return IntakeFinding(tenant: nil, problems: problems)
        } catch let fault as MicrosoftFault {
            throw GraphHelp.problem(fault)
        }
        let id = found.tenantId.lowercased()
        if id == grant.account.realm {
            problems[Self.tenantField] = FieldProblem("That is your own tenant. Enter the customer's.")
        }
        guard problems.isEmpty else { return IntakeFinding(tenant: nil, problems: problems) }
        let consent = try await CustomerApplication(settings).consent(in: id, access.send)
        return IntakeFinding(
            tenant: DiscoveredTenant(
                id: id, name: found.displayName ?? found.federationBrandName ?? typed,
                domains: found.defaultDomainName.map { [.init(name: $0.lowercased(), isVerified: false)] } ?? []),
            advice: Self.advice, isConsented: consent?.permissions.isEmpty == false)
    }

    private static let advice = [
        "The guest account must receive mail from outside, and a person must read it: Microsoft's invitation goes there.",
        "The customer's tenant asks every guest for multifactor authentication. If the account has none yet, it is set up on the way.",
        "An account that signs in through a federation (AD FS and the like) may be refused by Microsoft when the invitation is accepted. The step says so then.",
    ]
}

/// What a person types for a customer: a tenant id, or any domain, perhaps inside a pasted address.
enum CustomerAddress {
    static func isID(_ text: String) -> Bool { (try? TenantID.parse(text)) == text }

    static func parse(_ text: String) throws -> String {
        if let id = try? TenantID.parse(text, named: "tenant id") { return id }
        var rest = text.lowercased()[...]
        if let scheme = rest.firstMatch(of: /:\/\//) { rest = rest[scheme.range.upperBound...] }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != ":" }
        while rest.hasSuffix(".") { rest.removeLast() }
        if rest.hasPrefix("www.") { rest.removeFirst(4) }
        guard isDomain(rest) else {
            throw FieldProblem(
                "Enter the tenant id (32 digits and letters in five groups) or a domain, such as northgate.example.")
        }
        return String(rest)
    }

    static func parseMail(_ text: String) throws -> String {
        let parts = text.lowercased().split(separator: "@", omittingEmptySubsequences: false)
        let signs = Set("abcdefghijklmnopqrstuvwxyz0123456789._+-='~&#")
        guard parts.count == 2, let local = parts.first, !local.isEmpty, local.count <= 64,
            local.allSatisfy(signs.contains), isDomain(parts[1])
        else { throw FieldProblem("Enter a whole e-mail address, for example support@example.com.") }
        return text.lowercased()
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let signs = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        return labels.count >= 2 && text.count <= 253
            && labels.allSatisfy {
                !$0.isEmpty && $0.count <= 63 && !$0.hasPrefix("-") && !$0.hasSuffix("-")
                    && $0.allSatisfy(signs.contains)
            }
    }
}
