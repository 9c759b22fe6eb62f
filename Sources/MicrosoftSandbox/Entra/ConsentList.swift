/// Which permissions the application was granted, per tenant: delegated ones for everyone there or for one account, and
/// application permissions. Consent pages, Partner Center's application consents and Graph's permission grants all write
/// here. Source: Microsoft Learn, "Overview of permissions and consent in the Microsoft identity platform".
struct ConsentList: Codable, Sendable {
    /// Delegated permissions of one API in one tenant: Graph's `oAuth2PermissionGrant`.
    struct Grant: Codable, Sendable {
        let tenant: String
        /// Nil when it is for everybody there (`AllPrincipals`), else the person's object id there (`Principal`).
        let account: String?
        let resource: Resource
        /// Without the API's identifier, in the order in which they were granted.
        var scopes: [String]

        /// The same for the same tenant, account and API.
        var id: String { "\(tenant)_\(account ?? "all")_\(resource.rawValue)" }
        var permissions: [ResourceScope] { scopes.map { ResourceScope(resource: resource, value: $0) } }
    }

    /// By tenant: there may be a hundred thousand.
    private var grants: [String: [Grant]] = [:]
    private var applicationPermissions: [String: Set<ApplicationPermission>] = [:]
    /// Tenants with a service principal of the application, and how often `/token` looked for each.
    private var principals: [String: Int] = [:]

    /// Whether the application has a service principal in that tenant.
    func knows(tenant: String) -> Bool { principals[tenant] != nil }

    /// A service principal without any permission, or what is there already.
    mutating func addPrincipal(tenant: String) {
        if principals[tenant] == nil { principals[tenant] = 0 }
    }

    /// How often it was looked for before this time; nil without one.
    mutating func lookForPrincipal(tenant: String) -> Int? {
        guard let times = principals[tenant] else { return nil }
        principals[tenant] = times + 1
        return times
    }

    /// The service principal with all that was granted to it: what deleting the enterprise application does.
    mutating func removePrincipal(tenant: String) {
        principals[tenant] = nil
        applicationPermissions[tenant] = nil
        grants[tenant] = nil
    }

    /// `account` nil: on behalf of the organization. Makes the service principal.
    mutating func add(_ scopes: [ResourceScope], tenant: String, account: String?) {
        addPrincipal(tenant: tenant)
        var grants = grants[tenant] ?? []
        for scope in scopes {
            if let index = grants.firstIndex(where: { $0.account == account && $0.resource == scope.resource }) {
                if !grants[index].scopes.contains(scope.value) { grants[index].scopes.append(scope.value) }
            } else {
                grants.append(
                    Grant(tenant: tenant, account: account, resource: scope.resource, scopes: [scope.value]))
            }
        }
        self.grants[tenant] = grants
    }

    /// In place of what was granted for that API before; none takes the grant back.
    mutating func replace(_ scopes: [String], of resource: Resource, tenant: String, account: String?) {
        remove(resource, tenant: tenant, account: account)
        add(scopes.map { ResourceScope(resource: resource, value: $0) }, tenant: tenant, account: account)
    }

    /// Everything delegated for one API, or for all of them.
    mutating func remove(_ resource: Resource? = nil, tenant: String, account: String?) {
        grants[tenant]?.removeAll { $0.account == account && (resource == nil || $0.resource == resource) }
    }

    /// Of one tenant, oldest first.
    func grants(tenant: String) -> [Grant] { grants[tenant] ?? [] }

    /// What is granted to this account in that tenant, for itself or with everybody.
    func granted(tenant: String, account: String?) -> Set<ResourceScope> {
        let applying = grants(tenant: tenant).filter { $0.account == nil || $0.account == account }
        return Set(applying.flatMap(\.permissions))
    }

    /// Makes the service principal.
    mutating func add(_ permissions: [ApplicationPermission], tenant: String) {
        addPrincipal(tenant: tenant)
        applicationPermissions[tenant, default: []].formUnion(permissions)
    }

    mutating func remove(_ permission: ApplicationPermission, tenant: String) {
        applicationPermissions[tenant]?.remove(permission)
    }

    /// By name.
    func applicationPermissions(tenant: String) -> [ApplicationPermission] {
        (applicationPermissions[tenant] ?? []).sorted { $0.value < $1.value }
    }
}
