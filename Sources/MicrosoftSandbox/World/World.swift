/// Who exists: two partners, their people, their customers, and the application. A value: what changes while a sandbox
/// runs stands in ``WorldChanges``.
struct World: Sendable {
    let settings: WorldSettings
    let partners: [Partner]
    let accounts: [Account]
    let application: RegisteredApplication

    static let password = "gatehouse-practice"
    static let mfaCode = "123456"
    static let acmeTenantID = "aaaaaaaa-0000-4000-8000-000000000001"
    static let libertyTenantID = "aaaaaaaa-0000-4000-8000-000000000002"

    init(_ settings: WorldSettings, _ changes: WorldChanges = WorldChanges(), redirectURIs: [String] = []) {
        self.settings = settings
        partners = [.acme(changes), .liberty(settings, changes)]
        accounts = Account.partnerStaff
        application = RegisteredApplication(
            id: RegisteredApplication.gatehouseID,
            name: "Gatehouse",
            secret: RegisteredApplication.practiceSecret,
            redirectURIs: redirectURIs,
            homeTenantID: Self.acmeTenantID,
            permissions: RegisteredPermissions(withheld: changes.withheldPermissions)
        )
    }

    /// By tenant id or verified domain, whatever the case.
    func directory(named name: String) -> Directory? {
        let name = name.lowercased()
        if let partner = partners.first(where: { $0.tenantID == name || $0.domains.contains(name) }) {
            return Directory(partner)
        }
        for partner in partners {
            if let customer = partner.customers.customer(name) ?? partner.customers.customer(domain: name) {
                return Directory(customer)
            }
        }
        return nil
    }

    /// Present or removed: a tenant outlives the relationship with its partner.
    func customer(_ id: String) -> Customer? {
        let id = id.lowercased()
        return partners.lazy.compactMap { $0.customers.customer(id) }.first
    }

    func partner(_ tenantID: String) -> Partner? { partners.first { $0.tenantID == tenantID } }

    /// By object id in the home tenant.
    func account(_ id: String) -> Account? {
        accounts.first { $0.id == id }
            ?? customer(Customer.id(ofPerson: id)).flatMap { $0.people.first { $0.id == id } }
    }

    /// By user name, whatever the case.
    func account(userName: String) -> Account? {
        let name = userName.lowercased()
        if let account = accounts.first(where: { $0.userName == name }) { return account }
        guard let domain = name.split(separator: "@").last else { return nil }
        let customers = partners.lazy.compactMap { $0.customers.customer(domain: String(domain)) }
        return customers.first?.people(at: String(domain)).first { $0.userName == name }
    }
}
