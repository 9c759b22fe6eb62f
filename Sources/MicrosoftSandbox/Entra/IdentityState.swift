/// What the identity platform remembers besides consents.
struct IdentityState: Codable, Sendable {
    /// Accounts that set up MFA since the first day, by object id.
    var registeredForMFA: Set<String> = []
    var disabled: Set<String> = []
    /// How often an account's grants were revoked, by object id. Codes and refresh tokens carry the number of their
    /// sign-in; those with a smaller one are dead.
    var revocations: [String: Int] = [:]
    /// Public keys that the application may sign its assertions with, PEM.
    var clientKeys: [String] = []
    /// How many requests to `/token` don't see a new service principal yet (AADSTS650051).
    var principalDelay = 0
}
