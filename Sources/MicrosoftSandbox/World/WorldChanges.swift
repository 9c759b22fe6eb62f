/// What happened to customers, and to the application's registration, since the first day.
struct WorldChanges: Codable, Sendable {
    /// Made by a partner, in order.
    var created: [Customer] = []
    /// New names by tenant id.
    var renamed: [String: String] = [:]
    /// Tenant ids whose relationship with the partner has ended: no longer in its list.
    var ended: Set<String> = []
    /// Names that the application is not registered with for now.
    var withheldPermissions: Set<String> = []
}
