import Foundation

/// The contents of a refresh token. Source: Microsoft Learn, "Refresh tokens in the Microsoft identity platform":
/// bound to user and client, not to a resource or tenant; replaced at every use without the old one being revoked; 90
/// days.
struct RefreshToken: Codable, Sendable {
    let accountID: String
    let clientID: String
    let scopes: RequestedScopes
    let amr: [String]
    let issuedAt: Date

    static let lifetime: TimeInterval = 90 * 86400
}
