import Foundation

/// The contents of a code. Source: Microsoft Learn, "Microsoft identity platform and OAuth 2.0 authorization code
/// flow": codes live about ten minutes and work once.
struct AuthorizationCode: Codable, Sendable {
    let id: String
    let request: AuthorizationRequest
    let tenantID: String
    let accountID: String
    let amr: [String]
    let issuedAt: Date
    /// How often the account's grants had been revoked.
    let revocations: Int

    static let lifetime: TimeInterval = 600
    var expiry: Date { issuedAt.addingTimeInterval(Self.lifetime) }
}
