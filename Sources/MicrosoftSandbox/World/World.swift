/// Who exists: two partners, their people, their customers, and the application. Never changes while a sandbox runs.
struct World: Sendable {
    let partners: [Partner]
    let accounts: [Account]
    let application: RegisteredApplication
    private let customers: [String: Customer]
    private let directories: [String: Directory]

    static let password = "gatehouse-practice"
    static let mfaCode = "123456"
    static let acmeTenantID = "aaaaaaaa-0000-4000-8000-000000000001"
    static let libertyTenantID = "aaaaaaaa-0000-4000-8000-000000000002"

    init(_ configuration: SandboxConfiguration) {
        partners = Self.makePartners(configuration)
        accounts = Self.makeAccounts()
        application = RegisteredApplication(
            id: "aaaaaaaa-0000-4000-8000-0000000000a1",
            name: "Gatehouse",
            secret: "practice-secret",
            redirectURIs: configuration.redirectURIs,
            homeTenantID: Self.acmeTenantID
        )
        var customers: [String: Customer] = [:]
        var directories: [String: Directory] = [:]
        for partner in partners {
            let own = Directory(id: partner.tenantID, name: partner.name, partnerTenantID: partner.tenantID)
            for key in [own.id] + partner.domains { directories[key] = own }
            for customer in partner.customers {
                customers[customer.id] = customer
                let directory = Directory(id: customer.id, name: customer.name, partnerTenantID: partner.tenantID)
                for key in [customer.id] + customer.domains { directories[key] = directory }
            }
        }
        self.customers = customers
        self.directories = directories
    }

    /// By tenant id or verified domain, whatever the case.
    func directory(named name: String) -> Directory? { directories[name.lowercased()] }

    func customer(_ id: String) -> Customer? { customers[id.lowercased()] }

    func partner(_ tenantID: String) -> Partner? { partners.first { $0.tenantID == tenantID } }

    func account(_ id: String) -> Account? { accounts.first { $0.id == id } }

    func account(userName: String) -> Account? { accounts.first { $0.userName == userName.lowercased() } }

    private static func makePartners(_ configuration: SandboxConfiguration) -> [Partner] {
        [
            Partner(
                tenantID: acmeTenantID, name: "Acme Cloud",
                domains: ["acmecloud.onmicrosoft.com", "acmecloud.example"],
                partnerID: "1234567", country: .DE, invoicePrefix: "G0001", currency: ("EUR", "€"),
                contact: ("Anke", "Musterfrau"),
                customers: AcmeCustomers.all(of: acmeTenantID)
            ),
            Partner(
                tenantID: libertyTenantID, name: "Liberty IT",
                domains: ["libertyit.onmicrosoft.com", "libertyit.example"],
                partnerID: "7654321", country: .US, invoicePrefix: "G0002", currency: ("USD", "$"),
                contact: ("Pat", "Sample"),
                customers: GeneratedCustomers.make(
                    configuration.generatedCustomers, seed: configuration.seed, partnerTenantID: libertyTenantID)
            ),
        ]
    }

    private static func makeAccounts() -> [Account] {
        [
            Account(
                id: "aaaaaaaa-0000-4000-8000-0000000000b1", userName: "admin@acmecloud.example", givenName: "Ada",
                familyName: "Admin", tenantID: acmeTenantID,
                directoryRoles: [Account.globalAdministrator, Account.member],
                isAdminAgent: true, isAskedForMFA: true,
                purpose: "Global Administrator and Admin Agent, with MFA: all works"),
            Account(
                id: "aaaaaaaa-0000-4000-8000-0000000000b2", userName: "nomfa@acmecloud.example", givenName: "Noah",
                familyName: "Nofactor", tenantID: acmeTenantID,
                directoryRoles: [Account.globalAdministrator, Account.member],
                isAdminAgent: true, isAskedForMFA: false, purpose: "Is never asked for MFA, so Partner Center refuses"),
            Account(
                id: "aaaaaaaa-0000-4000-8000-0000000000b3", userName: "clerk@acmecloud.example", givenName: "Cleo",
                familyName: "Clerk", tenantID: acmeTenantID, directoryRoles: [Account.member],
                isAdminAgent: false, isAskedForMFA: true,
                purpose: "With MFA, but not an Admin Agent: Partner Center refuses"),
            Account(
                id: "aaaaaaaa-0000-4000-8000-0000000000b4", userName: "admin@libertyit.example", givenName: "Lee",
                familyName: "Admin", tenantID: libertyTenantID,
                directoryRoles: [Account.globalAdministrator, Account.member],
                isAdminAgent: true, isAskedForMFA: true, purpose: "The administrator of the other partner"),
        ]
    }
}
