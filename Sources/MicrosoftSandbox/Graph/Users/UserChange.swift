/// One thing that happened to a user since the first day.
struct UserChange: Codable, Sendable {
    enum Kind: Codable, Sendable {
        case created, restored
        /// The names of the properties.
        case changed([String])
        /// Soft deleted, or for good.
        case removed(isPermanent: Bool)
    }

    let number: Int
    let tenantID: String
    let userID: String
    let kind: Kind
}

/// What differs in a user from how it began.
struct UserEdit: Codable, Sendable {
    enum Removal: String, Codable {
        case soft, permanent
    }

    var displayName: String?
    var isEnabled: Bool?
    var removal: Removal?
}
