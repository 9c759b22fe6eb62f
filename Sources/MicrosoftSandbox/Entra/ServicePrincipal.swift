/// The application's service principal in a tenant.
enum ServicePrincipal {
    /// Always the same in one tenant: the tenant's id with other digits in the second group.
    static func objectID(tenant: String) -> String { "\(tenant.prefix(9))0f01\(tenant.dropFirst(13))" }
}
