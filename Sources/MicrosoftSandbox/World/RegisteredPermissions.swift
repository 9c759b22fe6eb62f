/// The permissions that the application is registered with: what `.default` of a consent asks for and gives. The others
/// that exist can be asked for by name, or assigned. Source: Microsoft Learn, "Scopes and permissions in the Microsoft
/// identity platform", on `.default`.
struct RegisteredPermissions: Sendable {
    /// By name, delegated or not: left out of the registration for now.
    let withheld: Set<String>

    func delegated(of resource: Resource) -> [ResourceScope] {
        Self.delegatedNames(of: resource).filter { !withheld.contains($0) }.map {
            ResourceScope(resource: resource, value: $0)
        }
    }

    /// Those of the application itself.
    func application(of resource: Resource) -> [ApplicationPermission] {
        Self.applicationNames(of: resource).filter { !withheld.contains($0) }.map {
            ApplicationPermission(resource: resource, value: $0)
        }
    }

    /// Every name that can be withheld.
    static let names = Set(Resource.consentable.flatMap { delegatedNames(of: $0) + applicationNames(of: $0) })

    /// Without Graph's `User.Read`, to which people consent themselves.
    private static func delegatedNames(of resource: Resource) -> [String] {
        guard resource == .graph else { return resource.permissions.map(\.value) }
        return ["User.Read.All", "Organization.Read.All", "SecurityEvents.Read.All"]
    }

    private static func applicationNames(of resource: Resource) -> [String] {
        guard resource == .graph else { return [] }
        return [
            "User.Invite.All", "User.Read.All", "Organization.Read.All", "SecurityEvents.Read.All",
            "DelegatedPermissionGrant.Read.All",
        ]
    }
}
