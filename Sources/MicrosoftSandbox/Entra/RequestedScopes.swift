/// What a `scope` parameter asks for. Source: Microsoft Learn, "Scopes and permissions in the Microsoft identity
/// platform".
struct RequestedScopes: Codable, Sendable {
    /// openid, profile, email, offline_access.
    private(set) var identity: [String] = []
    private(set) var resources: [ResourceScope] = []

    static let identityWords = [
        "openid": "Sign you in", "profile": "View your basic profile", "email": "View your email address",
        "offline_access": "Maintain access to data you have given it access to",
    ]

    /// Without a scope, the old endpoints' `resource` stands for all on that API, with a sign-in.
    init(_ fields: FormFields, tenant: String, version: EndpointVersion) throws(EntraError) {
        guard version == .v1 else {
            guard let scope = fields["scope"] else { throw .missing("scope") }
            try self.init(scope, tenant: tenant)
            return
        }
        let resource = try fields["resource"].map { name throws(EntraError) in try Self.resource(name, tenant) }
        self.init(resource: resource)
    }

    /// As the old endpoints mean it.
    init(resource: Resource?) {
        identity = Self.identityWords.keys.sorted()
        resources = resource.map { [ResourceScope(resource: $0, value: ResourceScope.everything)] } ?? []
    }

    init(_ text: String, tenant: String) throws(EntraError) {
        for scope in text.split(separator: " ") {
            if Self.identityWords[String(scope)] != nil {
                identity.append(String(scope))
            } else {
                resources.append(try Self.parse(String(scope), tenant: tenant))
            }
        }
        if identity.isEmpty, resources.isEmpty { throw .missing("scope") }
    }

    /// A name without an API is one of Microsoft Graph's.
    private static func parse(_ scope: String, tenant: String) throws(EntraError) -> ResourceScope {
        let slash = scope.lastIndex(of: "/")
        let resource = try slash.map { place throws(EntraError) in try self.resource(String(scope[..<place]), tenant) }
        let value = slash.map { String(scope[scope.index(after: $0)...]) } ?? scope
        let parsed = ResourceScope(resource: resource ?? .graph, value: value)
        guard isKnown(parsed) else { throw .invalidScope(scope) }
        return parsed
    }

    static func resource(_ name: String, _ tenant: String) throws(EntraError) -> Resource {
        guard let resource = Resource(named: name) else { throw .resourceNotFound(name, in: tenant) }
        return resource
    }

    private static func isKnown(_ scope: ResourceScope) -> Bool {
        scope.value == ResourceScope.everything || scope.resource.permissions.contains { $0.value == scope.value }
    }

    /// Every permission asked for, each once. `.default` stands for those that the application is registered with.
    func permissions(_ registered: RegisteredPermissions) -> [ResourceScope] {
        resources.flatMap { scope in
            scope.value == ResourceScope.everything ? registered.delegated(of: scope.resource) : [scope]
        }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Those that somebody must have consented to.
    func consentable(_ registered: RegisteredPermissions) -> [ResourceScope] {
        permissions(registered).filter { $0.resource != .application }
    }

    /// The API that a token is made for: the first one named. Without any, Microsoft Graph, for its userinfo endpoint.
    var audience: Resource { resources.first?.resource ?? .graph }

    /// Several APIs may be consented to at once, but a token is for one.
    var namesSeveralResources: Bool { Set(resources.map(\.resource)).count > 1 }

    var asksForIDToken: Bool { identity.contains("openid") }
    var asksForRefreshToken: Bool { identity.contains("offline_access") }
}
