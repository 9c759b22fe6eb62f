import Foundation

/// A user object of a directory: a person who can sign in, a name only, or a guest.
struct DirectoryUser: Codable, Sendable {
    let id: String
    let userPrincipalName: String
    var displayName: String
    var givenName: String?
    var surname: String?
    var mail: String?
    var jobTitle: String?
    var department: String?
    /// ISO 3166-1 alpha-2; without it no licence can be assigned.
    var usageLocation: String?
    var preferredLanguage: String?
    var companyName: String?
    var isEnabled = true
    var userType = Guest.UserType.Guest
    /// Nil for everybody but the invited.
    var invitation: Guest.State?
    var invitationChangedAt: Date?
    var createdAt: Date
    /// SKU ids.
    var licences: [String] = []

    var isInvited: Bool { invitation != nil }
}

extension DirectoryUser {
    /// Somebody who can sign in.
    init(_ account: Account, in directory: Directory) {
        self.init(
            id: account.id, userPrincipalName: account.userName, displayName: account.displayName,
            givenName: account.givenName, surname: account.familyName, mail: account.userName,
            usageLocation: directory.country.rawValue, preferredLanguage: directory.country.culture,
            userType: .Member, createdAt: GeneratedUsers.firstDay)
    }

    init(_ guest: Guest, in directory: Directory) {
        self.init(
            id: guest.id, userPrincipalName: Self.guestName(of: guest.email, in: directory),
            displayName: guest.displayName, mail: guest.email, userType: guest.userType, invitation: guest.state,
            invitationChangedAt: guest.stateChangedAt, createdAt: guest.invitedAt ?? guest.stateChangedAt)
    }

    /// `name_home.example#EXT#@tenant.onmicrosoft.com`.
    static func guestName(of email: String, in directory: Directory) -> String {
        "\(email.replacing("@", with: "_"))#EXT#@\(directory.domains[0])"
    }
}
