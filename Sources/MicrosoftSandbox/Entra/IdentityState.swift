/// What the identity platform remembers besides consents.
struct IdentityState: Codable, Sendable {
}
