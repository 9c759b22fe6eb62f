/// The portal's registration at Microsoft: multi-tenant, with a client secret.
struct RegisteredApplication: Sendable {
    let id: String
    let name: String
    let secret: String
    let redirectURIs: [String]
    /// The directory that it is registered in.
    let homeTenantID: String
    let permissions: RegisteredPermissions

    static let gatehouseID = "aaaaaaaa-0000-4000-8000-0000000000a1"
    static let practiceSecret = "practice-secret"
}
