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
        guard let slash = scope.lastIndex(of: "/") else {
            let bare = ResourceScope(resource: .graph, value: scope)
            guard isKnown(bare) else { throw .invalidScope(scope) }
            return bare
        }
        let identifier = String(scope[..<slash])
        guard
            let resource = Resource.allCases.first(where: {
                $0.identifier == identifier || $0.identifier + "/" == identifier
            })
        else { throw .resourceNotFound(identifier, in: tenant) }
        let parsed = ResourceScope(resource: resource, value: String(scope[scope.index(after: slash)...]))
        guard isKnown(parsed) else { throw .invalidScope(scope) }
        return parsed
    }

    private static func isKnown(_ scope: ResourceScope) -> Bool {
        scope.value == ResourceScope.everything || scope.resource.permissions.contains { $0.value == scope.value }
    }

    /// Every permission asked for, `.default` spelled out, each once.
    var permissions: [ResourceScope] {
        resources.flatMap(\.expanded).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The API that a token is made for: the first one named. Without any, Microsoft Graph, for its userinfo endpoint.
    var audience: Resource { resources.first?.resource ?? .graph }

    /// Several APIs may be consented to at once, but a token is for one.
    var namesSeveralResources: Bool { Set(resources.map(\.resource)).count > 1 }

    var asksForIDToken: Bool { identity.contains("openid") }
    var asksForRefreshToken: Bool { identity.contains("offline_access") }
}
