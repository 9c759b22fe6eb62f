/// A tenant: a partner's own or a customer's.
struct Directory: Sendable {
    let id: String
    let name: String
    /// The partners whose people may enter: the owner, or those that sell to the customer.
    let partnerTenantID: String

    var isPartner: Bool { id == partnerTenantID }
}
