import Foundation

/// How far a sign-in has come. It travels sealed in the pages' hidden field `flow`; nobody stays signed in after it,
/// so that each sign-in asks anew.
struct SignInFlow: Codable, Sendable {
    /// What the person signs in for.
    enum Purpose: Codable, Sendable {
        case authorization(AuthorizationRequest)
        case adminConsent(AdminConsentRequest)
        case redemption(InvitationLink)
    }

    let purpose: Purpose
    /// The tenant of the address that it began at; the pages of another don't take it.
    let tenant: String
    let startedAt: Date
    /// Whose password was right.
    var accountID: String?
    /// What was proved, as the claim `amr` holds it.
    var amr: [String] = []
    /// Whether all proofs are given that this sign-in asks for.
    var isProved = false

    static let lifetime: TimeInterval = 3600
}
