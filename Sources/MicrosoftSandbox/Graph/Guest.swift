import Foundation

/// Somebody invited into a directory. Source: Microsoft Learn, "invitation resource type" and "Properties of a
/// Microsoft Entra B2B collaboration user".
struct Guest: Codable, Sendable {
    enum State: String, Codable {
        case PendingAcceptance, Accepted
    }

    enum UserType: String, Codable, CaseIterable {
        case Guest, Member
    }

    /// The object id in the directory that invited.
    let id: String
    let tenantID: String
    /// As it was invited; its owner signs in at home.
    var email: String
    var displayName: String
    var state: State
    var stateChangedAt: Date
    /// Of the last invitation: what its redeem link carries.
    var ticket: String
    /// Of the last invitation: where the person lands after redemption.
    var redirectURL: String
    var userType = UserType.Guest
    /// When the first invitation was made; nil where nothing has changed since.
    var invitedAt: Date?
}

extension MicrosoftSandbox {
    /// The guest that a person from elsewhere is in a directory; nil without an invitation.
    func guest(_ account: Account, in tenantID: String) -> Guest? { guest(account.userName, in: tenantID) }

    /// By object id there or by the address that was invited, whatever the case.
    func guest(_ idOrEmail: String, in tenantID: String) -> Guest? {
        let wanted = idOrEmail.lowercased()
        return store.read { state in
            state.directories.guests.last {
                $0.tenantID == tenantID && ($0.id == wanted || $0.email.lowercased() == wanted)
                    && state.directories.userEdits[$0.id]?.removal == nil
            }
        }
    }
}
