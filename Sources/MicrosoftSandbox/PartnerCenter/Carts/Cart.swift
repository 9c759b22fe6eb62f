import Foundation

/// What a partner is about to buy for a customer. Source: Microsoft Learn, "Create a cart".
struct Cart: Codable, Sendable {
    enum Status: String, Codable, Sendable {
        case Active, Ordered
    }

    let id: String
    let customerID: String
    let createdAt: Date
    var modifiedAt: Date
    var userID: String
    var lines: [CartLine]
    var status = Status.Active
    /// The answer to the checkout, as it was sent: another checkout gives it again.
    var checkout: String?

    static let lifetime: TimeInterval = 7 * 86400

    var expiresAt: Date { createdAt.addingTimeInterval(Self.lifetime) }

    var json: JSON {
        [
            "id": .string(id), "creationTimestamp": PartnerCenterDate.sevenDigits(createdAt),
            "lastModifiedTimestamp": PartnerCenterDate.sevenDigits(modifiedAt),
            "expirationTimestamp": PartnerCenterDate.sevenDigits(expiresAt), "lastModifiedUser": .string(userID),
            "status": .string(status.rawValue), "lineItems": .array(lines.map(\.json)),
            "links": PartnerCenterLink.own("/customers/\(customerID)/carts/\(id)"),
            "attributes": ["objectType": "Cart"],
        ]
    }
}
