/// What partners have bought, agreed and registered at Partner Center.
struct CommerceState: Codable, Sendable {
}
