/// Delegated admin relationships and what hangs on them.
struct PartnershipState: Codable, Sendable {
}
