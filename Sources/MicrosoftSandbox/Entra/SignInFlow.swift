import Foundation

/// How far a sign-in has come. It travels sealed in the pages' hidden field `flow`; nobody stays signed in after it,
/// so that each sign-in asks anew.
struct SignInFlow: Codable, Sendable {
    let request: AuthorizationRequest
    let startedAt: Date
    /// Whose password was right.
    var accountID: String?
    /// What was proved, as the claim `amr` holds it.
    var amr: [String] = []

    static let lifetime: TimeInterval = 3600
}
