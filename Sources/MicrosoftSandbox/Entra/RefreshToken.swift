import Foundation

/// The contents of a refresh token. Source: Microsoft Learn, "Refresh tokens in the Microsoft identity platform":
/// bound to user and client, not to a resource or tenant; replaced at every use without the old one being revoked; 90
/// days.
struct RefreshToken: Codable, Sendable {
    let accountID: String
    /// Where the person signed in.
    let tenantID: String
    let clientID: String
    let scopes: RequestedScopes
    let amr: [String]
    let issuedAt: Date
    /// How often the account's grants had been revoked at the sign-in.
    let revocations: Int

    static let lifetime: TimeInterval = 90 * 86400
}
