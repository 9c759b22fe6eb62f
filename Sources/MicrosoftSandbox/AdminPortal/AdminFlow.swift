import Foundation

/// How far somebody has come in the admin portal. It travels sealed in the pages' hidden field `flow`; nobody stays
/// signed in after it.
struct AdminFlow: Codable, Sendable {
    enum Destination: Codable {
        case partners
        case invitation(String)
    }

    let destination: Destination
    let startedAt: Date
    /// Whose password was right.
    var accountID: String?
    /// Whether all that the account is asked for was proved.
    var isProved = false

    static let lifetime: TimeInterval = 3600
}
