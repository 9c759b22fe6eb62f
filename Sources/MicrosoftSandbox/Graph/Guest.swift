import Foundation

/// Somebody invited into a directory. Source: Microsoft Learn, "invitation resource type" and "Properties of a Microsoft
/// Entra B2B collaboration user".
struct Guest: Codable, Sendable {
    enum State: String, Codable {
        case PendingAcceptance, Accepted
    }

    /// The object id in the directory that invited.
    let id: String
    let tenantID: String
    /// As it was invited; its owner signs in at home.
    let email: String
    var displayName: String
    var state: State
    var stateChangedAt: Date
    /// What its redemption link proves that it is the invited person's.
    var ticket: String
    /// Where the person lands after the redemption.
    var redirectURL: String
}

extension MicrosoftSandbox {
    /// The guest that a person from elsewhere is in a directory; nil without an invitation.
    func guest(_ account: Account, in tenantID: String) -> Guest? {
        store.read { state in
            state.directories.guests.first { $0.tenantID == tenantID && $0.email.lowercased() == account.userName }
        }
    }
}
